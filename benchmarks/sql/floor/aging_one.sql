-- The open items of one customer as of a day, from its own lines.
SELECT l.id, l.move_id, m.name, m.ref, l.date, COALESCE(m.invoice_date, l.date), COALESCE(l.date_maturity, l.date) AS due,
       l.currency_id, x.amount, x.amount_currency
  FROM (SELECT id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
          FROM (SELECT id, amount_residual AS amount, amount_residual_currency AS amount_currency FROM account_move_line
                 WHERE partner_id = ANY(%(customer)s) AND account_id = ANY(%(accounts)s) AND amount_residual <> 0 AND parent_state = 'posted'
                 UNION ALL
                SELECT i.id, r.amount, r.debit_amount_currency
                  FROM account_move_line i JOIN account_partial_reconcile r ON r.debit_move_id = i.id
                 WHERE i.partner_id = ANY(%(customer)s) AND i.account_id = ANY(%(accounts)s) AND i.balance >= 0 AND r.max_date > %(day)s
                 UNION ALL
                SELECT i.id, -r.amount, -r.credit_amount_currency
                  FROM account_move_line i JOIN account_partial_reconcile r ON r.credit_move_id = i.id
                 WHERE i.partner_id = ANY(%(customer)s) AND i.account_id = ANY(%(accounts)s) AND i.balance <= 0 AND r.max_date > %(day)s
                 UNION ALL
                SELECT side.id, side.amount, side.amount_currency
                  FROM account_move_line d
                  JOIN account_partial_reconcile r ON r.debit_move_id = d.id OR r.credit_move_id = d.id
                 CROSS JOIN LATERAL (VALUES (r.debit_move_id, r.amount, r.debit_amount_currency),
                                            (r.credit_move_id, -r.amount, -r.credit_amount_currency)) side (id, amount, amount_currency)
                 WHERE d.parent_state <> 'posted' AND d.matching_number IS NOT NULL AND r.max_date <= %(day)s) parts
         GROUP BY id) x
  JOIN account_move_line l ON l.id = x.id
  JOIN account_move m ON m.id = l.move_id
 WHERE x.amount <> 0 AND l.parent_state = 'posted' AND l.date <= %(day)s AND l.partner_id = ANY(%(customer)s)
   AND l.account_id = ANY(%(accounts)s)
 ORDER BY due, l.id
