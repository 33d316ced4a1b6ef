-- Open items as of a day with the names that a file shows, by customer.
SELECT c.complete_name, m.name, m.ref, u.name, COALESCE(m.invoice_date, i.date), i.due, GREATEST(%(day)s - i.due, 0), y.name,
       i.amount_currency, i.amount
  FROM ({items}) i
  JOIN account_move m ON m.id = i.move_id
  JOIN res_currency y ON y.id = i.currency_id
  LEFT JOIN res_partner c ON c.id = i.partner_id
  LEFT JOIN res_users s ON s.id = COALESCE(m.invoice_user_id, c.user_id)
  LEFT JOIN res_partner u ON u.id = s.partner_id
 ORDER BY c.complete_name, i.partner_id, i.due, i.id
