-- The twelve factors of the scorecard for trade, of all files, and one row per file with them, written in one statement.
INSERT INTO credit_score (profile_id, company_id, date, date_to, card_id, version_id, score, has_score, coverage, is_covered,
                          fingerprint, delta, follow_up, lines)
WITH money AS MATERIALIZED (
    SELECT x.id, x.company_id, p.commercial_partner_id AS partner_id,
           x.date + CASE WHEN w.credit_days_risk > 0 THEN w.credit_days_risk ELSE 0 END AS day
      FROM account_move_line x
      JOIN res_partner p ON p.id = x.partner_id
      JOIN account_move own ON own.id = x.move_id AND own.reversed_entry_id IS NULL
      LEFT JOIN account_payment a ON a.move_id = x.move_id
      LEFT JOIN account_payment_method_line w ON w.id = a.payment_method_line_id
     WHERE x.account_id = ANY(%(accounts)s) AND x.credit > 0 AND x.parent_state = 'posted'
       AND x.date BETWEEN CURRENT_DATE - 730 AND CURRENT_DATE
       AND own.journal_id = ANY(ARRAY(SELECT id FROM account_journal WHERE type IN ('bank', 'cash', 'credit')))
       AND COALESCE(a.state, '') NOT IN ('rejected', 'canceled')
       AND (COALESCE(w.credit_days_risk, 0) = 0 OR a.date + w.credit_days_risk < CURRENT_DATE)
       AND NOT EXISTS (SELECT FROM account_move b WHERE b.reversed_entry_id = x.move_id AND b.state = 'posted')),
paid AS MATERIALIZED (
    SELECT y.company_id, y.partner_id, y.day, m.id AS move_id, ABS(m.amount_residual) AS open,
           ABS(m.amount_total_signed) AS total, r.amount, y.day - COALESCE(l.date_maturity, l.date) AS days
      FROM money y
      JOIN account_partial_reconcile r ON r.credit_move_id = y.id
      JOIN account_move_line l ON l.id = r.debit_move_id AND l.parent_state = 'posted'
      JOIN account_move m ON m.id = l.move_id AND m.move_type IN ('out_invoice', 'out_receipt')),
open AS MATERIALIZED ({open}),
due AS MATERIALIZED ({due}),
late AS (SELECT company_id, partner_id, SUM(amount * days) / NULLIF(SUM(amount), 0) AS days_late
           FROM paid WHERE day >= CURRENT_DATE - 365 GROUP BY 1, 2),
indexes AS (
    SELECT company_id, partner_id,
           CASE WHEN SUM(settled) >= 3 AND SUM(amount) > 0 THEN SUM(weighed) / SUM(amount) END AS points
      FROM (SELECT company_id, partner_id, SUM(amount) AS amount, SUM(amount * {points}) AS weighed,
                   (MAX(open) = 0 AND SUM(amount) >= 0.5 * MAX(total))::int AS settled
              FROM paid GROUP BY company_id, partner_id, move_id
             UNION ALL
            SELECT company_id, partner_id, net, net * {points}, 0
              FROM (SELECT company_id, partner_id, net, CURRENT_DATE - due AS days FROM due WHERE net > 0) d) b
     GROUP BY 1, 2),
owed AS (SELECT company_id, partner_id, SUM(amount) AS balance, SUM(GREATEST(amount, 0)) AS debit FROM open GROUP BY 1, 2),
overdue AS (SELECT company_id, partner_id, SUM(net) AS net, CURRENT_DATE - MIN(due) FILTER (WHERE net > 0) AS days
              FROM due GROUP BY 1, 2),
trade AS (
    SELECT company_id, commercial_partner_id AS partner_id, MIN(invoice_date) AS first,
           SUM(amount_total_signed) FILTER (WHERE invoice_date > CURRENT_DATE - 365) AS turnover,
           SUM(amount_total_signed) FILTER (WHERE invoice_date BETWEEN CURRENT_DATE - 729 AND CURRENT_DATE - 365) AS before
      FROM account_move
     WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund', 'out_receipt') AND invoice_date <= CURRENT_DATE
     GROUP BY 1, 2),
returned AS (
    SELECT a.company_id, p.commercial_partner_id AS partner_id, COUNT(*) AS number
      FROM account_payment a JOIN res_partner p ON p.id = a.partner_id
     WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer' AND a.date > CURRENT_DATE - 365
       AND (a.state = 'rejected' OR a.move_id IN (SELECT reversed_entry_id FROM account_move
                                                   WHERE reversed_entry_id IS NOT NULL AND state = 'posted'))
     GROUP BY 1, 2),
promised AS (
    SELECT y.profile_id, COUNT(*) FILTER (WHERE y.amount_company > COALESCE(y.paid, 0)) AS broken
      FROM (SELECT pr.id, pr.profile_id, pr.amount_company, SUM(m.amount) AS paid
              FROM credit_promise pr JOIN credit_profile f ON f.id = pr.profile_id
              LEFT JOIN paid m ON m.partner_id = f.partner_id AND m.day >= pr.date_noted
             WHERE pr.is_withdrawn IS NOT TRUE AND pr.date_promised BETWEEN CURRENT_DATE - 364 AND CURRENT_DATE
             GROUP BY 1, 2, 3) y
     GROUP BY 1),
used AS (
    SELECT profile_id, AVG(100 * amount_exposure / amount_limit) AS mean FROM credit_snapshot
     WHERE date = ANY(ARRAY(SELECT (DATE_TRUNC('month', CURRENT_DATE) - g * INTERVAL '1 month')::date FROM generate_series(0, 11) g))
       AND limit_state = 'amount' AND amount_limit > 0 AND is_from_ledger IS NOT TRUE GROUP BY 1)
SELECT p.id, p.company_id, CURRENT_DATE, CURRENT_DATE, %(card)s, %(version)s, 0, TRUE, 0, TRUE, '', 0, 'none',
       jsonb_build_object(
           'payment_index', i.points, 'days_late', l.days_late, 'share_overdue', 100 * v.net / NULLIF(o.debit, 0),
           'days_overdue_max', v.days, 'utilization_mean', u.mean,
           'dso', GREATEST(o.balance, 0) * LEAST(365, CURRENT_DATE - t.first + 1) / NULLIF(t.turnover, 0),
           'turnover_change', CASE WHEN t.first <= CURRENT_DATE - 730 THEN 100 * (t.turnover - t.before) / NULLIF(t.before, 0) END,
           'months_customer', EXTRACT(YEAR FROM age(t.first)) * 12 + EXTRACT(MONTH FROM age(t.first)),
           'promises_broken', m.broken, 'payments_returned', r.number, 'equity_share', NULL, 'altman', NULL)
  FROM credit_profile p
  LEFT JOIN indexes i ON i.partner_id = p.partner_id AND i.company_id = p.company_id
  LEFT JOIN late l ON l.partner_id = p.partner_id AND l.company_id = p.company_id
  LEFT JOIN owed o ON o.partner_id = p.partner_id AND o.company_id = p.company_id
  LEFT JOIN overdue v ON v.partner_id = p.partner_id AND v.company_id = p.company_id
  LEFT JOIN trade t ON t.partner_id = p.partner_id AND t.company_id = p.company_id
  LEFT JOIN returned r ON r.partner_id = p.partner_id AND r.company_id = p.company_id
  LEFT JOIN promised m ON m.profile_id = p.id
  LEFT JOIN used u ON u.profile_id = p.id
