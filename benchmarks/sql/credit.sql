-- What a credit department sets up once the add-on is installed: limits, ratings, groups, temporary
-- limits, disputes, promises, covers. Customers 1 to 203 get room for the measured confirmations.

CREATE FUNCTION bench_u(k bigint, seed bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
AS $$ SELECT (hashint8extended(k, seed) & 2147483647) / 2147483648.0::double precision $$;

UPDATE credit_rating SET limit_type = 'amount', amount_limit = 5000 * id WHERE id % 2 = 0;

WITH numbered AS (SELECT p.id, SUBSTR(c.ref, 7)::int AS n, bench_u(p.id, 1) AS x, bench_u(p.id, 2) AS y
                    FROM credit_profile p JOIN res_partner c ON c.id = p.partner_id WHERE c.ref ~ '^BENCH-\d+$')
UPDATE credit_profile p
   SET limit_type = CASE WHEN n <= 203 OR x < 0.60 THEN 'amount' WHEN x < 0.65 THEN 'unlimited' ELSE 'none' END,
       amount_limit = CASE WHEN n <= 203 THEN 90000000 WHEN x < 0.60 THEN ROUND((30000 * y)::numeric, -2) ELSE 0 END,
       limit_currency_id = CASE WHEN n > 203 AND x < 0.03 THEN (SELECT id FROM res_currency WHERE name = 'EUR')
                                ELSE p.limit_currency_id END,
       rating_id = CASE WHEN y < 0.8 THEN (SELECT MIN(id) FROM credit_rating) + (p.id % 5) END
  FROM numbered WHERE numbered.id = p.id;

INSERT INTO credit_group (name, currency_id, limit_type, amount_limit, active, lock_count)
SELECT 'Family ' || g, (SELECT currency_id FROM res_company ORDER BY id LIMIT 1), 'amount', 50000, TRUE, 0
  FROM generate_series(1, GREATEST(5, :customers / 200)) g;
UPDATE credit_profile p SET group_id = g.id
  FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number, COUNT(*) OVER () AS total FROM credit_group) g
 WHERE p.id % 50 = 0 AND (p.id / 50) % g.total + 1 = g.number AND p.amount_limit < 90000000;

INSERT INTO credit_limit_request (profile_id, company_id, currency_id, requester_id, kind, limit_type, state, date_from,
       date_to, reason, amount, amount_company)
SELECT p.id, p.company_id, c.currency_id, 2, CASE WHEN p.id % 2 = 0 THEN 'increment' ELSE 'replacement' END, 'amount',
       'approved', CURRENT_DATE - 10, CURRENT_DATE + 20, 'Season', 8000, 8000
  FROM credit_profile p JOIN res_company c ON c.id = p.company_id WHERE p.limit_type = 'amount' AND p.id % 40 = 1 AND p.amount_limit < 90000000;

-- Open disputes, and those of two years that were settled.
INSERT INTO credit_dispute (move_id, partner_id, company_id, date_from, date_to, reason, state, amount)
SELECT m.id, m.commercial_partner_id, m.company_id, CURRENT_DATE - 20, NULL, 'Quality',
       'open', ROUND(m.amount_residual / 2, 2)
  FROM account_move m
 WHERE m.move_type = 'out_invoice' AND m.state = 'posted' AND m.amount_residual > 0 AND m.id % 200 = 0
 UNION ALL
SELECT m.id, m.commercial_partner_id, m.company_id, m.date + 15, LEAST(m.date + 15 + (60 * bench_u(m.id, 3))::int, CURRENT_DATE),
       'Quality', 'settled', ROUND(m.amount_total / 2, 2)
  FROM account_move m
 WHERE m.move_type = 'out_invoice' AND m.state = 'posted' AND m.amount_residual = 0 AND m.id % 100 = 1
   AND m.date BETWEEN CURRENT_DATE - 730 AND CURRENT_DATE - 16;

-- Promises of two years: of named invoices or of all that was open, a tenth withdrawn.
INSERT INTO credit_promise (profile_id, partner_id, company_id, currency_id, user_id, date_noted, date_promised, date_withdrawn,
       is_withdrawn, amount, amount_company)
SELECT f.id, f.partner_id, f.company_id, c.currency_id, 2, x.day, x.day + 10 + x.g % 20, CASE WHEN x.g % 10 = 0 THEN x.day + 3 END,
       x.g % 10 = 0, x.amount, x.amount
  FROM credit_profile f
  JOIN res_company c ON c.id = f.company_id
 CROSS JOIN LATERAL (SELECT g, CURRENT_DATE - FLOOR(700 * bench_u(f.id, 10 + g))::int AS day,
                            ROUND((100 + 3000 * bench_u(f.id, 20 + g))::numeric, 2) AS amount
                       FROM generate_series(1, 3) g) x
 WHERE f.partner_id IN (SELECT id FROM res_partner WHERE ref ~ '^BENCH-\d+$') AND bench_u(f.id, 4) < 0.2;
INSERT INTO account_move_credit_promise_rel (credit_promise_id, account_move_id)
SELECT promise_id, move_id
  FROM (SELECT y.id AS promise_id, m.id AS move_id, ROW_NUMBER() OVER (PARTITION BY y.id ORDER BY m.date, m.id) AS number
          FROM credit_promise y
          JOIN account_move m ON m.commercial_partner_id = y.partner_id AND m.company_id = y.company_id
                             AND m.date BETWEEN y.date_noted - 90 AND y.date_noted
         WHERE m.state = 'posted' AND m.move_type = 'out_invoice' AND y.id % 2 = 0) named
 WHERE number <= 2;

-- A twentieth of the customers is insured.
INSERT INTO credit_cover (profile_id, partner_id, company_id, currency_id, kind, date_from, date_to, amount, active, effect,
                          percent_share)
SELECT f.id, f.partner_id, f.company_id, c.currency_id, 'insurance',
       CURRENT_DATE - 500, CURRENT_DATE + 200, ROUND((5000 * bench_u(f.id, 6))::numeric, 2), TRUE, 'none', 90
  FROM credit_profile f JOIN res_company c ON c.id = f.company_id
 WHERE bench_u(f.id, 5) < 0.05;

DROP FUNCTION bench_u;
VACUUM ANALYZE credit_profile, credit_group, credit_limit_request, credit_dispute, credit_promise, credit_cover, credit_rating;
