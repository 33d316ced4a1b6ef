-- The open items of one customer as of a day, from its own lines.
SELECT l.id, l.move_id, m.name, m.ref, l.date, COALESCE(m.invoice_date, l.date), COALESCE(l.date_maturity, l.date) AS due,
       l.currency_id, x.amount, x.amount_currency
  FROM account_move_line l
  JOIN account_move m ON m.id = l.move_id
 CROSS JOIN LATERAL (
       SELECT l.amount_residual + COALESCE(SUM(amount), 0) AS amount, l.amount_residual_currency + COALESCE(SUM(amount_currency), 0) AS amount_currency
         FROM (SELECT r.amount, r.debit_amount_currency AS amount_currency FROM account_partial_reconcile r
                 JOIN account_move_line c ON c.id = r.credit_move_id
                WHERE r.debit_move_id = l.id AND (r.max_date > %(day)s OR c.parent_state <> 'posted')
                UNION ALL
               SELECT -r.amount, -r.credit_amount_currency FROM account_partial_reconcile r
                 JOIN account_move_line d ON d.id = r.debit_move_id
                WHERE r.credit_move_id = l.id AND (r.max_date > %(day)s OR d.parent_state <> 'posted')) since) x
 WHERE l.partner_id = ANY(%(customer)s) AND l.account_id = ANY(%(accounts)s) AND l.parent_state = 'posted' AND l.date <= %(day)s
   AND x.amount <> 0
 ORDER BY due, l.id
