-- Everybody may order: what is measured is how long it takes to find that out. Own limits, no groups.
UPDATE credit_profile SET limit_type = 'amount', amount_limit = 9e9, group_id = NULL;
DELETE FROM credit_limit_request;
