"""Which methods propose a limit for whom, with which weight: by rating or by policy; else as the company says."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .methods import METHODS
from .res_company import COMBINED


class CreditLimitBasis(models.Model):
    _name = "credit.limit.basis"
    _description = "Basis of Limits"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="What the basis is called where a proposal names it.")
    sequence = fields.Integer(default=10, help="The first one that fits a customer counts.")
    active = fields.Boolean(default=True, help="An archived basis counts for nobody.")
    company_id = fields.Many2one("res.company", help="Where it counts. Empty: in all companies.")
    rating_ids = fields.Many2many(
        "credit.rating", string="Ratings", context={"active_test": False},
        help="For whom it is. Empty: whatever the rating is.",
    )
    policy_ids = fields.Many2many(
        "credit.policy", string="Policies", help="For customers to whom one of these applies. Empty: whatever applies."
    )
    combined = fields.Selection(
        [*COMBINED, ("weights", "By weights")], "Methods Are Combined By", required=True, default="minimum",
        help="By weights: the mean in which each method counts by its weight. Then caps bind, then it is rounded.",
    )
    line_ids = fields.One2many(
        "credit.limit.basis.line", "basis_id", "Methods", copy=True, help="The methods that count."
    )

    @api.constrains("line_ids", "combined")
    def _check_lines(self):
        for basis in self:
            if not basis.line_ids:
                raise ValidationError(
                    self.env._("A basis of limits needs at least one method: add one to %(name)s.", name=basis.name)
                )
            if basis.combined == "weights" and sum(basis.line_ids.mapped("weight")) <= 0:
                raise ValidationError(
                    self.env._("%(name)s combines by weights, and all are 0: give a method one.", name=basis.name)
                )

    def _fits(self, profile, policy):
        """Tell whether it counts for a customer to whom a policy applies."""
        is_here = not self.company_id or self.company_id._credit_company() == profile.company_id
        is_rated = not self.rating_ids or profile.rating_id in self.rating_ids
        return is_here and is_rated and (not self.policy_ids or policy in self.policy_ids.ids)

    def _get_weights(self):
        """Return ``{method: weight}`` of the methods that count."""
        return {line.method: line.weight for line in self.line_ids}

    @api.model
    def _get_for_profiles(self, profiles):
        """Return ``{profile: basis}``, an empty one where the settings of the company count."""
        # what counts is everybody's, whoever may read it; they are few
        bases = self.sudo().search([])  # pylint: disable=no-search-all
        policies = self._get_policies(profiles) if bases.policy_ids else {}
        return {
            profile: next((one for one in bases if one._fits(profile, policies.get(profile.id))), bases.browse())
            for profile in profiles
        }

    @api.model
    def _get_policies(self, profiles):
        """Return ``{profile id: policy id}`` of what applies today."""
        found = {}
        for company, group in profiles.grouped("company_id").items():
            applying = self.env["credit.policy"].sudo()._get_for_profiles(group, company._credit_today())  # as above
            found |= {key: policy.policy_id for key, policy in applying.items() if policy}
        return found


class CreditLimitBasisLine(models.Model):
    _name = "credit.limit.basis.line"
    _description = "Method of a Basis"
    _order = "basis_id, id"
    _rec_name = "method"

    basis_id = fields.Many2one("credit.limit.basis", required=True, index=True, ondelete="cascade")
    method = fields.Selection("_get_methods", required=True, help="What proposes a limit.")
    weight = fields.Float(default=1.0, help="How much it counts where methods are combined by weights.")

    _method_unique = models.Constraint("UNIQUE (basis_id, method)", "Each method counts once.")
    _weight_not_negative = models.Constraint("CHECK (weight >= 0)", "A weight is 0 or more.")

    @api.model
    def _get_methods(self):
        return [(name, self.env._(label)) for name, label in METHODS.items()]
