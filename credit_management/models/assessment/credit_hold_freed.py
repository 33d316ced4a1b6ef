"""An approved assessment frees what passes by its limit and rating, and is named where it does."""

from odoo import models


class CreditRecheck(models.Model):
    _inherit = "credit.recheck"

    def _get_causes(self):
        """Override of `hold`: see above."""
        ids = [row.res_id for row in self if row.res_model == "credit.assessment"]
        return [*super()._get_causes(), *self.env["credit.assessment"].browse(ids).exists()]


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _is_freed_by(self, cause):
        """Override: whose assessment it is, its file says."""
        return super()._is_freed_by(cause.profile_id if cause._name == "credit.assessment" else cause)

    def _name_cause(self, env, cause):
        """Override: who decided is named."""
        if cause._name != "credit.assessment":
            return super()._name_cause(env, cause)
        return env._(
            "Freed by the assessment %(number)s, approved by %(person)s.",
            number=cause.name, person=cause.approver_id.name,
        )
