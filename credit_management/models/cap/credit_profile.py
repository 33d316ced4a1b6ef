"""Caps in the credit file: whether anything looks at them, and asking for one."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.limits import SINGLE, WHOLE


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    is_cap_idle = fields.Boolean(
        "Caps Without Effect",
        compute="_compute_is_cap_idle",
        help="The customer has caps, and no rule of its policy looks at them.",
    )

    @api.depends("cap_ids", "policy_id", "rating_id", "group_id")
    def _compute_is_cap_idle(self):
        for profile in self:
            caps = profile.cap_ids.filtered(lambda cap: cap.subject != WHOLE)  # that one needs no rule
            profile.is_cap_idle = bool(caps) and not profile._has_rule("own_cap")

    def _has_rule(self, criterion):
        """Tell whether the policy that applies today has a rule with this criterion."""
        # what applies is everybody's, whoever may read policies
        found = self.sudo().env["credit.policy"]._get_for_profiles(self, self.company_id._credit_today())
        policy = found.get(self.id)
        return bool(policy) and any(rule.criterion == criterion for rule in policy.rules)

    def _get_highest_limit(self):
        """Return the highest limit that may be proposed or approved, in company currency; None without such a cap."""
        return next((cap.amount for cap in self.cap_ids if cap.subject == WHOLE), None)

    def _get_highest_refusal(self, asked):
        """Return why a limit is above the customer's own cap on it, or an empty string.

        :param asked: in company currency; None for any amount
        """
        highest, currency = self._get_highest_limit(), self.currency_id
        if highest is None or (asked is not None and currency.compare_amounts(asked, highest) <= 0):
            return ""
        return self.env._(
            "%(customer)s has a cap of %(cap)s on its limit, and this leads to %(limit)s. Ask for a higher cap "
            "first, or for a lower limit.",
            customer=self.display_name, cap=currency.format(highest),
            limit=self.env._("any amount") if asked is None else currency.format(asked),
        )

    def _get_proposal_caps(self):
        """Override: no more than the customer's own cap on its limit."""
        highest = self._get_highest_limit()
        return super()._get_proposal_caps() | ({} if highest is None else {"customer": highest})

    @api.model
    def _get_caps_sql(self, profile):
        """Return SQL for the caps of a profile as a list of (subject, amount, percent), for the facts' statement."""
        return SQL(
            """
            SELECT JSON_AGG(JSON_BUILD_ARRAY(k.subject, CASE WHEN k.subject = %(single)s THEN k.amount END,
                                             CASE WHEN k.subject <> %(single)s THEN k.percent END) ORDER BY k.id)
              FROM credit_cap k WHERE k.profile_id = %(profile)s AND k.subject <> %(whole)s
            """,
            profile=profile, single=SINGLE, whole=WHOLE,
        )

    def action_request_cap(self):
        """Open the dialog that asks for a cap of the customer."""
        self.ensure_one()
        currency = self.currency_id.id
        return self.env["credit.limit.request"]._get_ask_action(self, kind="cap", amount=0.0, currency_id=currency)
