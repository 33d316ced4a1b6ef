"""What a policy would do today: to open quotations, and to customers who want to order now.

Documents are asked through the contract, as in a decision; nothing is locked, held or logged.
"""

from odoo import api, models

from ...engine.decision import decide_batch
from ...engine.request import Request
from ..policy.credit_policy import SCOPES

# What a person waits for at a screen: some seconds. What is left out is counted, and said.
MAX_DOCUMENTS = 5000


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
        today = (policy.company_id or self.env.company)._credit_today()
        preview = self.env["credit.policy.preview"]._show(policy, policy._get_effect(today))
        return preview.action_open(policy.name or self.env._("this policy"))

    def action_ask_activate(self):
        """Ask whether to switch this policy on, with what it would do today.

        :raise AccessError: when who asks may not write policies
        """
        self.check_access("write")
        self.ensure_one()
        return self._ask_activate(self.company_id or self.env.company).action_open()

    def _ask_activate(self, company):
        """Return the question whether to switch this policy on in a company."""
        company = company._credit_company()
        preview = self.env["credit.policy.preview"]._show(self, self._get_effect(company._credit_today(), company))
        preview.write({"policy_id": self.id, "doubts": "\n".join(self._get_doubts(company))})
        return preview

    def _try_out(self, changes):
        """Return this policy with changes, as a record in memory: nothing reaches the database."""
        self.check_access("write")
        policy = self.new({} if self else self.default_get(list(self._fields)), origin=self)
        policy.update(changes)
        policy.company_id.check_access("read")
        policy._check_percent_deposit()
        policy.deposit_rule_ids._check_all()
        policy._check_exclusion_domain()
        policy.rule_ids._check_domain()
        return policy

    # -- for whom ----------------------------------------------------------------------------------

    def _get_planned(self, profiles, today):
        """Return ``{profile id: snapshot}`` of this policy for the profiles to which it would apply.

        It takes the place of policies of the same scope, and gives way to those of a narrower one.
        """
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

    # -- the effect --------------------------------------------------------------------------------

    def _get_effect(self, today, company=None):
        """Return what this policy, which may be a record that was never saved, would do on a day.

        :return: ``company``; ``orders``: ``{order: (decision under this policy, decision of today)}``;
            ``left_out``: how many quotations were not looked at; ``customer_count`` and ``customer_held_count``:
            those to whom it would apply and who owe something, and of them those who could not order at all
        :rtype: dict
        """
        company = company or self.company_id or self.env.company
        orders, left_out = self._get_quotations(company)
        customers = self._get_owing(company)
        profile_by_order = orders._credit_get_profiles() if orders else {}
        planned = self._get_planned(customers.union(*profile_by_order.values()), today)
        orders = orders.filtered(lambda order: profile_by_order[order].id in planned)
        customers = customers.filtered(lambda profile: profile.id in planned)
        profiles = customers.union(*(profile_by_order[order] for order in orders))
        in_force = self._get_for_profiles(profiles, today)
        rules = [rule for policy in (self._to_engine(), *filter(None, in_force.values())) for rule in policy.asking]
        facts = profiles._get_facts(today, rules) if profiles else {}
        by_order = {order: profile_by_order[order] for order in orders}
        requests = orders._credit_get_requests("order", by_order, facts, orders._credit_get_running(profiles))
        return {
            "company": company,
            "orders": self._try_on_orders(orders, requests, facts, planned, in_force),
            "left_out": left_out,
            "customer_count": len(customers),
            "customer_held_count": self._count_stopped(customers, facts, planned),
        }

    @api.model
    def _get_quotations(self, company):
        """Return the oldest open quotations of a company, and how many more there are."""
        domain = [("state", "in", ("draft", "sent")), ("company_id", "child_of", company.id), ("amount_total", ">", 0)]
        # a policy is judged by all quotations, whoever's they are
        Order = self.env["sale.order"].sudo()
        orders = Order.search(domain, limit=MAX_DOCUMENTS, order="date_order, id")
        left_out = Order.search_count(domain) - len(orders) if len(orders) == MAX_DOCUMENTS else 0
        return orders, left_out

    @api.model
    def _get_owing(self, company):
        # as for quotations
        Profile = self.env["credit.profile"].sudo()
        return Profile.search([("company_id", "=", company.id), ("amount_exposure", ">", 0)])

    @api.model
    def _try_on_orders(self, orders, requests, facts, planned, in_force):
        """Return ``{order: (decision under the policy, decision of today)}``, each order on its own."""
        decided, policies = {}, self._get_policies_of(planned, facts)
        for order, present in zip(orders, requests, strict=True):
            snapshot = planned[present.profile_id]
            tried = order._credit_try_out(present, snapshot)
            decided[order] = (
                decide_batch([tried], facts, {present.profile_id: policies[present.profile_id]})[0],
                decide_batch([present], facts, in_force)[0],
            )
        return decided

    @api.model
    def _get_policies_of(self, planned, facts):
        """Return ``{profile id: Policy}`` of snapshots, each as it applies to its customer on the day of the facts."""
        profiles = self.env["credit.profile"].sudo().browse(facts)  # as for quotations
        return {
            profile.id: self._get_policy_of(planned[profile.id], profile, facts[profile.id].as_of)
            for profile in profiles
        }

    @api.model
    def _count_stopped(self, profiles, facts, planned):
        """Return how many customers could not order at all, however small the order is."""
        policies = self._get_policies_of(planned, facts)
        requests = [self._prepare_smallest(profile) for profile in profiles]
        return sum(not decide_batch([request], facts, policies)[0].is_allowed for request in requests)

    @api.model
    def _prepare_smallest(self, profile):
        smallest = profile.currency_id.rounding
        return Request(("credit.profile", profile.id), profile.id, "order", smallest, amount_document=smallest)
