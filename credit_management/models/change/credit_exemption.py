"""Exemptions of a customer go as far as whoever gave them may decide: when they are given, and when they are used.

Who gave one within his authority is kept. Where no authority was asked for (before anything was checked; told to
everybody) nobody's bounds it. One that is not covered any more exempts from nothing: somebody has to give it anew.
"""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError

EXEMPTIONS = {"is_excluded", "date_ignore_until"}


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    exempted_by_id = fields.Many2one(
        "res.users",
        "Exempted By",
        readonly=True,
        copy=False,
        help="Who has excluded the customer, or had its checks ignored, within his authority. When that does not reach "
        "any more the customer is checked again.",
    )
    is_exemption_over = fields.Boolean(
        "Exemption Over",
        compute="_compute_is_exemption_over",
        help="The authority of whoever exempted the customer does not reach any more: it is checked like any other.",
    )

    def _compute_is_exemption_over(self):
        for profile in self:
            # others' authorities, whoever looks
            profile.is_exemption_over = profile._is_exempt() and not profile.sudo()._is_exemption_covered()

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody says by whose authority a customer is exempted."""
        self._check_exempted_by(vals_list)
        profiles = super().create(vals_list)
        profiles._note_giver(dict.fromkeys(profiles, (False, date.min)))
        return profiles

    def write(self, vals):
        """Override: keep who exempts a customer."""
        self._check_exempted_by([vals])
        if not EXEMPTIONS & vals.keys():
            return super().write(vals)
        before = {profile: profile._get_exemption() for profile in self}
        result = super().write(vals)
        self._note_giver(before)
        return result

    def _note_giver(self, before):
        """Keep who exempts these customers, as far as it is within his authority. Who takes a part of it back does not
        give the rest."""
        for profile in self:
            pairs = zip(profile._get_exemption(), before[profile], strict=True)
            if any(now > then for now, then in pairs):
                giver = self.env.user if profile._is_within(self.env.user) else self.env["res.users"]
                profile.sudo().exempted_by_id = giver  # the system's mark

    def _check_exempted_by(self, vals_list):
        if not self.env.su and any("exempted_by_id" in vals for vals in vals_list):
            label = self._fields["exempted_by_id"]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))

    def _get_exemption(self):
        return (self.is_excluded, self.date_ignore_until or date.min)

    def _is_exempt(self):
        return bool(self.is_excluded or self.date_ignore_until)

    def _is_within(self, user):
        """Tell whether a user may exempt the customer today: that is any amount."""
        if not self._is_exempt() or not self.company_id._is_credit_checked():
            return False
        # authorities, whoever asks
        return self.env["credit.authority"].sudo()._may_still(user.sudo(), self, None, "limit")

    def _is_exemption_covered(self):
        """Tell whether the exemption of the customer counts: nobody's authority bounds it, or it still reaches."""
        return not self.exempted_by_id or self._is_within(self.exempted_by_id)
