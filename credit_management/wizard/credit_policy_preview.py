"""What a policy would do today: to open quotations, and to customers who want to order now."""

from odoo import api, fields, models


class CreditPolicyPreview(models.TransientModel):
    _name = "credit.policy.preview"
    _description = "Effect of a Policy Today"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    policy_id = fields.Many2one("credit.policy", readonly=True, help="The policy that would be switched on.")
    setup_id = fields.Many2one("credit.setup", readonly=True, help="The set-up page that asks.")
    question = fields.Char(compute="_compute_question", help="What would change by switching it on.")
    doubts = fields.Text(readonly=True, help="What whoever switches the policy on should know.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("credit.policy.preview.line", "preview_id", string="Documents", readonly=True)
    order_count = fields.Integer(
        "Open Quotations", readonly=True, help="Open quotations of the customers to whom this policy would apply."
    )
    left_out_count = fields.Integer(
        "Not Looked At", readonly=True, help="Newer quotations that were left out, so that nobody waits for minutes."
    )
    held_count = fields.Integer("Would Be Held", readonly=True, help="Quotations that this policy would stop.")
    amount_held = fields.Monetary("Amount Held", readonly=True, help="Their amounts, in company currency.")
    held_count_now = fields.Integer(
        "Held by the Policy in Force", readonly=True, help="Of the same quotations, those stopped today."
    )
    customer_count = fields.Integer(
        "Customers With Exposure",
        readonly=True,
        help="Customers to whom this policy would apply and who owe something.",
    )
    customer_held_count = fields.Integer(
        "Customers That Could Not Order",
        readonly=True,
        help="Customers whose next order would be stopped, however small it is.",
    )
    is_unsaved = fields.Boolean(readonly=True, help="The figures are those of changes that are not saved yet.")

    @api.depends("order_count", "held_count", "amount_held", "customer_held_count")
    @api.depends_context("lang")
    def _compute_question(self):
        for preview in self:
            preview.question = self.env._(
                "From now on this policy decides on new orders and invoices of its customers. Of %(orders)s open "
                "quotations it would hold %(held)s (%(amount)s); %(customers)s customers could not order at all.",
                orders=preview.order_count,
                held=preview.held_count,
                amount=preview.currency_id.format(preview.amount_held),
                customers=preview.customer_held_count,
            )

    @api.model
    def _show(self, policy, effect):
        """Return a new preview of the effect of a policy, as `credit.policy` works it out."""
        decided = effect["orders"]
        held = [tried for tried, _present in decided.values() if not tried.is_allowed]
        return self.create(
            {
                "company_id": effect["company"].id,
                "is_unsaved": not policy.id,
                "order_count": len(decided),
                "left_out_count": effect["left_out"],
                "held_count": len(held),
                "held_count_now": sum(not present.is_allowed for _tried, present in decided.values()),
                "amount_held": sum(decision.request.amount_document for decision in held),
                "customer_count": effect["customer_count"],
                "customer_held_count": effect["customer_held_count"],
                "line_ids": [
                    fields.Command.create(self._prepare_line(order, tried, present))
                    for order, (tried, present) in decided.items()
                    if not (tried.is_allowed and present.is_allowed)
                ],
            }
        )

    def action_open(self, name=None):
        """Open the figures; with the question, where a policy is to be switched on."""
        self.ensure_one()
        if self.policy_id:
            title = self.env._("Switch %(policy)s on?", policy=self.policy_id.name)
        else:
            title = self.env._("What %(policy)s would do today", policy=name or "")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_switch_on(self):
        """Switch the policy on that was asked for; its own rights are asked then."""
        self.ensure_one()
        if self.setup_id:
            return self.setup_id.action_switch_on()
        self.policy_id.action_activate()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _prepare_line(self, order, planned, present):
        return {
            "order_id": order.id,
            "partner_id": order.partner_invoice_id.commercial_partner_id.id,
            "amount": planned.request.amount_document,
            "verdict": planned.verdict,
            "verdict_now": present.verdict,
            "reasons": "\n".join(order._credit_get_reasons(planned)),
        }


class CreditPolicyPreviewLine(models.TransientModel):
    _name = "credit.policy.preview.line"
    _description = "Effect of a Policy on a Quotation"
    _order = "amount desc, id"

    preview_id = fields.Many2one("credit.policy.preview", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="preview_id.currency_id")
    order_id = fields.Many2one("sale.order", "Quotation", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    amount = fields.Monetary(readonly=True, help="In company currency, tax included.")
    verdict = fields.Selection(
        lambda self: self.env["credit.log"]._get_verdicts(),
        "Under This Policy",
        readonly=True,
        help="What this policy would decide today.",
    )
    verdict_now = fields.Selection(
        lambda self: self.env["credit.log"]._get_verdicts(),
        "In Force",
        readonly=True,
        help="What the policies in force decide today.",
    )
    reasons = fields.Text(readonly=True)
