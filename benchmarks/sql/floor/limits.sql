-- Limits by hand: the own or the rating's, what was approved for a while, the group's.
rates AS MATERIALIZED (
    SELECT c.id AS company_id, u.id AS currency_id,
           COALESCE(own.rate, 1) / COALESCE(other.rate, 1) AS rate
      FROM res_company c CROSS JOIN res_currency u
      LEFT JOIN LATERAL (SELECT rate FROM res_currency_rate r WHERE r.currency_id = c.currency_id AND r.name <= CURRENT_DATE
                          ORDER BY r.name DESC LIMIT 1) own ON TRUE
      LEFT JOIN LATERAL (SELECT rate FROM res_currency_rate r WHERE r.currency_id = u.id AND r.name <= CURRENT_DATE
                          ORDER BY r.name DESC LIMIT 1) other ON TRUE
     WHERE u.active),
limits AS (
    SELECT p.id, p.partner_id, p.company_id,
           CASE WHEN p.limit_type <> 'none' THEN p.limit_type WHEN r.limit_type IS NULL THEN 'none' ELSE r.limit_type END AS kind,
           CASE WHEN p.limit_type <> 'none' THEN ROUND(p.amount_limit * COALESCE(a.rate, 1), 2)
                ELSE ROUND(COALESCE(r.amount_limit, 0) * COALESCE(b.rate, 1), 2) END AS amount,
           t.replacement, t.increment, g.limit_type AS group_kind, ROUND(g.amount_limit * COALESCE(d.rate, 1), 2) AS group_amount
      FROM credit_profile p
      LEFT JOIN credit_rating r ON r.id = p.rating_id
      LEFT JOIN credit_group g ON g.id = p.group_id
      LEFT JOIN rates a ON a.company_id = p.company_id AND a.currency_id = p.limit_currency_id
      LEFT JOIN rates b ON b.company_id = p.company_id AND b.currency_id = r.currency_id
      LEFT JOIN rates d ON d.company_id = p.company_id AND d.currency_id = g.currency_id
      LEFT JOIN (SELECT profile_id, MAX(amount_company) FILTER (WHERE kind = 'replacement') AS replacement,
                        SUM(amount_company) FILTER (WHERE kind = 'increment') AS increment
                   FROM credit_limit_request
                  WHERE state = 'approved' AND kind IN ('increment', 'replacement')
                    AND CURRENT_DATE BETWEEN date_from AND date_to GROUP BY 1) t ON t.profile_id = p.id
     WHERE p.active),
effective AS (
    SELECT id, partner_id, company_id,
           CASE WHEN group_kind = 'amount' OR kind = 'none' AND COALESCE(replacement, increment) IS NOT NULL THEN 'amount'
                ELSE kind END AS kind,
           CASE WHEN group_kind = 'amount' OR kind = 'amount' OR kind = 'none' AND COALESCE(replacement, increment) IS NOT NULL
                THEN LEAST(CASE WHEN group_kind = 'amount' THEN group_amount END,
                           CASE WHEN kind = 'amount' OR kind = 'none' AND COALESCE(replacement, increment) IS NOT NULL
                                THEN COALESCE(replacement, amount) + COALESCE(increment, 0) END) END AS amount
      FROM limits)
