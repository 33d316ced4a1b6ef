"""What late payment costs a customer, item by item with its arithmetic: to be claimed, or invoiced."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class CreditProfileLate(models.TransientModel):
    _name = "credit.profile.late"
    _description = "Late-Payment Claims of a Customer"

    profile_id = fields.Many2one("credit.profile", "Customer", required=True, readonly=True)
    company_id = fields.Many2one(related="profile_id.company_id")
    date = fields.Date(
        "Reckoned Up To", required=True, default=lambda self: self.env.company._credit_today(),
        help="The last day of interest. What stays open costs more from the next day on.",
    )
    interest_id = fields.Many2one("credit.interest", "Interest", compute="_compute_interest_id", help="By which rates.")
    rate_text = fields.Char(related="interest_id.rate_text")
    alert = fields.Text(compute="_compute_interest_id", help="What has to be looked up first.")
    line_ids = fields.One2many(
        "credit.profile.late.line", "late_id", "Items", compute="_compute_line_ids", store=True, readonly=False
    )
    total_text = fields.Char("To Be Claimed", compute="_compute_total_text", help="Of the lines that are ticked.")

    @api.depends("profile_id", "date")
    @api.depends_context("lang")
    def _compute_interest_id(self):
        for late in self:
            interest = late.profile_id._get_interest(late.date) if late.profile_id and late.date else False
            late.interest_id = interest
            late.alert = "\n".join(interest._get_alerts(late.date)) if interest else self.env._(
                "No late-payment interest is set up for this customer: choose it in the policy, or in the settings of "
                "credit management."
            )

    @api.depends("profile_id", "date")
    def _compute_line_ids(self):
        for late in self:
            found = late.profile_id._get_late(late.date) if late.profile_id and late.date else []
            lines = [fields.Command.create(self._prepare_line(item)) for item in found]
            late.line_ids = [fields.Command.clear(), *lines]

    @api.model
    def _prepare_line(self, late):
        kinds = {values["kind"]: values for values in late.values}
        return {
            "item_id": late.item.id, "currency_id": late.item.currency_id.id, "document": late.item.move_id.name,
            "date_due": late.item.date_maturity, "stretches": kinds.get("interest", {}).get("stretches", []),
            "amount_interest": kinds.get("interest", {}).get("amount", 0.0), "amount_before": late.claimed,
            "amount_compensation": kinds.get("compensation", {}).get("amount", 0.0),
            "is_disputed": late.is_disputed, "is_taken": not late.is_disputed,
        }

    @api.depends("line_ids.is_taken", "line_ids.amount_interest", "line_ids.amount_compensation")
    def _compute_total_text(self):
        for late in self:
            taken = late.line_ids.filtered("is_taken")
            late.total_text = ", ".join(
                currency.format(sum(lines.mapped("amount_interest")) + sum(lines.mapped("amount_compensation")))
                for currency, lines in taken.grouped("currency_id").items()
            )

    def action_claim(self):
        """Claim what is ticked: it is open until it is booked, paid or waived.

        :raise AccessError: without the rights of a credit controller, or to write invoices
        """
        claims = self._claim()
        return self._open_claims(claims)

    def action_invoice(self):
        """Claim what is ticked, and make a draft invoice of it with the calculation attached.

        :raise AccessError: without the rights to write invoices
        """
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only accountants invoice claims."))
        return self._claim().action_invoice()

    def _claim(self):
        self.ensure_one()
        user = self.env.user
        if not any(user.has_group(group) for group in (
            "credit_management.group_credit_controller", "account.group_account_invoice",
        )):
            raise AccessError(self.env._("Only credit controllers and accountants claim what late payment costs."))
        self.profile_id.check_access("read")
        today = self.company_id.sudo()._credit_today()  # of a branch's company, maybe not the user's
        if self.date > today:
            raise UserError(
                self.env._(
                    "Interest is claimed up to today, %(today)s: what may still be paid costs nothing yet.",
                    today=format_date(self.env, today),
                )
            )
        items = self.line_ids.filtered("is_taken").item_id
        claims = self.profile_id._claim_late(self.date, items)
        if not claims:
            raise UserError(self.env._("Nothing is to be claimed: tick a line, or choose a later day."))
        return claims

    @api.model
    def _open_claims(self, claims):
        return {
            "type": "ir.actions.act_window", "name": self.env._("Claims"), "res_model": "credit.dunning.claim",
            "views": [(False, "list")], "domain": [("id", "in", claims.ids)],
        }


class CreditProfileLateLine(models.TransientModel):
    _name = "credit.profile.late.line"
    _description = "Late-Payment Claims of an Item"
    _order = "date_due, id"

    late_id = fields.Many2one("credit.profile.late", required=True, ondelete="cascade")
    item_id = fields.Many2one("account.move.line", required=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency")
    document = fields.Char(readonly=True, help="The invoice that was paid late, or is not paid yet.")
    date_due = fields.Date("Due", readonly=True, help="The day on which it was due.")
    stretches = fields.Json(help="Days, base and rate, as they were reckoned.")
    explanation = fields.Text("Reckoned", compute="_compute_explanation", help="Days, base and rate of each stretch.")
    amount_before = fields.Monetary("Claimed Before", readonly=True, help="Interest on it that was claimed before.")
    amount_interest = fields.Monetary("Interest", readonly=True, help="All up to the day, less what was claimed.")
    amount_compensation = fields.Monetary(
        "Compensation", readonly=True, help="The fixed compensation, once for each invoice."
    )
    is_disputed = fields.Boolean("Disputed", readonly=True, help="Nothing is claimed while it is disputed.")
    is_taken = fields.Boolean("Claim", help="It is claimed.")

    @api.depends("stretches", "currency_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for line in self:
            claim = self.env["credit.dunning.claim"].new({"currency_id": line.currency_id.id})
            line.explanation = "; ".join(claim._explain(*stretch) for stretch in line.stretches or ())
