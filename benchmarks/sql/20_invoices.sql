-- Invoices and credit notes with their lines: a tenth open, a third of these paid in part, a tenth in
-- foreign currency, a tenth in another company than the customer's own, a tenth in two instalments.

CREATE UNLOGGED TABLE bench.invoice AS
WITH customer AS (
    SELECT k, CASE WHEN k <= :big THEN 1 WHEN k <= :big + :heavy THEN 2 WHEN k <= :big + :heavy + 5 THEN 3
                   ELSE 4 + FLOOR((:customers - 3) * POWER(bench.u(k, 21), 2))::int END AS n
      FROM generate_series(1, :invoices) k
), facts AS MATERIALIZED (
    SELECT k, n,
           CASE WHEN n = 1 THEN k <= :big_open WHEN n IN (2, 3) THEN TRUE ELSE bench.u(k, 22) < 0.10 END AS is_open,
           n > 3 AND k % 300 = 7 AS is_down_payment,
           CASE WHEN n > 3 AND bench.u(k, 23) < 0.02 THEN -1 ELSE 1 END AS sign,
           bench.u(k, 24) < 0.10 AS is_foreign,
           n > 3 AND bench.u(k, 25) < 0.10 AS is_elsewhere,
           bench.u(k, 26) < 0.10 AS is_split,
           bench.u(k, 27) < 0.20 AS is_long,
           bench.u(k, 28) AS age,
           1 + FLOOR(20 * bench.u(k, 29))::int AS quantity_1, 1 + FLOOR(5 * bench.u(k, 30))::int AS quantity_2,
           ROUND((5 + 195 * bench.u(k, 31))::numeric, 2) AS price_1, ROUND((5 + 95 * bench.u(k, 32))::numeric, 2) AS price_2
      FROM customer
), dated AS MATERIALIZED (
    SELECT f.*, NOT f.is_open AND f.n > 3 AND bench.u(f.k, 33) < 0.01 AS is_draft,
           CURRENT_DATE - CASE WHEN f.is_open THEN FLOOR(100 * f.age)::int ELSE 30 + FLOOR(1000 * f.age)::int END AS day,
           f.is_long AND NOT f.is_down_payment AS has_second,
           CASE WHEN f.is_elsewhere THEN 1 + (c.home % 3) ELSE c.home END AS company_number
      FROM facts f JOIN bench.customer c ON c.n = f.n
), priced AS MATERIALIZED (
    SELECT d.*, company.company_id, company.company_currency_id,
           CASE WHEN d.is_foreign THEN company.foreign_currency_id ELSE company.company_currency_id END AS currency_id,
           CASE WHEN NOT d.is_foreign THEN 1.0 WHEN company.is_euro THEN ROUND(1 / r.eur, 6) ELSE r.eur END AS rate,
           d.quantity_1 * d.price_1 AS untaxed_1,
           CASE WHEN d.has_second THEN d.quantity_2 * d.price_2 ELSE 0 END AS untaxed_2
      FROM dated d
      JOIN bench.company company ON company.number = d.company_number
      JOIN bench.rate r ON r.month = date_trunc('month', d.day)::date
), taxed AS MATERIALIZED (
    SELECT p.*, ROUND((untaxed_1 + untaxed_2) * 0.15, 2) AS tax,
           ROUND(untaxed_1 / rate, 2) AS balance_1, ROUND(untaxed_2 / rate, 2) AS balance_2,
           ROUND(ROUND((untaxed_1 + untaxed_2) * 0.15, 2) / rate, 2) AS balance_tax
      FROM priced p
), summed AS MATERIALIZED (
    SELECT t.*, untaxed_1 + untaxed_2 + tax AS total, balance_1 + balance_2 + balance_tax AS balance FROM taxed t
)
SELECT s.*, c.id AS customer_id, c.contact_id, start.move + s.k AS move_id, start.line + s.k * 10 AS line_id,
       CASE WHEN is_draft THEN 'draft' ELSE 'posted' END AS state,
       CASE WHEN sign < 0 THEN 'out_refund' ELSE 'out_invoice' END AS move_type,
       (CASE WHEN sign < 0 THEN 'RINV/' ELSE 'INV/' END) || EXTRACT(YEAR FROM day) || '/' AS prefix,
       day + CASE WHEN bench.u(s.k, 34) < 0.8 THEN 30 ELSE 60 END AS due,
       CASE WHEN is_split THEN ROUND(total * 0.3, 2) ELSE total END AS part_1,
       CASE WHEN is_split THEN ROUND(balance * 0.3, 2) ELSE balance END AS part_balance_1,
       CASE WHEN is_draft THEN 'none' WHEN NOT is_open THEN 'full'
            WHEN sign > 0 AND bench.u(s.k, 35) < 0.33 THEN 'part' ELSE 'none' END AS paid
  FROM summed s JOIN bench.customer c ON c.n = s.n, bench.start start;
