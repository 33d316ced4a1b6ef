"""What a policy would do today: to open quotations, and to customers who want to order now."""

from odoo import api, fields, models

from ..engine.decision import decide_batch
from ..engine.request import Request

MAX_DOCUMENTS = 5000


class CreditPolicyPreview(models.TransientModel):
    _name = "credit.policy.preview"
    _description = "Effect of a Policy Today"

    policy_id = fields.Many2one("credit.policy", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("credit.policy.preview.line", "preview_id", string="Documents", readonly=True)
    order_count = fields.Integer("Open Quotations", readonly=True, help="Quotations that were looked at.")
    held_count = fields.Integer("Would Be Held", readonly=True, help="Quotations that this policy would stop.")
    amount_held = fields.Monetary("Amount Held", readonly=True, help="Their amounts, in company currency.")
    held_count_now = fields.Integer(
        "Held by the Policy in Force", readonly=True, help="Quotations that the policies in force stop today."
    )
    customer_count = fields.Integer("Customers With Exposure", readonly=True)
    customer_held_count = fields.Integer(
        "Customers That Could Not Order",
        readonly=True,
        help="Customers whose next order would be stopped, however small it is.",
    )

    def _fill(self):
        """Work the effect out, and keep it on this preview."""
        orders = self._get_orders()
        planned = self._decide(orders, self.policy_id._to_engine())
        present = self._decide(orders, None)
        held = [order for order in orders if not planned[order].is_allowed]
        customers, stopped = self._count_customers()
        self.write(
            {
                "order_count": len(orders),
                "held_count": len(held),
                "held_count_now": sum(not decision.is_allowed for decision in present.values()),
                "amount_held": sum(planned[order].request.amount_document for order in held),
                "customer_count": customers,
                "customer_held_count": stopped,
                "line_ids": [fields.Command.create(self._prepare_line(o, planned[o], present[o])) for o in orders
                             if not planned[o].is_allowed or not present[o].is_allowed],
            }
        )  # fmt: skip

    def _get_orders(self):
        # a policy is judged by all quotations, whoever's they are
        return (
            self.env["sale.order"]
            .sudo()
            .search(
                [("state", "in", ("draft", "sent")), ("company_id", "=", self.company_id.id), ("amount_total", ">", 0)],
                limit=MAX_DOCUMENTS,
                order="date_order, id",
            )
        )

    def _decide(self, orders, policy):
        """Return ``{order: Decision}``, each order decided on its own, under a policy or those in force."""
        if not orders:
            return {}
        profile_by_order = orders._credit_get_profiles()
        profiles = self.env["credit.profile"].sudo().union(*profile_by_order.values())  # see _get_orders
        facts = self._get_facts(profiles)
        policies = self._get_policies(profiles, policy)
        releases = orders._credit_get_releases(profiles)
        requests = {o: o._credit_prepare_request("order", profile_by_order[o], releases) for o in orders}
        return {order: decide_batch([request], facts, policies)[0] for order, request in requests.items()}

    def _get_facts(self, profiles):
        cache = self.env.cr.cache.setdefault("credit_management.preview", {})
        key = (self.id, profiles)
        if key not in cache:
            cache[key] = profiles._get_facts(planned=self.policy_id._to_engine())
        return cache[key]

    def _get_policies(self, profiles, policy):
        today = fields.Date.context_today(self)
        if policy is None:
            return self.env["credit.policy"]._get_for_profiles(profiles, today)
        snapshot = self.policy_id._prepare_snapshot()
        applies = self.env["credit.policy"]._is_applicable
        return {profile.id: policy if applies(snapshot, profile, today) else None for profile in profiles}

    def _count_customers(self):
        """Return how many customers have exposure, and how many of them could not order at all."""
        profiles = (
            self.env["credit.profile"]
            .sudo()
            .search(  # see _get_orders
                [("company_id", "=", self.company_id.id), ("amount_exposure", ">", 0)]
            )
        )
        if not profiles:
            return 0, 0
        planned = self.policy_id._to_engine()
        facts = profiles._get_facts(planned=planned)
        policies = self._get_policies(profiles, planned)
        requests = [self._prepare_smallest(profile) for profile in profiles]
        stopped = [d for r in requests for d in decide_batch([r], facts, policies) if not d.is_allowed]
        return len(profiles), len(stopped)

    @api.model
    def _prepare_smallest(self, profile):
        smallest = profile.currency_id.rounding
        return Request(("credit.profile", profile.id), profile.id, "order", smallest, amount_document=smallest)

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
        lambda self: self.env["credit.decision"]._fields["verdict"]._description_selection(self.env),
        "Under This Policy",
        readonly=True,
        help="What this policy would decide today.",
    )
    verdict_now = fields.Selection(
        lambda self: self.env["credit.decision"]._fields["verdict"]._description_selection(self.env),
        "In Force",
        readonly=True,
        help="What the policies in force decide today.",
    )
    reasons = fields.Text(readonly=True)


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    def action_preview(self):
        """Show what this policy would do today, on or off, saved or about to be switched on."""
        self.ensure_one()
        self.check_access("read")
        preview = self.env["credit.policy.preview"].create(
            {"policy_id": self.id, "company_id": (self.company_id or self.env.company).id}
        )
        preview._fill()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What %(policy)s would do today", policy=self.name),
            "res_model": "credit.policy.preview",
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }
