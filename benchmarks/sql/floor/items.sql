-- Open items: not due, overdue, unallocated credits.
SELECT l.company_id, p.commercial_partner_id AS partner_id,
       SUM(l.amount_residual) FILTER (WHERE l.amount_residual > 0 AND COALESCE(l.date_maturity, l.date) >= CURRENT_DATE) AS not_due,
       SUM(l.amount_residual) FILTER (WHERE l.amount_residual > 0 AND COALESCE(l.date_maturity, l.date) < CURRENT_DATE) AS overdue,
       0 AS disputed, SUM(l.amount_residual) FILTER (WHERE l.amount_residual < 0) AS unallocated,
       0 AS in_process, 0 AS bills, 0 AS received, 0 AS drafts, 0 AS order_drafts, 0 AS orders, 0 AS delivered, 0 AS later
  FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id
 WHERE l.account_id = ANY(%(accounts)s) AND l.amount_residual <> 0 AND l.parent_state = 'posted' AND l.partner_id {customer}
 GROUP BY 1, 2
