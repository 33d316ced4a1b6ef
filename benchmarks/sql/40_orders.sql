-- Orders: invoiced in full or in part, open, with a down payment, quotations, cancelled ones; and for
-- customers 1 to 203 one quotation each (BENCH-CONFIRM) for the measured confirmations.

CREATE UNLOGGED TABLE bench.sale AS
WITH wanted AS (
    SELECT 1 AS source, k, CASE WHEN is_down_payment THEN 'down_payment' WHEN bench.u(k, 51) < 0.08 THEN 'partial'
                                ELSE 'invoiced' END AS kind,
           n, company_number, is_foreign, day
      FROM bench.invoice WHERE sign > 0 AND n NOT IN (2, 3) AND (is_down_payment OR k % 4 = 0)
     UNION ALL
    SELECT 2, g, CASE WHEN g <= (:invoices * 0.04)::int THEN 'open' WHEN g <= (:invoices * 0.06)::int THEN 'quotation'
                      ELSE 'cancelled' END,
           4 + FLOOR((:customers - 3) * POWER(bench.u(g, 52), 2))::int, NULL, bench.u(g, 53) < 0.1, NULL
      FROM generate_series(1, (:invoices * 0.067)::int) g
     UNION ALL
    SELECT 3, g, 'open', CASE WHEN g <= :heavy_orders THEN 2 ELSE 3 END, 1, FALSE, NULL FROM generate_series(1, :heavy_orders + 1) g
     UNION ALL
    SELECT 4, g, 'confirm', g, 1, FALSE, CURRENT_DATE FROM generate_series(1, LEAST(203, :customers)) g
)
SELECT ROW_NUMBER() OVER (ORDER BY w.source, w.k)::int AS j, w.source, w.k, w.kind, w.n, c.id AS customer_id, c.contact_id,
       o.company_id, o.company_currency_id, x.day,
       CASE WHEN w.is_foreign THEN o.foreign_currency_id ELSE o.company_currency_id END AS currency_id,
       CASE WHEN NOT w.is_foreign THEN 1.0 WHEN o.is_euro THEN ROUND(1 / r.eur, 6) ELSE r.eur END AS rate,
       CASE w.kind WHEN 'quotation' THEN CASE WHEN w.k % 3 = 0 THEN 'sent' ELSE 'draft' END WHEN 'cancelled' THEN 'cancel'
                   WHEN 'confirm' THEN 'draft' ELSE 'sale' END AS state,
       CASE WHEN w.kind = 'invoiced' THEN 'invoiced' WHEN w.kind IN ('quotation', 'cancelled', 'confirm') THEN 'no'
            WHEN bench.u(w.k, 54) < 0.7 THEN 'to invoice' ELSE 'no' END AS status,
       CASE WHEN w.kind = 'open' AND bench.u(w.k, 55) < 0.2 THEN CURRENT_DATE + FLOOR(200 * bench.u(w.k, 56))::int END AS commitment
  FROM wanted w
  JOIN bench.customer c ON c.n = w.n
  JOIN bench.company o ON o.number = COALESCE(w.company_number, c.home)
 CROSS JOIN LATERAL (SELECT COALESCE(w.day, CURRENT_DATE - FLOOR(90 * bench.u(w.k, 57))::int) AS day) x
  JOIN bench.rate r ON r.month = date_trunc('month', x.day)::date;

CREATE UNLOGGED TABLE bench.sale_line AS
SELECT s.j, ROW_NUMBER() OVER (ORDER BY s.j, l.part)::int AS id, l.part, l.quantity, l.price, l.invoiced, l.delivered, l.is_down,
       ROUND(l.quantity * l.price, 2) AS untaxed, ROUND(l.quantity * l.price * 0.15, 2) AS tax, l.invoice_line_id
  FROM bench.sale s
  LEFT JOIN bench.invoice i ON s.source = 1 AND i.k = s.k
 CROSS JOIN LATERAL (
    SELECT part, q * f AS quantity, p AS price, CASE WHEN f = 2 AND s.kind = 'down_payment' THEN 0 ELSE q END AS invoiced,
           CASE WHEN f = 2 AND bench.u(s.k, 58) < 0.5 THEN CEIL(q * 1.5) ELSE q END AS delivered, FALSE AS is_down,
           CASE WHEN s.kind <> 'down_payment' THEN i.line_id + part END AS invoice_line_id
      FROM (VALUES (1, i.quantity_1, i.price_1), (2, CASE WHEN i.has_second THEN i.quantity_2 END, i.price_2)) v (part, q, p),
           (SELECT CASE s.kind WHEN 'invoiced' THEN 1 ELSE 2 END AS f) x
     WHERE s.source = 1 AND q IS NOT NULL
     UNION ALL
    SELECT 3, 0, i.untaxed_1, 1, 0, TRUE, i.line_id + 1 WHERE s.kind = 'down_payment'
     UNION ALL
    SELECT part, q, ROUND((5 + 95 * bench.u(s.k, 60 + part))::numeric, 2), 0,
           CASE WHEN s.kind = 'open' AND bench.u(s.k, 59) < 0.4 THEN CEIL(q / 2.0) ELSE 0 END, FALSE, NULL
      FROM (SELECT part, 1 + FLOOR(8 * bench.u(s.k, 70 + part))::int AS q
              FROM generate_series(1, CASE WHEN s.kind = 'confirm' THEN 3 ELSE 2 END) part) v
     WHERE s.source > 1
    ) l;
