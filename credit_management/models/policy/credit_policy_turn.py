"""For how many customers a policy decides, and behind which one it never gets its turn."""

from collections import Counter, namedtuple

from odoo import api, fields, models
from odoo.tools import format_date

from .credit_criterion import LIMIT

# customers that every policy treats alike
Kind = namedtuple("Kind", "company_id policy_id group_id rating_id")


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    customer_count = fields.Integer(
        "Number of Customers",
        compute="_compute_turn",
        help="Customers with a credit file for whom this policy decides today.",
    )
    decides_for = fields.Char(
        "Decides For",
        compute="_compute_turn",
        help="For how many customers this policy decides today. Another one that comes first may leave it none.",
    )

    @api.depends("state", "scope", "sequence", "date_from", "date_to", "company_id", "group_ids", "rating_ids")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_turn(self):
        counts = self._count_customers()
        for policy in self:
            policy.customer_count = counts[policy._origin.id]
            policy.decides_for = policy._get_turn_text() if policy.state == "on" else False

    def _count_customers(self):
        """Return ``{policy id: number of customers}`` of the companies in use; who is not checked is left out."""
        companies = self.env.companies._credit_company()
        domain = [("company_id", "in", companies.ids), ("is_excluded", "=", False)]
        # how many there are, whoever may open them
        groups = self.env["credit.profile"].sudo()._read_group(domain, list(Kind._fields), ["__count"])
        today = {company: company._credit_today() for company in companies}
        counts = Counter()
        for *shared, count in groups:
            kind = Kind(*shared)
            snapshot = self._get_snapshot_for(kind, today[kind.company_id])
            counts[snapshot and snapshot["policy_id"]] += count
        return counts

    def _get_turn_text(self):
        today = (self.company_id or self.env.company)._credit_today()
        if self.date_to and self.date_to < today:
            return self.env._("ended on %(date)s", date=format_date(self.env, self.date_to))
        if self.date_from and self.date_from > today:
            return self.env._("from %(date)s on", date=format_date(self.env, self.date_from))
        if self.customer_count:
            return self.env._("%(count)s customers", count=self.customer_count)
        ahead = self._get_ahead()
        return self.env._("never reached, behind %(policy)s", policy=ahead.name) if ahead else self.env._("no customer")

    def _get_ahead(self):
        """Return the policy behind which this one never gets its turn, empty where it gets it."""
        company = (self.company_id or self.env.company)._credit_company()
        today = company._credit_today()
        snapshots = self._get_active_snapshots(company.id)
        ahead = self.browse(s["policy_id"] for s in snapshots if self._is_covered_by(s, today))
        return ahead.filtered(lambda policy: policy._get_place() < self._get_place())[:1]

    def _get_place(self):
        return (self.sequence, self._origin.id or float("inf"))

    def _is_covered_by(self, snapshot, today):
        """Tell whether another policy is for all that this one is for, today and without end."""
        if snapshot["scope"] != self.scope or snapshot["date_to"] or not self._is_valid_on(snapshot, today):
            return False
        if self.scope == "group":
            return set(self.group_ids.ids) <= snapshot["group_ids"]
        if self.scope == "rating":
            return set(self.rating_ids.ids) <= snapshot["rating_ids"]
        return self.scope == "all"

    def _get_doubts(self, company):
        """Return sentences on what whoever switches this policy on in a company should know."""
        doubts = [
            self.env._("Rule '%(rule)s' can do nothing: %(defect)s.", rule=rule.summary, defect=rule._get_defect())
            for rule in self.rule_ids if rule._get_defect()
        ]
        criteria = filter(None, (rule._get_criterion() for rule in self.rule_ids))
        if any(criterion.about == LIMIT for criterion in criteria) and not company._has_credit_limits():
            doubts.append(self.env._("No customer, group or rating has a limit: rules on limits hit nobody."))
        if not company.credit_controller_id:
            doubts.append(self.env._("Nobody is told of holds: there is no default credit controller."))
        ahead = self._get_ahead()
        if ahead:
            doubts.append(self.env._("It never gets its turn: %(policy)s comes first.", policy=ahead.name))
        return doubts
