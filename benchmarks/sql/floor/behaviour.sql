-- The payment index of all, from the money of 24 months on invoices and what is overdue, kept in one statement.
INSERT INTO credit_behaviour (profile_id, date, payment_index, has_payment_index)
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
invoice AS (
    SELECT company_id, partner_id, SUM(amount) AS amount, SUM(amount * points) AS weighed,
           (MAX(open) = 0 AND SUM(amount) >= 0.5 * MAX(total))::int AS settled
      FROM (SELECT y.company_id, y.partner_id, m.id AS move_id, ABS(m.amount_residual) AS open, ABS(m.amount_total_signed) AS total,
                   r.amount, {points} AS points
              FROM money y
              JOIN account_partial_reconcile r ON r.credit_move_id = y.id
              JOIN account_move_line l ON l.id = r.debit_move_id AND l.parent_state = 'posted'
              JOIN account_move m ON m.id = l.move_id AND m.move_type IN ('out_invoice', 'out_receipt')
             CROSS JOIN LATERAL (SELECT y.day - COALESCE(l.date_maturity, l.date) AS days) late) paid
     GROUP BY company_id, partner_id, move_id)
SELECT p.id, CURRENT_DATE, COALESCE(i.points, 0), i.points IS NOT NULL
  FROM credit_profile p
  LEFT JOIN (SELECT company_id, partner_id, CASE WHEN SUM(settled) >= 3 AND SUM(amount) > 0 THEN SUM(weighed) / SUM(amount) END AS points
               FROM (SELECT * FROM invoice
                      UNION ALL
                     SELECT company_id, partner_id, net, net * {points}, 0
                       FROM (SELECT company_id, partner_id, net, CURRENT_DATE - due AS days FROM ({due}) d WHERE net > 0) late) b
              GROUP BY 1, 2) i ON i.partner_id = p.partner_id AND i.company_id = p.company_id
    ON CONFLICT (profile_id) DO UPDATE
   SET date = EXCLUDED.date, payment_index = EXCLUDED.payment_index, has_payment_index = EXCLUDED.has_payment_index