CREATE INDEX ON bench.sale_line (j);
ANALYZE bench.sale, bench.sale_line;

INSERT INTO sale_order (id, name, state, invoice_status, company_id, partner_id, partner_invoice_id, partner_shipping_id,
       currency_id, currency_rate, user_id, team_id, client_order_ref, amount_untaxed, amount_tax, amount_total, locked,
       require_signature, require_payment, prepayment_percent, date_order, commitment_date, create_uid, write_uid, create_date, write_date)
SELECT x.sale + s.j, 'S' || LPAD(s.j::text, 8, '0'), s.state, s.status, s.company_id, s.contact_id, s.contact_id, s.contact_id,
       s.currency_id, s.rate, 2, (SELECT MIN(id) FROM crm_team), CASE WHEN s.kind = 'confirm' THEN 'BENCH-CONFIRM-' || s.n END,
       l.untaxed, l.tax, l.untaxed + l.tax, FALSE, FALSE, FALSE, 1, s.day, s.commitment, 2, 2, s.day, s.day
  FROM bench.sale s
  JOIN (SELECT j, SUM(untaxed) AS untaxed, SUM(tax) AS tax FROM bench.sale_line GROUP BY j) l ON l.j = s.j, bench.start x;

INSERT INTO sale_order_line (id, order_id, sequence, company_id, currency_id, order_partner_id, salesman_id, state,
       product_id, product_uom_id, name, product_uom_qty, price_unit, discount, price_subtotal, price_total, price_tax,
       price_reduce_taxexcl, price_reduce_taxinc, qty_delivered, qty_invoiced, qty_to_invoice, qty_delivered_method,
       untaxed_amount_invoiced, untaxed_amount_to_invoice, invoice_status, is_downpayment, is_expense, customer_lead,
       technical_price_unit, create_uid, write_uid, create_date, write_date)
SELECT x.sale_line + l.id, x.sale + s.j, 10 + l.part, s.company_id, s.currency_id, s.contact_id, 2, s.state,
       CASE WHEN NOT l.is_down THEN o.products[1 + (l.id % 20)] END, CASE WHEN NOT l.is_down THEN o.uom_id END,
       CASE WHEN l.is_down THEN 'Down Payment' ELSE 'Product' END, l.quantity, l.price, 0, l.untaxed, l.untaxed + l.tax, l.tax,
       l.price, ROUND(l.price * 1.15, 2), l.delivered, l.invoiced, GREATEST(l.quantity - l.invoiced, 0), 'manual',
       ROUND(l.invoiced * l.price, 2), ROUND(GREATEST(l.quantity - l.invoiced, 0) * l.price, 2), s.status, l.is_down, FALSE, 0,
       l.price, 2, 2, s.day, s.day
  FROM bench.sale_line l
  JOIN bench.sale s ON s.j = l.j
  JOIN bench.company o ON o.company_id = s.company_id, bench.start x;

INSERT INTO sale_order_line_invoice_rel (invoice_line_id, order_line_id)
SELECT l.invoice_line_id, x.sale_line + l.id FROM bench.sale_line l, bench.start x WHERE l.invoice_line_id IS NOT NULL;

INSERT INTO account_tax_sale_order_line_rel (sale_order_line_id, account_tax_id)
SELECT x.sale_line + l.id, o.tax_id FROM bench.sale_line l
  JOIN bench.sale s ON s.j = l.j
  JOIN bench.company o ON o.company_id = s.company_id, bench.start x;
