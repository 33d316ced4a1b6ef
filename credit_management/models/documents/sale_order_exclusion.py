"""One order that is free of the check: up to what it amounts to when somebody says so, and not their own."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..change.measures import TIGHTER

DEBTOR = {"partner_id", "partner_invoice_id", "company_id"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _credit_authority_kind = "over"

    credit_is_excluded = fields.Boolean(
        "Not Checked",
        copy=False,
        tracking=True,
        help="This one order is free of credit checks, up to its amount when this is switched on. Only credit managers "
        "can say so, and not of their own orders.",
    )
    credit_amount_excluded = fields.Monetary(
        "Not Checked Up To",
        currency_field="credit_company_currency_id",
        copy=False,
        readonly=True,
        help="What the order amounted to, in company currency, when it was freed. Above it, it is checked.",
    )
    credit_excluded_by_id = fields.Many2one(
        "res.users", "Freed By", copy=False, readonly=True, help="Who freed the order of the check."
    )
    credit_is_excluded_within = fields.Boolean(
        "Freed Within Authority",
        copy=False,
        readonly=True,
        help="Whoever freed the order could decide on it. When that is so no more the order is checked again.",
    )
    credit_company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency (Credit)")

    @api.model
    def _credit_get_loosening(self):
        return {**super()._credit_get_loosening(), "credit_is_excluded": _freed}

    def _credit_measure_new(self):
        return self._credit_get_most_freed() if self.credit_is_excluded else TIGHTER

    def _credit_get_most_freed(self):
        """Return the most that becomes possible when the order is free of the check: its amount, or by how much the
        limit is exceeded with it and all that was released."""
        amount = self._credit_get_amount()
        profile = self._credit_get_file().sudo()  # what it owes, whoever may see it
        return max(amount, profile._get_most_over(amount - self._credit_get_gone(), self._credit_key()))

    def _credit_get_gaining(self, operation, vals):
        """Override: and who was stopped at it."""
        stopped = self.sudo().credit_hold_id._get_stopped()  # whoever may see the hold
        return super()._credit_get_gaining(operation, vals) | stopped

    def _credit_check_may_ask(self, operation):
        """Override: an order is made by whoever sells, and freed when it is there."""
        if operation != "write":
            raise UserError(self.env._("Save the order first. Then a credit manager asks for it to be free of checks."))
        return super()._credit_check_may_ask(operation)

    def _credit_get_file(self):
        return self._credit_get_profiles()[self]

    def _credit_is_free(self, amount):
        """Tell whether an amount of the order is free of the check, in company currency: somebody freed so much of it
        whose own it was not, and is not now."""
        if not self.credit_is_excluded or self.credit_excluded_by_id in self._credit_get_profiting():
            return False
        if self.company_id.currency_id.compare_amounts(amount, self.credit_amount_excluded) > 0:
            return False
        return not self.credit_is_excluded_within or self._credit_may_be_freed_by(self.credit_excluded_by_id)

    def _credit_may_be_freed_by(self, user):
        """Tell whether a user could free the order today, with all that was released until now."""
        authorities = self.env["credit.authority"].sudo()  # everybody's, whoever asks
        profile, most = self._credit_get_file().sudo(), self._credit_get_most_freed()  # what it owes, as well
        return authorities._may_still(user.sudo(), profile, most, "over")  # groups of somebody else

    def write(self, vals):
        """Override of `sale`: freeing an order of the check takes a credit manager, and is bounded. It was for one
        customer: before it becomes somebody else's, it falls.

        :raise AccessError: without the rights of a credit manager
        """
        if DEBTOR & vals.keys():
            self.filtered(lambda order: order.credit_is_excluded and order._credit_is_for_other(vals))._credit_unfree()
            if vals.get("credit_is_excluded"):  # who owes it decides what it takes to free it
                self.write({name: value for name, value in vals.items() if name != "credit_is_excluded"})
                return self.write({"credit_is_excluded": True})
        if not vals.get("credit_is_excluded"):
            return super().write(vals)
        self._credit_check_may_exclude()
        before = self.filtered("credit_is_excluded")
        result = super().write(vals)
        self._credit_bound_exclusion(before)
        return result

    def _credit_is_for_other(self, vals):
        """Tell whether values make somebody else owe the order."""
        after = self.new(vals, origin=self)
        before = (self.partner_invoice_id.commercial_partner_id, self.company_id)
        return (after.partner_invoice_id.commercial_partner_id._origin, after.company_id._origin) != before

    def _credit_unfree(self):
        """Check these orders again; the log keeps whose step that was."""
        for order in self:
            order.credit_is_excluded = False
        # the system's marks
        self.sudo().write(
            {"credit_amount_excluded": 0.0, "credit_excluded_by_id": False, "credit_is_excluded_within": False}
        )

    def _credit_bound_exclusion(self, before):
        """Keep up to what these orders are free of the check, and who freed them; those that were already stay."""
        freed = self.filtered("credit_is_excluded")
        if freed:
            freed._credit_check_may_exclude()
        for order in (freed - before).sudo():  # the system's marks
            order.write(
                {
                    "credit_amount_excluded": order._credit_get_amount(),
                    "credit_excluded_by_id": self.env.uid,
                    "credit_is_excluded_within": order._credit_may_be_freed_by(self.env.user),
                }
            )

    @api.model
    def _credit_check_may_exclude(self):
        """Refuse to free orders of the check without the rights of a credit manager."""
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers free an order of credit checks."))


def _freed(before, after):
    """Measure an order that is freed of the check."""
    return before._credit_get_most_freed() if after.credit_is_excluded else TIGHTER
