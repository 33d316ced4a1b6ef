-- Draft invoices, those of orders apart: at the order's price, as far as the order is open, where that is more.
SELECT company_id, partner_id, 0, 0, 0, 0, 0, 0, 0, SUM(GREATEST(total - invoiced + more, 0)), SUM(GREATEST(ordered, 0)), 0, 0, 0
  FROM (SELECT m.company_id, m.commercial_partner_id AS partner_id, m.amount_total_signed AS total,
               ROUND(COALESCE(SUM(v.amount) FILTER (WHERE o.is_sale), 0)::numeric, 2) AS invoiced,
               ROUND(COALESCE(SUM(GREATEST(v.amount, o.amount)) FILTER (WHERE o.is_sale), 0)::numeric, 2) AS ordered,
               ROUND(COALESCE(SUM(GREATEST(o.amount - v.amount, 0)) FILTER (WHERE NOT o.is_sale), 0)::numeric, 2) AS more
          FROM account_move m
          LEFT JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
          LEFT JOIN LATERAL (SELECT l.price_total / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) AS amount) v ON TRUE
          LEFT JOIN LATERAL (
               SELECT bool_or(o.state = 'sale') AS is_sale,
                      SUM(o.price_total / NULLIF(o.product_uom_qty, 0) / COALESCE(NULLIF(s.currency_rate, 0), 1) * LEAST(l.quantity,
                          GREATEST(GREATEST(CASE WHEN o.state = 'sale' THEN o.product_uom_qty ELSE 0 END, o.qty_delivered) - COALESCE((
                              SELECT SUM(CASE WHEN i.move_type = 'out_refund' THEN -1 ELSE 1 END * x.quantity)
                                FROM sale_order_line_invoice_rel k JOIN account_move_line x ON x.id = k.invoice_line_id
                                JOIN account_move i ON i.id = x.move_id
                               WHERE k.order_line_id = o.id AND (i.state = 'posted' OR i.state = 'draft'
                                     AND i.move_type = 'out_invoice' AND x.id < l.id)), 0), 0))) AS amount
                 FROM sale_order_line_invoice_rel r JOIN sale_order_line o ON o.id = r.order_line_id
                 JOIN sale_order s ON s.id = o.order_id JOIN res_partner q ON q.id = s.partner_invoice_id
                WHERE r.invoice_line_id = l.id AND (o.state = 'sale' OR o.qty_delivered <> 0)
                  AND q.commercial_partner_id = m.commercial_partner_id) o ON TRUE
         WHERE m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt') AND m.commercial_partner_id {customer}
         GROUP BY m.id) d
 GROUP BY 1, 2