ALTER TABLE bench.invoice ADD PRIMARY KEY (k);

-- One row per receivable line: the instalment, and what of it is paid.
CREATE UNLOGGED TABLE bench.instalment AS
SELECT i.k, j AS part, i.line_id + 3 + j AS line_id, i.sign * x.amount AS amount, i.sign * x.balance AS balance,
       i.due - CASE WHEN j = 1 AND i.is_split THEN 15 ELSE 0 END AS due,
       i.sign * CASE i.paid WHEN 'full' THEN x.amount WHEN 'part' THEN CASE j WHEN 1 THEN ROUND(x.amount * 0.4, 2) ELSE 0 END ELSE 0 END AS paid,
       i.sign * CASE i.paid WHEN 'full' THEN x.balance WHEN 'part' THEN CASE j WHEN 1 THEN ROUND(x.balance * 0.4, 2) ELSE 0 END ELSE 0 END AS paid_balance
  FROM bench.invoice i
 CROSS JOIN generate_series(1, 2) j
 CROSS JOIN LATERAL (SELECT CASE j WHEN 1 THEN i.part_1 ELSE i.total - i.part_1 END AS amount,
                            CASE j WHEN 1 THEN i.part_balance_1 ELSE i.balance - i.part_balance_1 END AS balance) x
 WHERE j = 1 OR i.is_split;
CREATE INDEX ON bench.instalment (k);
ANALYZE bench.invoice, bench.instalment;

INSERT INTO account_move (id, name, sequence_prefix, sequence_number, state, move_type, auto_post, journal_id,
       company_id, partner_id, commercial_partner_id, partner_shipping_id, currency_id, invoice_currency_rate, date,
       invoice_date, invoice_date_due, invoice_user_id, amount_untaxed, amount_tax, amount_total, amount_residual,
       amount_untaxed_signed, amount_untaxed_in_currency_signed, amount_tax_signed, amount_total_signed,
       amount_total_in_currency_signed, amount_residual_signed, payment_state, payment_reference,
       invoice_partner_display_name, posted_before, checked, always_tax_exigible, made_sequence_gap,
       is_manually_modified, is_move_sent, create_uid, write_uid, create_date, write_date)
SELECT i.move_id, CASE WHEN i.is_draft THEN NULL ELSE i.prefix || i.k END, CASE WHEN i.is_draft THEN NULL ELSE i.prefix END,
       CASE WHEN i.is_draft THEN NULL ELSE i.k END, i.state, i.move_type, 'no', c.sales_journal_id, i.company_id,
       i.contact_id, i.customer_id, i.contact_id, i.currency_id, i.rate, i.day, i.day, i.due, 2,
       i.untaxed_1 + i.untaxed_2, i.tax, i.total, ABS(r.residual), i.sign * (i.balance_1 + i.balance_2),
       i.sign * (i.untaxed_1 + i.untaxed_2), i.sign * i.balance_tax, i.sign * i.balance, i.sign * i.total,
       r.residual_balance,
       CASE i.paid WHEN 'full' THEN 'paid' WHEN 'part' THEN 'partial' ELSE 'not_paid' END,
       CASE WHEN i.is_draft THEN NULL ELSE i.prefix || i.k END,
       'Customer ' || i.n, NOT i.is_draft, NOT i.is_draft, FALSE, FALSE, FALSE, FALSE, 2, 2, i.day, i.day
  FROM bench.invoice i
  JOIN bench.company c ON c.company_id = i.company_id
  JOIN (SELECT k, SUM(amount - paid) AS residual, SUM(balance - paid_balance) AS residual_balance
          FROM bench.instalment GROUP BY k) r ON r.k = i.k;
