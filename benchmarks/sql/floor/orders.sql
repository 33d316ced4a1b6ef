-- Open orders, delivered parts apart, later ones apart; of orders that are not confirmed what was delivered.
SELECT company_id, partner_id, 0, 0, 0, 0, 0, 0, 0, 0, 0,
       SUM(total - LEAST(delivered, total)) FILTER (WHERE NOT is_later), SUM(LEAST(delivered, total)),
       SUM(total - LEAST(delivered, total)) FILTER (WHERE is_later)
  FROM (WITH changed AS MATERIALIZED (
             SELECT r.order_line_id, SUM(CASE WHEN m.move_type = 'out_refund' THEN i.quantity ELSE -i.quantity END) AS quantity,
                    bool_or(m.move_type <> 'out_refund') AS is_for_other
               FROM account_move m JOIN account_move_line i ON i.move_id = m.id
               JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = i.id
              WHERE m.state = 'draft' AND (m.move_type = 'out_refund' OR m.credit_is_for_other) GROUP BY 1)
        SELECT s.company_id, p.commercial_partner_id AS partner_id,
               s.state = 'sale' AND COALESCE(c.credit_days_horizon > 0
                   AND s.commitment_date::date > CURRENT_DATE + c.credit_days_horizon, FALSE) AS is_later,
               GREATEST(0, ROUND((ROUND(SUM(CASE WHEN s.state = 'sale' THEN v.open - v.down ELSE v.delivered END)::numeric, 8)
                   / COALESCE(NULLIF(s.currency_rate, 0), 1))::numeric, 2)) AS total,
               GREATEST(0, ROUND((ROUND(SUM(v.delivered)::numeric, 8) / COALESCE(NULLIF(s.currency_rate, 0), 1))::numeric, 2)) AS delivered
          FROM sale_order s
          JOIN res_partner p ON p.id = s.partner_invoice_id
          JOIN res_company c ON c.id = s.company_id
          JOIN sale_order_line l ON l.order_id = s.id AND l.display_type IS NULL
          LEFT JOIN changed f ON f.order_line_id = l.id
         CROSS JOIN LATERAL (SELECT
               CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN 0 WHEN l.product_uom_qty <> 0 THEN l.price_total / l.product_uom_qty
                    ELSE l.price_unit END AS unit, l.qty_invoiced + COALESCE(f.quantity, 0) AS invoiced) u
         CROSS JOIN LATERAL (SELECT
               u.unit * CASE WHEN l.product_uom_qty < 0 THEN LEAST(l.product_uom_qty - u.invoiced, 0)
                             ELSE GREATEST(GREATEST(l.product_uom_qty, l.qty_delivered) - u.invoiced, 0) END AS open,
               u.unit * GREATEST(COALESCE(l.qty_delivered, 0) - u.invoiced, 0) AS delivered,
               CASE WHEN l.is_downpayment AND l.product_uom_qty = 0 THEN COALESCE((
                    SELECT SUM(CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END * i.price_total
                               * CASE WHEN i.currency_id = s.currency_id THEN 1
                                      ELSE s.currency_rate / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) END)
                      FROM sale_order_line_invoice_rel r JOIN account_move_line i ON i.id = r.invoice_line_id
                      JOIN account_move m ON m.id = i.move_id
                     WHERE r.order_line_id = l.id
                       AND (m.state = 'posted' OR (m.state = 'draft' AND m.move_type = 'out_invoice'
                                                   AND m.commercial_partner_id = p.commercial_partner_id))), 0) ELSE 0 END AS down) v
         WHERE (s.state = 'sale' AND s.invoice_status <> 'invoiced'
                OR s.state = 'sale' AND s.id = ANY(ARRAY(
                   SELECT d.order_id FROM sale_order_line d
                    WHERE d.is_downpayment AND (d.qty_invoiced < 0 OR d.untaxed_amount_invoiced < 0 OR d.product_uom_qty <> 0)
                    UNION ALL SELECT d.order_id FROM changed JOIN sale_order_line d ON d.id = changed.order_line_id WHERE is_for_other))
                OR s.state <> 'sale' AND s.id = ANY(ARRAY(
                   SELECT d.order_id FROM sale_order_line d WHERE d.qty_delivered <> 0 AND d.state <> 'sale')))
           AND s.partner_invoice_id {customer}
         GROUP BY s.id, p.commercial_partner_id, c.credit_days_horizon) o
 GROUP BY 1, 2
