"""Transfers under credit control: what leaves for a customer, on the credit of whoever is invoiced."""

import math

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CLOSED = ("done", "cancel")


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "credit.gate.mixin"]

    credit_is_validating = fields.Boolean(
        readonly=True, copy=False, help="The hold stopped a validation, which goes on when the hold falls."
    )

    def write(self, vals):
        """Override of `stock`: the state of a transfer is that of its goods.

        :raise AccessError: when a person writes it, once something is checked
        """
        if "state" in vals and not self.env.su and self.env["credit.policy"]._is_any_on():
            changed = self.filtered(lambda picking: picking.state != vals["state"])
            if changed.sudo().move_ids:  # whether there are any
                raise AccessError(self.env._("The state of a transfer is that of its goods: validate or cancel it."))
        return super().write(vals)

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {"credit_is_validating"}

    # -- the contract of the gate ------------------------------------------------------------------

    def _credit_get_customers(self):
        """The order's invoice partner, whoever gets the goods; without an order, who gets them."""
        return {picking: picking.sudo()._credit_get_customer() for picking in self}  # the warehouse reads no orders

    def _credit_get_customer(self):
        is_internal = self.picking_type_code == "internal"
        is_leaving = is_internal and any(self.move_ids.mapped(lambda move: move.location_dest_id._is_outgoing()))
        receiver = self.partner_id if is_leaving or self.picking_type_code == "outgoing" else self.env["res.partner"]
        return self.sale_id.partner_invoice_id or receiver or self.credit_hold_id.partner_id

    def _credit_check_receiver(self):
        """Refuse to let goods leave for nobody: there is no credit to be checked.

        :raise UserError: naming the transfer
        """
        customers = self._credit_get_enforced()._credit_get_customers()
        nobody_s = [picking for picking, customer in customers.items() if not customer]
        if nobody_s:
            raise UserError(
                self.env._(
                    "%(transfer)s brings goods to customers and does not say to whom. "
                    "Enter the customer as contact.",
                    transfer=nobody_s[0].display_name,
                )
            )

    def _credit_is_checked(self, checkpoint):
        customers = self._credit_get_customers()
        # which goods are whose is a fact
        return self.filtered(lambda picking: customers[picking] and picking.sudo().move_ids._credit_get_checked())

    def _credit_prepare_request(self, check):
        currency = self.company_id.currency_id
        amount, counted, paid = map(currency.round, self._credit_get_moving()._credit_get_values())
        return self._credit_make_request(
            check,
            amount=amount,
            amount_counted=counted,
            amount_document=amount,
            amount_prepaid=paid,
            amount_used=amount,
            days_terms=self.sale_id.payment_term_id._credit_get_days(),
            exemption=self.sale_id._credit_get_exemption(check, amount),
        )

    def _credit_resume(self, checkpoint):
        """Go on with the validation that was stopped, as far as it needs nobody's answer; otherwise reserve."""
        for picking in self.filtered(lambda picking: picking.state not in CLOSED):
            if picking.credit_is_validating:
                picking._credit_validate_again()
            else:
                picking.move_ids._action_assign()

    def _credit_validate_again(self):
        self.credit_is_validating = False
        try:
            with self.env.cr.savepoint():
                self.button_validate()
        except UserError:  # it stays free
            self.message_post(body=self.env._("Free again, but not validated by itself: validate it to see why."))

    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "user_id")

    def _credit_get_gone(self):
        """Override: what leaves for an order counts already."""
        return math.inf if self.state in CLOSED else self._credit_get_moving()._credit_get_values()[1]

    def _credit_get_salesperson(self):
        return self.sudo().sale_id.user_id or self.user_id  # the warehouse need not read orders

    # -- figures -----------------------------------------------------------------------------------

    def _credit_get_moving(self):
        """Return the checked moves that a validation would carry out: picked, or with a quantity, or all."""
        checked = self.move_ids._credit_get_checked()
        is_done = self.state == "done"
        moves = checked.filtered(lambda move: (move.state == "done") == is_done)
        filled = moves.filtered("quantity")
        return filled.filtered("picked") or filled or moves

    def _credit_get_orders(self):
        return self.sale_id | self.move_ids.sale_line_id.order_id

    def _credit_get_used_of(self, order):
        """Override: the order's other deliveries use up its release."""
        own = self.move_ids._credit_get_checked().filtered(lambda move: move.state == "done")
        return order._credit_get_delivered() - own._credit_get_values()[0]

    def _credit_get_forced_hold(self, profile):
        order = self.sale_id
        return (
            super()._credit_get_forced_hold(profile)
            or order._credit_get_forced_hold(profile)
            or (order and order._credit_get_confirmed_reason())
            or ""
        )

    # -- texts: the warehouse sees that, not how much ------------------------------------------------

    @api.model
    def _credit_sees_figures(self):
        return self.env.user.has_group("credit_management.group_credit_user")

    @api.model
    def _credit_get_neutral_reason(self):
        return self.env._("The customer's credit does not allow this delivery for now.")

    def _credit_get_hold_note(self, hold):
        return self._credit_get_neutral_reason()

    def _credit_get_panel_checkpoint(self):
        return "delivery"

    def _credit_get_document_label(self):
        return self.env._("This transfer")

    # -- validation --------------------------------------------------------------------------------

    def _credit_is_interactive(self):
        """A selection or a batch goes on without what is held: each hold tells somebody."""
        is_selection = len(self) > 1 or self.env.context.get("active_model") == self._name
        return super()._credit_is_interactive() or is_selection

    def _credit_get_refused(self, decisions):
        """Goods that are here already wait, and hold up nobody else's."""
        return self.browse()

    def button_validate(self):
        """Override of `stock` to hold what credit does not allow, and validate the rest.

        :raise UserError: when a transfer does not pass and nobody could be shown the hold
        """
        waiting = self.filtered(lambda picking: picking.state not in CLOSED)
        held = waiting - waiting._credit_gate("delivery", is_held=self._credit_is_interactive())
        # the mark is ours, whoever validates
        held.sudo().filtered("company_id.credit_is_reservation_kept").credit_is_validating = True
        passed = self - held
        result = super(StockPicking, passed).button_validate() if passed or not held else True
        notification = held._credit_get_notification()
        if notification and isinstance(result, dict):
            notification["params"]["next"] = result
        return notification or result

    def _credit_hold(self, checkpoint, decisions, logged):
        super()._credit_hold(checkpoint, decisions, logged)
        transfers = self.sudo()  # the mark is ours, whoever asked
        transfers.credit_is_validating = False
        freed = transfers.filtered(lambda picking: not picking.company_id.credit_is_reservation_kept)
        moves = freed.move_ids.filtered(lambda move: move.state not in CLOSED)
        moves.picked = False
        moves._do_unreserve()

    def action_cancel(self):
        """Override of `stock` to close the holds of what is cancelled."""
        result = super().action_cancel()
        self._credit_end_holds()
        return result

    # -- reservation -------------------------------------------------------------------------------

    def _credit_gate_reservation(self, moves):
        """Hold transfers whose first step is about to reserve stock, where the company checks there."""
        at_reservation = self.filtered(
            lambda picking: picking.company_id.credit_delivery_step == "reservation"
            and picking.credit_hold_state != "held"  # it is looked at again when its cause is gone
            and any(not move.move_orig_ids.sale_line_id for move in picking.move_ids & moves)
        )
        at_reservation._credit_gate("delivery", is_held=True)

    def _credit_is_unreservable(self):
        company = self.company_id
        is_stopped = company.credit_delivery_step == "reservation" or not company.credit_is_reservation_kept
        return self.credit_hold_state == "held" and is_stopped
