-- Open items by customer and company, in the columns not due, 1–30, 31–60, 61–90, 91–120 and over 120 days late.
SELECT company_id, partner_id, SUM(amount) AS total,
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due >= %(day)s),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due BETWEEN %(day)s - 30 AND %(day)s - 1),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due BETWEEN %(day)s - 60 AND %(day)s - 31),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due BETWEEN %(day)s - 90 AND %(day)s - 61),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due BETWEEN %(day)s - 120 AND %(day)s - 91),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount > 0 AND due < %(day)s - 120),
       SUM(amount) FILTER (WHERE kind = 'trade' AND amount < 0), SUM(amount) FILTER (WHERE kind <> 'trade')
  FROM (SELECT i.*, CASE WHEN i.contact_id IS NULL THEN 'nobody'
                         WHEN i.amount_currency = 0 AND i.currency_id <> i.company_currency_id THEN 'exchange' ELSE 'trade' END AS kind
          FROM ({items}) i) k
 GROUP BY 1, 2
