"""Every path into a finished sale: the screen's, a wizard's, a program's that writes the state itself.

A sale is decided once, when it is whole: the methods that take it in say on the cursor that they will decide it; what
is written as sold past them is decided as it is written.
"""

from uuid import uuid4

from odoo import api, models
from odoo.addons.credit_management.models.gate.transaction import during, get_mark
from odoo.addons.credit_management.models.record.words import in_every_language
from odoo.exceptions import UserError
from odoo.tools import SQL

SOLD = ("paid", "done")
SELLING = "pos_credit_management.selling"  # on the cursor: no context key, no field


def selling(cr, uuid):
    """Say that a sale is being taken in, by the method that decides it, while what is inside runs. Its identifier says
    which one, also while it is created; of no other sale: what a screen sends may hold commands for any of them."""
    return during(cr, SELLING, uuid)


def not_selling(orders):
    """Return the sales that are not being taken in by the method that decides them."""
    uuid = get_mark(orders.env.cr, SELLING, None)
    return orders.filtered(lambda order: not order.uuid or order.uuid != uuid)


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def _process_order(self, order, existing_order):
        """Override of `point_of_sale`: what is saved here is decided at the end, when it is whole."""
        order["uuid"] = order.get("uuid") or str(uuid4())
        with selling(self.env.cr, order["uuid"]):
            return super()._process_order(order, existing_order)

    def _process_saved_order(self, draft):
        """Override of `point_of_sale` to decide a sale that is finished. Credit never stops it: it has taken place.

        :raise UserError: when it is on account of nobody
        """
        with selling(self.env.cr, self.uuid):
            if not draft and self.state != "cancel":
                self._credit_finish()
            return super()._process_saved_order(draft)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `point_of_sale`: a sale that is created as paid is decided too."""
        orders = super().create(vals_list)
        not_selling(orders).filtered(lambda order: order.state in SOLD)._credit_finish()
        return orders

    def write(self, vals):
        """Override of `point_of_sale`: a sale that is written as paid is decided too."""
        is_past = vals.get("state") in SOLD
        news = not_selling(self).filtered(lambda order: order.state not in SOLD) if is_past else self.browse()
        result = super().write(vals)
        news._credit_finish()
        return result

    def _credit_finish(self):
        """Decide sales that are finished, and note what is given back of no sale."""
        self._credit_check_debtor()
        self._credit_check_sale()
        for order in self._credit_get_enforced():
            order._credit_note_given_back()

    def _credit_check_debtor(self):
        """Refuse what goes on account of nobody: no figure would contain it, and no session with it can be closed.

        :raise UserError: naming the sale
        """
        for order in self._credit_get_enforced():
            if not order.partner_id and order._credit_get_on_account():
                raise UserError(
                    self.env._(
                        "%(order)s is on customer account: choose the customer who owes it, or another payment method.",
                        order=order._credit_get_document_name(),
                    )
                )

    # -- what is given back --------------------------------------------------------------------------

    def _credit_note_given_back(self):
        """Keep in the log what is given back on account beyond what was sold: it makes no room while the session is
        open, and once accounting has booked it somebody can read who gave it."""
        given = -self._credit_get_on_account()
        if not self.partner_id or given <= 0:
            return
        beyond = self.company_id.currency_id.round(given - self._credit_get_worth_back())
        if beyond > 0:
            values = {
                **self._credit_prepare_looser(beyond),
                "reason": in_every_language(self, lambda told: told.env._(
                    "Given back on account beyond what the sales that it refers to were worth."
                )),
            }
            self.env["credit.log"].sudo()._append([values])  # the log is written for every user

    def _credit_prepare_looser(self, amount):
        """Return the values of a row of the log: somebody makes more room by this sale."""
        return {
            **self._credit_get_profiles()[self]._get_log_values(),
            "kind": "change",
            "verdict": "looser",
            "res_model": self._name,
            "res_id": self.id,
            "document_name": self._credit_get_name_words(),
            "checkpoint": "pos",
            "amount_most": amount,
        }

    def _credit_get_worth_back(self):
        """Return what the goods that come back were sold for, in company currency."""
        self.env.flush_all()
        worth = self.env["credit.exposure"]._get_pos_worth_back_sql()
        [(amount,)] = self.env.execute_query(
            SQL(
                """
                SELECT (%s) / COALESCE(NULLIF(po.currency_rate, 0), 1)
                  FROM pos_order po JOIN res_partner p ON p.id = po.partner_id WHERE po.id = %s
                """,
                worth,
                self.id,
            )
        )
        return float(amount)
