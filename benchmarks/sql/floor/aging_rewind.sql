-- What was open of each item on a day: residuals, and what was matched since or with what is not posted.
SELECT l.id, l.company_id, p.commercial_partner_id AS partner_id, l.partner_id AS contact_id, l.move_id, l.date, l.currency_id,
       l.company_currency_id, COALESCE(l.date_maturity, l.date) AS due, x.amount, x.amount_currency
  FROM (SELECT id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
          FROM (SELECT id, amount_residual AS amount, amount_residual_currency AS amount_currency FROM account_move_line
                 WHERE amount_residual <> 0 AND parent_state = 'posted' AND account_id = ANY(%(accounts)s)
                 UNION ALL
                SELECT debit_move_id, amount, debit_amount_currency FROM account_partial_reconcile WHERE max_date > %(day)s
                 UNION ALL
                SELECT credit_move_id, -amount, -credit_amount_currency FROM account_partial_reconcile WHERE max_date > %(day)s
                 UNION ALL
                SELECT side.id, side.amount, side.amount_currency
                  FROM account_move_line d
                  JOIN account_partial_reconcile r ON r.debit_move_id = d.id OR r.credit_move_id = d.id
                 CROSS JOIN LATERAL (VALUES (r.debit_move_id, r.amount, r.debit_amount_currency),
                                            (r.credit_move_id, -r.amount, -r.credit_amount_currency)) side (id, amount, amount_currency)
                 WHERE d.parent_state <> 'posted' AND d.matching_number IS NOT NULL AND r.max_date <= %(day)s) parts
         GROUP BY id) x
  JOIN account_move_line l ON l.id = x.id
  LEFT JOIN res_partner p ON p.id = l.partner_id
 WHERE x.amount <> 0 AND l.parent_state = 'posted' AND l.date <= %(day)s AND l.account_id = ANY(%(accounts)s)
