-- Draft invoices, those of orders apart.
SELECT company_id, partner_id, 0, 0, 0, 0, 0, 0, 0, SUM(total - ordered), SUM(ordered), 0, 0, 0
  FROM (SELECT m.company_id, m.commercial_partner_id AS partner_id, m.amount_total_signed AS total,
               LEAST(m.amount_total_signed, COALESCE(ROUND(SUM(l.price_total) / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1), 2), 0)) AS ordered
          FROM account_move m
          JOIN res_partner p ON p.id = m.commercial_partner_id
          LEFT JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
                AND EXISTS (SELECT FROM sale_order_line_invoice_rel r JOIN sale_order_line o ON o.id = r.order_line_id
                             WHERE r.invoice_line_id = l.id AND o.state = 'sale')
         WHERE m.state = 'draft' AND m.move_type = 'out_invoice' AND m.commercial_partner_id {customer}
         GROUP BY m.id) d
 GROUP BY 1, 2
