-- Customers, and for a third of them contacts. Customer 1 is the biggest, 2 has many open items,
-- 3 has five; the rest is ordinary. Their number is in the reference: BENCH-1, BENCH-2, …

INSERT INTO res_partner (id, name, complete_name, ref, is_company, active, type, commercial_partner_id,
       commercial_company_name, partner_share, customer_rank, supplier_rank, autopost_bills, lang, country_id,
       user_id, credit_limit, color, employee, message_bounce, create_uid, write_uid, create_date, write_date)
SELECT s.partner + n, 'Customer ' || n, 'Customer ' || n, 'BENCH-' || n, TRUE, TRUE, 'contact', s.partner + n,
       'Customer ' || n, TRUE, 1, 0, 'ask', 'en_US', (SELECT id FROM res_country WHERE code = 'US'), 2,
       CASE WHEN n > 3 AND bench.u(n, 11) < 0.2 THEN jsonb_build_object('1', 20000) END,
       0, FALSE, 0, 1, 1, NOW(), NOW()
  FROM bench.start s, generate_series(1, :customers) n;

INSERT INTO res_partner (id, name, complete_name, ref, parent_id, is_company, active, type, commercial_partner_id,
       commercial_company_name, partner_share, customer_rank, supplier_rank, autopost_bills, lang,
       color, employee, message_bounce, create_uid, write_uid, create_date, write_date)
SELECT s.partner + :customers + n, 'Contact ' || n, 'Customer ' || n || ', Contact ' || n, 'BENCH-C-' || n,
       s.partner + n, FALSE, TRUE, 'contact', s.partner + n, 'Customer ' || n, TRUE, 0, 0, 'ask', 'en_US',
       0, FALSE, 0, 1, 1, NOW(), NOW()
  FROM bench.start s, generate_series(1, :customers) n
 WHERE bench.u(n, 12) < 0.33;

-- The customer, and who of it is written on its documents.
CREATE TABLE bench.customer AS
SELECT n, s.partner + n AS id,
       CASE WHEN bench.u(n, 12) < 0.33 THEN s.partner + :customers + n ELSE s.partner + n END AS contact_id,
       CASE WHEN n <= 203 OR bench.u(n, 13) < 0.8 THEN 1 WHEN bench.u(n, 13) < 0.95 THEN 2 ELSE 3 END AS home
  FROM bench.start s, generate_series(1, :customers) n;
ALTER TABLE bench.customer ADD PRIMARY KEY (n);
ANALYZE bench.customer, bench.company, bench.rate, bench.start;
