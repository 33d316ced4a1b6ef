"""Drafts that bill what somebody else has ordered: they cover nothing of it."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # few among very many; core counts them as invoiced
    _credit_for_other_idx = models.Index("(id) WHERE state = 'draft' AND credit_is_for_other")

    credit_is_for_other = fields.Boolean(
        "Bills Another Customer's Order",
        compute="_compute_credit_is_for_other",
        store=True,
        help="A draft for somebody else than the customer of the order that it bills: the order goes on to count.",
    )

    @api.depends(
        "state",
        "move_type",
        "commercial_partner_id",
        "invoice_line_ids.sale_line_ids.order_id.partner_invoice_id.commercial_partner_id",
    )
    def _compute_credit_is_for_other(self):
        for move in self:
            is_draft = move.state == "draft" and move.move_type in ("out_invoice", "out_refund")
            orders = move.invoice_line_ids.sale_line_ids.order_id if is_draft else self.env["sale.order"]
            payers = orders.partner_invoice_id.commercial_partner_id
            move.credit_is_for_other = bool(payers - move.commercial_partner_id)
