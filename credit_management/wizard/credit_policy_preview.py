"""What a policy would do today: to open quotations, and to customers who want to order now."""

import dataclasses

from odoo import api, fields, models

from ..engine.decision import decide_batch
from ..engine.request import Request
from ..models.policy.credit_policy import SCOPES

MAX_DOCUMENTS = 5000


class CreditPolicyPreview(models.TransientModel):
    _name = "credit.policy.preview"
    _description = "Effect of a Policy Today"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("credit.policy.preview.line", "preview_id", string="Documents", readonly=True)
    order_count = fields.Integer(
        "Open Quotations", readonly=True, help="Open quotations of the customers to whom this policy would apply."
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

    @api.model
    def _prepare_effect(self, policy):
        """Return the values of the preview of a policy, which may be a record that was never saved."""
        company = policy.company_id or self.env.company
        orders, customers = self._get_orders(company), self._get_customers(company)
        profile_by_order = orders._credit_get_profiles() if orders else {}
        planned = policy._get_planned(customers.union(*profile_by_order.values()))
        orders = orders.filtered(lambda order: profile_by_order[order].id in planned)
        customers = customers.filtered(lambda profile: profile.id in planned)
        facts = self._get_facts(policy, customers.union(*map(profile_by_order.get, orders)))
        decided = self._decide(orders, profile_by_order, facts, planned)
        return {
            "company_id": company.id,
            "is_unsaved": not policy.id,
            **self._count_orders(decided),
            "customer_count": len(customers),
            "customer_held_count": self._count_stopped(customers, facts, planned),
        }

    @api.model
    def _get_orders(self, company):
        # a policy is judged by all quotations, whoever's they are
        return (
            self.env["sale.order"]
            .sudo()
            .search(
                [("state", "in", ("draft", "sent")), ("company_id", "=", company.id), ("amount_total", ">", 0)],
                limit=MAX_DOCUMENTS,
                order="date_order, id",
            )
        )

    @api.model
    def _get_customers(self, company):
        # see _get_orders
        Profile = self.env["credit.profile"].sudo()
        return Profile.search([("company_id", "=", company.id), ("amount_exposure", ">", 0)])

    @api.model
    def _get_facts(self, policy, profiles):
        if not profiles:
            return {}
        present = [
            snapshot["policy"]
            for company in profiles.company_id
            for snapshot in policy._get_active_snapshots(company.id)
        ]
        rules = [rule for one in (*present, policy._to_engine()) for rule in one.rules]
        return profiles._get_facts(fields.Date.context_today(self), rules)

    @api.model
    def _decide(self, orders, profile_by_order, facts, planned):
        """Return ``{order: (decision under the policy, decision of today)}``, each order on its own."""
        profiles = orders.env["credit.profile"].union(*map(profile_by_order.get, orders))
        today = profiles.env["credit.policy"]._get_for_profiles(profiles, fields.Date.context_today(self))
        releases = orders._credit_get_releases(profiles) if orders else {}
        decided = {}
        for order in orders:
            profile = profile_by_order[order]
            present = order._credit_prepare_request("order", profile, releases)
            tried = order._credit_try_out(present, planned[profile.id])
            policy = {profile.id: planned[profile.id]["policy"]}
            decided[order] = (decide_batch([tried], facts, policy)[0], decide_batch([present], facts, today)[0])
        return decided

    @api.model
    def _count_orders(self, decided):
        held = [tried for tried, _present in decided.values() if not tried.is_allowed]
        return {
            "order_count": len(decided),
            "held_count": len(held),
            "held_count_now": sum(not present.is_allowed for _tried, present in decided.values()),
            "amount_held": sum(decision.request.amount_document for decision in held),
            "line_ids": [
                fields.Command.create(self._prepare_line(order, tried, present))
                for order, (tried, present) in decided.items()
                if not (tried.is_allowed and present.is_allowed)
            ],
        }

    @api.model
    def _count_stopped(self, profiles, facts, planned):
        """Return how many customers could not order at all."""
        policies = {profile.id: planned[profile.id]["policy"] for profile in profiles}
        requests = [self._prepare_smallest(profile) for profile in profiles]
        return sum(not decide_batch([request], facts, policies)[0].is_allowed for request in requests)

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


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_try_out(self, request, snapshot):
        """Return the request of this order as it would be under another policy."""
        if request.exemption not in ("", "policy_exclusion"):
            return request
        exemption = "policy_exclusion" if self._credit_is_excluded_by(snapshot) else ""
        return dataclasses.replace(request, exemption=exemption)


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    def action_preview(self, changes=None):
        """Show what this policy would do today, on or off, with changes that are not saved.

        :param dict changes: values as a form sends them to `write`; nothing of them is kept
        :raise AccessError: when changes are tried out by who may not write policies, or on another company
        :raise ValidationError: when a changed value is not possible
        """
        self.check_access("read")
        policy = self._try_out(changes) if changes else self.ensure_one()
        preview = self.env["credit.policy.preview"].create(self.env["credit.policy.preview"]._prepare_effect(policy))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What %(policy)s would do today", policy=policy.name or self.env._("this policy")),
            "res_model": "credit.policy.preview",
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _try_out(self, changes):
        """Return this policy with changes, as a record in memory: nothing reaches the database."""
        self.check_access("write")
        policy = self.new({} if self else self.default_get(list(self._fields)), origin=self)
        policy.update(changes)
        policy.company_id.check_access("read")
        policy._check_percent_deposit()
        policy._check_exclusion_domain()
        policy.rule_ids._check_domain()
        return policy

    def _get_planned(self, profiles):
        """Return ``{profile id: snapshot}`` of this policy for the profiles to which it would apply.

        It takes the place of policies of the same scope, and gives way to those of a narrower one.
        """
        today = fields.Date.context_today(self)
        snapshot = self._prepare_snapshot()
        if not self._is_valid_on(snapshot, max(today, self.date_from or today)):
            return {}
        reached = profiles.filtered(lambda profile: self._reaches(snapshot, profile))
        return {profile.id: snapshot for profile in reached if not self._gives_way(profile, today)}

    def _reaches(self, snapshot, profile):
        if self.scope == "customer":
            return profile.id in self.profile_ids.ids
        return self._is_in_scope(snapshot, profile)

    def _gives_way(self, profile, today):
        narrower = SCOPES[: SCOPES.index(self.scope)]
        return any(
            other["scope"] in narrower
            and other["policy_id"] != self._origin.id
            and self._is_applicable(other, profile, today)
            for other in self._get_active_snapshots(profile.company_id.id)
        )
