from . import credit_policy_rule, payment_provider, payment_transaction, res_company, res_config_settings, sale_order
