"""The financial statements of a customer, in its credit file."""

from odoo import fields, models


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    financials_ids = fields.One2many(
        "credit.financials", "profile_id", "Financial Statements", groups="credit_management.group_credit_controller"
    )

    def action_enter_financials(self):
        """Open an empty year for this customer.

        :raise AccessError: for who may not enter financial statements
        """
        self.ensure_one()
        self.env["credit.financials"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Financial Statements"),
            "res_model": "credit.financials",
            "views": [(False, "form")],
            "context": {"default_profile_id": self.id},
        }

    def action_open_financials(self):
        """Open the financial statements of this customer.

        :raise AccessError: for who may not read them
        """
        self.ensure_one()
        self.env["credit.financials"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_financials")
        return {**action, "domain": [("profile_id", "=", self.id)], "context": {"default_profile_id": self.id}}
