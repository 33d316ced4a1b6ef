-- Open items: not due, overdue, unallocated credits.
SELECT company_id, partner_id, SUM(amount) FILTER (WHERE amount > 0 AND due >= CURRENT_DATE) AS not_due,
       SUM(amount) FILTER (WHERE amount > 0 AND due < CURRENT_DATE) AS overdue,
       0 AS disputed, SUM(amount) FILTER (WHERE amount < 0) AS unallocated,
       0 AS in_process, 0 AS bills, 0 AS received, 0 AS drafts, 0 AS order_drafts, 0 AS orders, 0 AS delivered, 0 AS later
  FROM ({open}) i
 GROUP BY 1, 2
