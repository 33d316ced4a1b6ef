"""Settings: the switches of the company, in the order an administrator thinks."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_count_orders = fields.Boolean(related="company_id.credit_count_orders", readonly=False)
    credit_count_drafts = fields.Boolean(related="company_id.credit_count_drafts", readonly=False)
    credit_count_unallocated = fields.Boolean(related="company_id.credit_count_unallocated", readonly=False)
    credit_count_disputed = fields.Boolean(related="company_id.credit_count_disputed", readonly=False)
    credit_count_in_process = fields.Boolean(related="company_id.credit_count_in_process", readonly=False)
    credit_count_bills = fields.Boolean(related="company_id.credit_count_bills", readonly=False)
    credit_count_received = fields.Boolean(related="company_id.credit_count_received", readonly=False)
    credit_days_horizon = fields.Integer(related="company_id.credit_days_horizon", readonly=False)
    credit_days_promise_grace = fields.Integer(related="company_id.credit_days_promise_grace", readonly=False)
    credit_second_person = fields.Selection(related="company_id.credit_second_person", readonly=False)
    credit_tz = fields.Selection(related="company_id.credit_tz", readonly=False)
    credit_controller_id = fields.Many2one(related="company_id.credit_controller_id", readonly=False)
    credit_is_resumed = fields.Boolean(related="company_id.credit_is_resumed", readonly=False)
    credit_is_portal_shown = fields.Boolean(related="company_id.credit_is_portal_shown", readonly=False)
    credit_is_portal_limit_shown = fields.Boolean(related="company_id.credit_is_portal_limit_shown", readonly=False)
    credit_days_snapshot_keep = fields.Integer(related="company_id.credit_days_snapshot_keep", readonly=False)
    credit_years_log_keep = fields.Integer(related="company_id.credit_years_log_keep", readonly=False)
