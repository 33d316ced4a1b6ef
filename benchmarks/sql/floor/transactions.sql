-- Captured online payments of open orders.
SELECT s.company_id, p.commercial_partner_id, 0, 0, 0, 0, 0, 0,
       -SUM(ROUND((t.amount / COALESCE(NULLIF(s.currency_rate, 0), 1))::numeric, 2)), 0, 0, 0, 0, 0
  FROM payment_transaction t
  JOIN sale_order_transaction_rel r ON r.transaction_id = t.id
  JOIN sale_order s ON s.id = r.sale_order_id
  JOIN res_partner p ON p.id = s.partner_invoice_id
 WHERE t.state = 'done' AND t.payment_id IS NULL AND s.state = 'sale' AND s.invoice_status <> 'invoiced' AND s.partner_invoice_id {customer}
 GROUP BY 1, 2
