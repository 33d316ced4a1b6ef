-- What is overdue by due date, after credits were netted against the oldest items.
SELECT company_id, partner_id, due, LEAST(debit, GREATEST(0, running - credit)) AS net
  FROM (SELECT company_id, partner_id, due, debit, SUM(debit) OVER (PARTITION BY company_id, partner_id ORDER BY due) AS running,
               SUM(credit) OVER (PARTITION BY company_id, partner_id) AS credit
          FROM (SELECT company_id, partner_id, due, SUM(debit) AS debit, SUM(credit) AS credit
                  FROM (SELECT company_id, partner_id, CASE WHEN amount < 0 THEN 'infinity' ELSE due END AS due,
                               GREATEST(amount, 0) AS debit, GREATEST(-amount, 0) AS credit
                          FROM ({open}) i
                         UNION ALL
                        SELECT l.company_id, p.commercial_partner_id, COALESCE(l.date_maturity, l.date), -ROUND(l.amount_residual * d.share, 2), 0
                          FROM (SELECT x.move_id, LEAST(1.0, SUM(x.amount) / NULLIF(MAX(m.amount_residual), 0)) AS share
                                  FROM credit_dispute x JOIN account_move m ON m.id = x.move_id
                                 WHERE x.state = 'open' GROUP BY 1) d
                          JOIN account_move_line l ON l.move_id = d.move_id
                          JOIN res_partner p ON p.id = l.partner_id
                         WHERE l.account_id = ANY(%(accounts)s) AND l.amount_residual > 0 AND l.parent_state = 'posted'
                         UNION ALL
                        SELECT a.company_id, p.commercial_partner_id, 'infinity', 0, ABS(a.amount_company_currency_signed)
                          FROM account_payment a JOIN res_partner p ON p.id = a.partner_id
                         WHERE a.payment_type = 'inbound' AND a.partner_type = 'customer' AND a.state = 'in_process' AND a.move_id IS NULL
                         UNION ALL
                        SELECT s.company_id, p.commercial_partner_id, 'infinity', 0,
                               ROUND((t.amount / COALESCE(NULLIF(s.currency_rate, 0), 1))::numeric, 2)
                          FROM payment_transaction t
                          JOIN sale_order_transaction_rel r ON r.transaction_id = t.id
                          JOIN sale_order s ON s.id = r.sale_order_id
                          JOIN res_partner p ON p.id = s.partner_invoice_id
                         WHERE t.state = 'done' AND t.payment_id IS NULL AND s.state = 'sale' AND s.invoice_status <> 'invoiced') sides
                 GROUP BY 1, 2, 3) days) netted
 WHERE due < CURRENT_DATE
