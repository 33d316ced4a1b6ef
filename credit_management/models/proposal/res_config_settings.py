"""Settings of limit proposals."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_percent_net_worth = fields.Float(related="company_id.credit_percent_net_worth", readonly=False)
    credit_percent_working_capital = fields.Float(related="company_id.credit_percent_working_capital", readonly=False)
    credit_percent_turnover = fields.Float(related="company_id.credit_percent_turnover", readonly=False)
    credit_index_history = fields.Float(related="company_id.credit_index_history", readonly=False)
    credit_combined = fields.Selection(related="company_id.credit_combined", readonly=False)
    credit_percent_cap = fields.Float(related="company_id.credit_percent_cap", readonly=False)
    credit_amount_step = fields.Monetary(
        related="company_id.credit_amount_step", readonly=False, currency_field="credit_currency_id"
    )
    credit_is_uk_rule = fields.Boolean(related="company_id.credit_is_uk_rule", readonly=False)
    credit_days_safety = fields.Integer(related="company_id.credit_days_safety", readonly=False)
    credit_percent_cap_equity = fields.Float(related="company_id.credit_percent_cap_equity", readonly=False)
    credit_amount_own_equity = fields.Monetary(
        related="company_id.credit_amount_own_equity", readonly=False, currency_field="credit_currency_id"
    )
    credit_percent_cap_receivables = fields.Float(related="company_id.credit_percent_cap_receivables", readonly=False)
    credit_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Company")
