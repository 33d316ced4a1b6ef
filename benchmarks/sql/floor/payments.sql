-- Payments in process, bills, and money received without an entry.
SELECT y.company_id, p.commercial_partner_id, 0, 0, 0, 0,
       SUM(ABS(y.amount)) FILTER (WHERE y.move_id IS NOT NULL AND y.risk = 0),
       SUM(ABS(y.amount)) FILTER (WHERE y.move_id IS NOT NULL AND y.risk > 0),
       -SUM(ABS(y.amount)) FILTER (WHERE y.move_id IS NULL), 0, 0, 0, 0, 0
  FROM (SELECT a.company_id, a.partner_id, a.move_id, a.amount_company_currency_signed AS amount, a.date,
               COALESCE(w.credit_days_risk, 0) AS risk
          FROM account_payment a LEFT JOIN account_payment_method_line w ON w.id = a.payment_method_line_id
         WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer'
           AND (a.state = 'in_process' OR (a.state = 'paid' AND a.is_matched IS NOT TRUE))
           AND (a.state = 'in_process' OR a.move_id IS NOT NULL)
         UNION ALL
        SELECT a.company_id, a.partner_id, a.move_id, a.amount_company_currency_signed, a.date, w.credit_days_risk
          FROM account_payment a JOIN account_payment_method_line w ON w.id = a.payment_method_line_id
         WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer' AND a.state = 'paid'
           AND a.is_matched IS TRUE AND a.move_id IS NOT NULL AND w.credit_days_risk > 0) y
  JOIN res_partner p ON p.id = y.partner_id
 WHERE (y.move_id IS NULL OR y.risk = 0 OR y.date + y.risk >= CURRENT_DATE) AND y.partner_id {customer}
 GROUP BY 1, 2
