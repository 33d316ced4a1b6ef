-- The figures of the day, inserted in one statement.
INSERT INTO credit_snapshot (profile_id, company_id, rating_id, date, limit_state, amount_limit, amount_exposure, amount_not_due,
       amount_past_due, amount_orders, amount_drafts, amount_unallocated, amount_overdue, days_overdue_max)
WITH {limits}
SELECT p.id, p.company_id, p.rating_id, CURRENT_DATE, f.kind, COALESCE(f.amount, 0), COALESCE(e.exposure, 0), COALESCE(e.not_due, 0),
       COALESCE(e.overdue, 0), COALESCE(e.orders + e.delivered, 0), COALESCE(e.drafts + e.order_drafts, 0),
       COALESCE(e.unallocated, 0), COALESCE(o.net, 0), COALESCE(o.days, 0)
  FROM credit_profile p
  JOIN effective f ON f.id = p.id
  LEFT JOIN ({exposure}) e ON e.partner_id = p.partner_id AND e.company_id = p.company_id
  LEFT JOIN (SELECT company_id, partner_id, SUM(net) AS net, CURRENT_DATE - MIN(due) FILTER (WHERE net > 0) AS days
               FROM ({due}) d GROUP BY 1, 2) o ON o.partner_id = p.partner_id AND o.company_id = p.company_id
