"""Ways of paying: what they say of a debt does not change while sales are not booked."""

from odoo import models
from odoo.addons.credit_management.models.gate.guard import get_changed
from odoo.exceptions import UserError

from .credit_fact import COLUMNS


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    def write(self, vals):
        """Override of `point_of_sale`: it looks at sessions, whose state people may write; a debt is read from sales.

        :raise UserError: when sales that nobody has booked yet were paid with it
        """
        for method in self:
            watched = get_changed(method, COLUMNS[self._name].watched, vals)
            if watched and method._credit_is_waiting():
                raise UserError(
                    self.env._(
                        "Sales that are not booked yet were paid with %(method)s: close their session, or invoice "
                        "them, before this is changed.",
                        method=method.name,
                    )
                )
        return super().write(vals)

    def _credit_is_waiting(self):
        """Tell whether sales that accounting does not know yet were paid this way."""
        waiting = [("payment_method_id", "=", self.id), ("pos_order_id.state", "=", "paid"),
                   ("pos_order_id.account_move", "=", False)]
        return bool(self.env["pos.payment"].sudo().search_count(waiting, limit=1))  # of every counter
