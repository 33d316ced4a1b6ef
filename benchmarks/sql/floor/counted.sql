-- What the company counts in its exposure.
not_due + overdue
+ CASE WHEN c.credit_count_disputed THEN disputed ELSE 0 END + CASE WHEN c.credit_count_unallocated THEN unallocated ELSE 0 END
+ CASE WHEN c.credit_count_in_process THEN in_process ELSE 0 END + CASE WHEN c.credit_count_bills THEN bills ELSE 0 END
+ CASE WHEN c.credit_count_received THEN received ELSE 0 END + CASE WHEN c.credit_count_drafts THEN drafts ELSE 0 END
+ CASE WHEN c.credit_count_orders THEN order_drafts + orders + delivered ELSE 0 END
