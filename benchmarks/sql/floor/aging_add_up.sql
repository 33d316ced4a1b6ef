-- What was open of each item on a day: what it was booked with, and what was matched until then.
WITH void AS MATERIALIZED (
     SELECT r.id FROM account_move_line d
       JOIN account_partial_reconcile r ON r.debit_move_id = d.id OR r.credit_move_id = d.id
      WHERE d.parent_state <> 'posted' AND d.matching_number IS NOT NULL)
SELECT l.id, l.company_id, p.commercial_partner_id AS partner_id, l.partner_id AS contact_id, l.move_id, l.date, l.currency_id,
       l.company_currency_id, COALESCE(l.date_maturity, l.date) AS due, l.balance - COALESCE(x.amount, 0) AS amount,
       l.amount_currency - COALESCE(x.amount_currency, 0) AS amount_currency
  FROM account_move_line l
  LEFT JOIN (SELECT id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
               FROM (SELECT debit_move_id AS id, amount, debit_amount_currency AS amount_currency
                       FROM account_partial_reconcile WHERE max_date <= %(day)s AND id <> ALL(ARRAY(SELECT id FROM void))
                      UNION ALL
                     SELECT credit_move_id, -amount, -credit_amount_currency
                       FROM account_partial_reconcile WHERE max_date <= %(day)s AND id <> ALL(ARRAY(SELECT id FROM void))) parts
              GROUP BY id) x ON x.id = l.id
  LEFT JOIN res_partner p ON p.id = l.partner_id
 WHERE l.balance <> COALESCE(x.amount, 0) AND l.parent_state = 'posted' AND l.date <= %(day)s AND l.account_id = ANY(%(accounts)s)
