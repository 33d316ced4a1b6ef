-- What is open of each item; matches with entries that settle nothing are none.
WITH void AS MATERIALIZED (
     SELECT id FROM account_move_line WHERE parent_state <> 'posted' AND matching_number IS NOT NULL
      UNION
     SELECT l.id FROM account_payment y JOIN account_move_line l ON l.move_id = y.move_id
      WHERE y.state IN ('rejected', 'canceled') AND l.parent_state = 'posted' AND l.account_id = ANY(%(accounts)s)
        AND NOT EXISTS (SELECT FROM account_move b WHERE b.reversed_entry_id = y.move_id AND b.state = 'posted')
      UNION
     SELECT l.id FROM account_move b JOIN account_move o ON o.id = b.reversed_entry_id
       JOIN account_move_line l ON l.move_id = b.id
      WHERE b.reversed_entry_id IS NOT NULL AND b.move_type = 'entry' AND b.state = 'posted'
        AND o.state <> 'posted' AND o.origin_payment_id IS NOT NULL AND l.account_id = ANY(%(accounts)s)),
loose AS (
     SELECT r.credit_move_id AS id, -r.amount AS amount FROM void JOIN account_partial_reconcile r ON r.debit_move_id = void.id
      UNION ALL
     SELECT r.debit_move_id, r.amount FROM void JOIN account_partial_reconcile r ON r.credit_move_id = void.id
      UNION ALL
     SELECT side.id, side.amount
       FROM (SELECT d.id, r.debit_move_id, LEAST(r.amount, d.amount_residual + r.amount - SUM(r.amount) OVER (
                      PARTITION BY d.id ORDER BY COALESCE(y.date_maturity, y.date), r.id)) AS amount
               FROM account_move b
               JOIN account_move_line d ON d.move_id = b.id AND d.amount_residual > 0 AND d.account_id = ANY(%(accounts)s)
               JOIN account_move_line c ON c.move_id = b.reversed_entry_id AND c.account_id = d.account_id AND c.credit > 0
               JOIN account_partial_reconcile r ON r.credit_move_id = c.id
               JOIN account_move_line y ON y.id = r.debit_move_id
              WHERE b.reversed_entry_id IS NOT NULL AND b.move_type = 'entry' AND b.state = 'posted') back
      CROSS JOIN LATERAL (VALUES (back.debit_move_id, back.amount), (back.id, -back.amount)) side (id, amount)
      WHERE back.amount > 0),
correction AS MATERIALIZED (SELECT id, SUM(amount) AS amount FROM loose GROUP BY 1)
SELECT l.company_id, p.commercial_partner_id AS partner_id, COALESCE(l.date_maturity, l.date) AS due,
       l.amount_residual AS amount, l.id, l.move_id, l.currency_id, l.amount_residual_currency AS amount_currency
  FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id
 WHERE l.account_id = ANY(%(accounts)s) AND l.amount_residual <> 0 AND l.parent_state = 'posted'
   AND l.id NOT IN (SELECT id FROM correction UNION ALL SELECT id FROM void) AND l.partner_id {customer}
 UNION ALL
SELECT l.company_id, p.commercial_partner_id, COALESCE(l.date_maturity, l.date), l.amount_residual + correction.amount,
       l.id, l.move_id, l.currency_id, l.amount_residual_currency + correction.amount * l.amount_currency / NULLIF(l.balance, 0)
  FROM correction JOIN account_move_line l ON l.id = correction.id JOIN res_partner p ON p.id = l.partner_id
 WHERE l.account_id = ANY(%(accounts)s) AND l.parent_state = 'posted' AND l.id NOT IN (SELECT id FROM void)
   AND l.partner_id {customer}
