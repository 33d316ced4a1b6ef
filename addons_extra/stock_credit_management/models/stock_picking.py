"""Transfers under credit control: what leaves for a customer, on the credit of whoever is invoiced."""

import math

from odoo import api, fields, models
from odoo.addons.credit_management.models.gate.transaction import get_mark
from odoo.exceptions import AccessError, UserError

CLOSED = ("done", "cancel")
# On the cursor, out of reach of any client: the moves that the guard looks at. Where a rollback empties it, the whole
# transfer is looked at.
GUARDED = "stock_credit_management.guarded"


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "credit.gate.mixin"]

    credit_panel = fields.Json(
        compute="_compute_credit_panel",
        groups="base.group_user",
        help="On whose desk the transfer lies, or what was decided; without figures.",
    )
    credit_is_validating = fields.Boolean(
        readonly=True, copy=False, help="The hold stopped a validation, which goes on when the hold falls."
    )
    credit_presser_id = fields.Many2one(
        "res.users", "Validation Stopped", readonly=True, copy=False, help="Who pressed the button, and is told later."
    )

    def write(self, vals):
        """Override of `stock`: the state of a transfer is that of its goods.

        :raise AccessError: when a person writes it, once something is checked
        """
        if "state" in vals and not self.env.su and self.env["credit.policy"]._is_any_on():
            changed = self.filtered(lambda picking: picking.state != vals["state"])
            if changed.sudo().move_ids:  # whether there are any
                raise AccessError(self.env._("The state of a transfer is that of its goods: validate or cancel it."))
        self._credit_check_receivers_kept(vals)
        with self._credit_keep_bonds(vals):
            return super().write(vals)

    @api.model
    def _credit_get_protected_fields(self):
        return super()._credit_get_protected_fields() | {"credit_is_validating", "credit_presser_id"}

    # -- the contract of the gate ------------------------------------------------------------------

    def _credit_get_customers(self):
        """The order's invoice partner, whoever gets the goods; without an order, who gets them."""
        transfers = self.sudo()  # the warehouse reads no orders
        # read at once: what is filtered reads its orders transfer by transfer
        transfers.move_ids.sale_line_id.order_id.partner_invoice_id.mapped("commercial_partner_id")
        return {picking: transfer._credit_get_customer() for picking, transfer in zip(self, transfers, strict=True)}

    def _credit_get_customer(self):
        moves = self._credit_get_moving() or self.move_ids
        return self._credit_get_debtors(moves)[:1] or self.credit_hold_id.partner_id

    def _credit_get_debtors(self, moves):
        """Return who owes these goods: whoever their orders are invoiced to, and who gets what no order counts."""
        orders, debtors = moves.sale_line_id.order_id, self.env["res.partner"]
        if not orders or any(not move.sale_line_id and move._credit_is_outbound() for move in moves):
            linked = self._credit_get_linked_order()
            orders, debtors = orders | linked, debtors if linked else self._credit_get_receiver()
        return orders.partner_invoice_id | debtors

    def _credit_get_linked_order(self):
        """Return the order that counts what is in the transfer without an order line, as `sale_stock` does."""
        return self.sale_id or self.reference_ids.sale_ids[:1]

    def _credit_get_receiver(self):
        is_leaving = self.picking_type_code == "internal" and any(
            move._credit_is_outbound() for move in self.move_ids
        )
        is_told = is_leaving or self.picking_type_code == "outgoing"
        return self.partner_id if is_told else self.env["res.partner"]

    def _credit_check_receiver(self, moves):
        """Refuse to let goods leave for nobody, or for several customers: there is one credit to be checked.

        :raise UserError: naming the transfer
        """
        if not self._credit_get_enforced():
            return
        debtors = self._credit_get_debtors(moves)
        if not debtors:
            raise UserError(
                self.env._(
                    "%(transfer)s brings goods to customers and does not say to whom. "
                    "Enter the customer as contact.",
                    transfer=self.display_name,
                )
            )
        if len(debtors.commercial_partner_id) > 1:
            raise UserError(
                self.env._(
                    "%(transfer)s brings goods of several customers: %(customers)s. The credit of each is checked by "
                    "its own transfer. Validate the goods of one customer only, and the others as backorder.",
                    transfer=self.display_name,
                    customers=", ".join(debtors.commercial_partner_id.mapped("name")),
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
            component="delivered",
            amount_component=amount,
            amount_prepaid=paid,
            amount_used=amount,
            days_terms=max((term._credit_get_days() for term in self._credit_get_orders().payment_term_id), default=0),
            exemption=self._credit_get_exemption(check, amount),
            ordered=self._credit_get_deposit_basis(check),
        )

    def _credit_get_deposit_basis(self, check):
        """Return the order that these goods are of, of which the deposit is asked; None where there are more of them:
        then it is asked of the goods."""
        order = self._credit_get_orders()
        if len(order) != 1:
            return None
        return order._credit_get_deposit_basis(check.as_of, order._credit_get_received(check))

    def _credit_get_exemption(self, check, amount):
        """Return why the transfer is free of the check: because each of its orders is."""
        orders = self._credit_get_orders()
        found = [order._credit_get_exemption(check, amount) for order in (orders or [orders])]
        return found[0] if all(found) else ""

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
        if self.state == "done":
            self._credit_tell_validated()

    def _credit_get_owner_names(self):
        return (*super()._credit_get_owner_names(), "user_id")

    def _credit_get_gone(self):
        """Override: what leaves for an order counts already."""
        return math.inf if self.state in CLOSED else self._credit_get_moving()._credit_get_values()[1]

    def _credit_get_salesperson(self):
        return self.sudo().sale_id.user_id or self.user_id  # the warehouse need not read orders

    # -- figures -----------------------------------------------------------------------------------

    def _credit_get_moving(self):
        """Return the checked moves that are about to leave: those that the guard looks at, with what left before; or
        what a validation would carry out: picked, or with a quantity, or all."""
        checked = self.move_ids._credit_get_checked()
        guarded = checked & checked.browse(get_mark(self.env.cr, GUARDED, ()))
        is_done = all(move.state == "done" for move in guarded) if guarded else self.state == "done"
        if guarded and not is_done:
            return guarded
        moves = checked.filtered(lambda move: (move.state == "done") == is_done)
        filled = moves.filtered("quantity")
        return (not is_done and filled.filtered("picked")) or filled or moves

    def _credit_get_orders(self):
        return self._credit_get_linked_order() | self.move_ids.sale_line_id.order_id

    def _credit_get_used_of(self, order):
        """Override: the order's other deliveries use up its release."""
        own = self.move_ids._credit_get_checked().filtered(lambda move: move.state == "done")
        return order._credit_get_delivered() - own._credit_get_values()[0]

    def _credit_get_forced_hold(self, profile):
        reasons = [super()._credit_get_forced_hold(profile)]
        for order in self._credit_get_orders():
            reasons += [order._credit_get_forced_hold(profile), order._credit_get_confirmed_reason()]
        return next(filter(None, reasons), "")

    # -- texts: the warehouse sees that, not how much ------------------------------------------------

    @api.model
    def _credit_sees_figures(self):
        return self.env.user.has_group("credit_management.group_credit_user")

    @api.model
    def _credit_get_neutral_reason(self):
        return self.env._("The customer's credit does not allow this delivery for now.")

    def _credit_get_hold_note(self, hold):
        return self._credit_get_neutral_reason()

    @api.depends("credit_hold_state", "credit_hold_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_credit_panel(self):
        """Only what the banner tells: the list of transfers decides nothing."""
        for picking in self:
            is_shown = picking.credit_hold_state and picking.state not in CLOSED
            picking.credit_panel = picking._credit_get_banner() if is_shown else False

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
        kept = held.sudo().filtered("company_id.credit_is_reservation_kept")
        kept.write({"credit_is_validating": True, "credit_presser_id": self.env.uid})
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
        return self.credit_hold_state in ("held", "rejected") and is_stopped
