-- What every step of the generator uses. Variables: customers, invoices, big, big_open, heavy, heavy_orders.
-- Everything is a function of the running number and of a seed: two runs on one day give the same data.
-- Foreign keys are not checked while loading (the role is a superuser), and indexes are built at the end.

-- A number in [0, 1) that depends on k and the seed only.
CREATE OR REPLACE FUNCTION bench.u(k bigint, seed bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (hashint8extended(k, seed) & 2147483647) / 2147483648.0::double precision $$;

CREATE TABLE bench.index_kept AS
SELECT x.indexname, x.indexdef FROM pg_indexes x
  JOIN pg_class c ON c.oid = format('%I.%I', x.schemaname, x.indexname)::regclass
  JOIN pg_index i ON i.indexrelid = c.oid
 WHERE x.schemaname = 'public' AND NOT i.indisunique
   AND x.tablename IN ('account_move', 'account_move_line', 'account_payment', 'account_partial_reconcile',
                       'account_move_line_account_tax_rel', 'sale_order', 'sale_order_line',
                       'sale_order_line_invoice_rel', 'account_tax_sale_order_line_rel');

SELECT format('DROP INDEX %I', indexname) FROM bench.index_kept \gexec

-- Where our ids begin.
CREATE TABLE bench.start AS
SELECT (SELECT COALESCE(MAX(id), 0) FROM res_partner) AS partner,
       (SELECT COALESCE(MAX(id), 0) FROM account_move) AS move,
       (SELECT COALESCE(MAX(id), 0) FROM account_move_line) AS line,
       (SELECT COALESCE(MAX(id), 0) FROM account_payment) AS payment,
       (SELECT COALESCE(MAX(id), 0) FROM sale_order) AS sale,
       (SELECT COALESCE(MAX(id), 0) FROM sale_order_line) AS sale_line;

-- One euro costs between 1.05 and 1.17 dollars, another price every month.
CREATE TABLE bench.rate AS
SELECT month::date AS month, ROUND((0.85 + 0.10 * bench.u(EXTRACT(EPOCH FROM month)::bigint, 1))::numeric, 4) AS eur
  FROM generate_series(date_trunc('month', CURRENT_DATE) - interval '60 months',
                       date_trunc('month', CURRENT_DATE), interval '1 month') month;

INSERT INTO res_currency_rate (name, rate, currency_id, create_uid, write_uid, create_date, write_date)
SELECT r.month, r.eur, e.id, 1, 1, NOW(), NOW() FROM bench.rate r, res_currency e WHERE e.name = 'EUR';
