-- Disputed parts of open items, taken out of where they stand.
SELECT company_id, partner_id, -SUM(amount) FILTER (WHERE due >= CURRENT_DATE), -SUM(amount) FILTER (WHERE due < CURRENT_DATE),
       SUM(amount), 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM (SELECT l.company_id, p.commercial_partner_id AS partner_id, COALESCE(l.date_maturity, l.date) AS due,
               ROUND(l.amount_residual * d.share, 2) AS amount
          FROM (SELECT x.move_id, LEAST(1.0, SUM(x.amount) / NULLIF(MAX(m.amount_residual), 0)) AS share
                  FROM credit_dispute x JOIN account_move m ON m.id = x.move_id
                 WHERE x.state = 'open' GROUP BY 1) d
          JOIN account_move_line l ON l.move_id = d.move_id
          JOIN res_partner p ON p.id = l.partner_id
         WHERE l.account_id = ANY(%(accounts)s) AND l.amount_residual > 0 AND l.parent_state = 'posted' AND l.partner_id {customer}) x
 GROUP BY 1, 2
