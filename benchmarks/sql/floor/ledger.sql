-- The ledger's side of the tie: what is posted up to the day, per company and account.
SELECT company_id, account_id, SUM(balance) FROM account_move_line
 WHERE account_id = ANY(%(accounts)s) AND parent_state = 'posted' AND date <= %(day)s
 GROUP BY 1, 2
