-- Earlier notices, for the operations of dunning: of six tenths of the customers with late items a first one, of half of
-- these a second one; some were sent yesterday, and of a few nobody knows whether they arrived.
CREATE TEMP TABLE bench_said AS
SELECT d.partner_id, d.company_id, d.currency_id, s.level, s.day, s.deadline,
       CASE WHEN d.partner_id %% 97 = 0 AND s.is_last THEN 'unknown' ELSE 'sent' END AS state
  FROM (SELECT p.commercial_partner_id AS partner_id, l.company_id, l.currency_id
          FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id JOIN account_account a ON a.id = l.account_id
         WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted' AND l.amount_residual > 0
           AND l.date_maturity < CURRENT_DATE - 35 GROUP BY 1, 2, 3) d
 CROSS JOIN LATERAL (VALUES (1, CURRENT_DATE - 30, CURRENT_DATE - 23, d.partner_id %% 10 < 3, d.partner_id %% 10 < 6),
                            (2, CURRENT_DATE - CASE WHEN d.partner_id %% 20 = 3 THEN 1 ELSE 12 END,
                             CURRENT_DATE - CASE WHEN d.partner_id %% 20 = 3 THEN -6 ELSE 5 END, TRUE, d.partner_id %% 10 BETWEEN 3 AND 5)
                    ) s (level, day, deadline, is_last, is_there)
 WHERE s.is_there;
INSERT INTO credit_notice (company_id, partner_id, recipient_id, currency_id, plan_id, level, date, date_deadline, date_sent, state, name)
SELECT company_id, partner_id, partner_id, currency_id, %(plan)s, level, day,
       deadline, day + interval '9 hours', state, 'BENCH/' || level || '/' || partner_id || '/' || currency_id
  FROM bench_said;
INSERT INTO credit_notice_line (notice_id, item_id, move_id, name, date_due, level, is_dunned, date_deadline, amount, amount_company)
SELECT n.id, l.id, l.move_id, l.move_name, l.date_maturity, n.level, TRUE, n.date_deadline, l.amount_residual_currency, l.amount_residual
  FROM credit_notice n
  JOIN res_partner p ON p.commercial_partner_id = n.partner_id
  JOIN account_move_line l ON l.partner_id = p.id AND l.company_id = n.company_id AND l.currency_id = n.currency_id
  JOIN account_account a ON a.id = l.account_id AND a.account_type = 'asset_receivable'
 WHERE n.name LIKE 'BENCH/%%' AND l.parent_state = 'posted' AND l.amount_residual > 0 AND l.date_maturity < n.date - 7 * n.level;
ANALYZE credit_notice, credit_notice_line;
