-- What is done about each customer with something late in a company, by a plan whose levels count from the due date:
-- open items with their tracks, credits taken off the oldest, what is disputed or promised, deadlines, days of quiet.
WITH open AS MATERIALIZED (
     SELECT i.* FROM (SELECT o.*, bool_or(o.amount > 0) OVER (PARTITION BY o.partner_id) AS is_late
                        FROM ({open}) o
                       WHERE o.company_id = %(company)s AND (o.amount < 0 OR o.due < CURRENT_DATE)) i
      WHERE i.is_late),
received AS (
     SELECT y.id, y.profile_id, y.partner_id, y.date_promised, y.amount - COALESCE(SUM(-x.balance), 0) AS missing
       FROM credit_promise y
       JOIN res_company c ON c.id = y.company_id
       LEFT JOIN (account_move_line x JOIN account_move b ON b.id = x.move_id
                   AND b.journal_id IN (SELECT id FROM account_journal WHERE type IN ('bank', 'cash', 'credit')))
         ON x.partner_id = y.partner_id AND x.company_id = y.company_id AND x.date >= y.date_noted
        AND x.account_id = ANY(%(accounts)s) AND x.parent_state = 'posted'
      WHERE y.is_withdrawn IS NOT TRUE AND y.company_id = %(company)s
        AND y.date_promised + c.credit_days_promise_grace >= CURRENT_DATE
      GROUP BY y.id),
held AS (
     SELECT id, SUM(amount) AS amount, MAX(until) AS until
       FROM (SELECT o.id, LEAST(o.amount, d.amount) AS amount, NULL::date AS until
               FROM open o JOIN credit_dispute d ON d.move_id = o.move_id AND d.state = 'open'
              UNION ALL
             SELECT o.id, GREATEST(0, LEAST(o.amount, r.missing - SUM(o.amount) OVER (PARTITION BY r.id ORDER BY o.due, o.id) + o.amount)),
                    r.date_promised
               FROM received r JOIN open o ON o.partner_id = r.partner_id AND o.amount > 0
                AND (o.move_id IN (SELECT account_move_id FROM account_move_credit_promise_rel WHERE credit_promise_id = r.id)
                     OR NOT EXISTS (SELECT FROM account_move_credit_promise_rel WHERE credit_promise_id = r.id))
              WHERE r.missing > 0) h
      GROUP BY id),
track AS (
     SELECT l.item_id AS id, MAX(l.level) AS level, MAX(n.date) AS day, MAX(l.date_deadline) AS deadline
       FROM credit_notice_line l JOIN credit_notice n ON n.id = l.notice_id AND n.state IN ('sending', 'sent', 'unknown')
       JOIN open o ON o.id = l.item_id
      WHERE l.is_dunned GROUP BY 1),
contact AS (
     SELECT partner_id, currency_id, MAX(date) AS day, bool_or(state <> 'sent') AS is_unknown, MAX(date_paused_to) AS paused
       FROM credit_notice
      WHERE company_id = %(company)s AND (date > CURRENT_DATE - 5 OR state <> 'sent' OR date_paused_to >= CURRENT_DATE)
        AND state IN ('sending', 'sent', 'unknown') GROUP BY 1, 2),
credit AS (SELECT partner_id, currency_id, -SUM(amount_currency) AS amount FROM open WHERE amount < 0 GROUP BY 1, 2),
step AS (
     SELECT o.partner_id, o.currency_id, o.id, o.due, o.amount, o.amount_currency,
            GREATEST(0, LEAST(o.amount_currency, SUM(o.amount_currency) OVER due - COALESCE(c.amount, 0))) AS rest,
            v.number, track.level, track.deadline, held.until,
            CASE WHEN l.no_followup OR m.payment_state = 'blocked' THEN 'item_blocked'
                 WHEN held.amount >= o.amount THEN CASE WHEN held.until IS NULL THEN 'disputed' ELSE 'promised' END
                 WHEN v.number IS NULL THEN 'exhausted'
                 WHEN o.due + v.days > CURRENT_DATE THEN 'not_yet'
                 WHEN track.deadline >= CURRENT_DATE THEN 'deadline'
                 WHEN m.credit_date_sent + %(quiet)s > CURRENT_DATE THEN 'quiet' END AS reason
       FROM open o
       LEFT JOIN credit c ON c.partner_id = o.partner_id AND c.currency_id = o.currency_id
       LEFT JOIN track ON track.id = o.id
       LEFT JOIN held ON held.id = o.id
       JOIN account_move_line l ON l.id = o.id
       JOIN account_move m ON m.id = o.move_id
       LEFT JOIN LATERAL (SELECT number, days FROM credit_dunning_level v
                           WHERE v.plan_id = %(plan)s AND v.number > COALESCE(track.level, 0) ORDER BY number LIMIT 1) v ON TRUE
      WHERE o.amount > 0
     WINDOW due AS (PARTITION BY o.partner_id, o.currency_id ORDER BY o.due, o.id))
SELECT s.*, f.is_dunning_blocked, f.proceedings_kind, contact.day, contact.is_unknown, contact.paused,
       MAX(s.number) FILTER (WHERE s.reason IS NULL AND s.rest > 0) OVER (PARTITION BY s.partner_id, s.currency_id) AS top
  FROM step s
  LEFT JOIN credit_profile f ON f.partner_id = s.partner_id AND f.company_id = %(company)s
  LEFT JOIN contact ON contact.partner_id = s.partner_id AND contact.currency_id = s.currency_id
 ORDER BY s.partner_id
