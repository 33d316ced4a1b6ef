"""Claims for late payment that no notice has made: of what was paid late, and the fixed compensation of an invoice."""

from odoo import api, fields, models

from ..notice.credit_dunning_claim import SAID

OPEN = ("draft", "claimed")


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"
    _order = "date_until desc, notice_id desc, kind, id"

    notice_id = fields.Many2one(required=False)
    partner_id = fields.Many2one("res.partner", "Customer", related=None, compute="_compute_of_notice", store=True)
    company_id = fields.Many2one("res.company", related=None, compute="_compute_of_notice", store=True)
    currency_id = fields.Many2one("res.currency", related=None, compute="_compute_of_notice", store=True)
    item_id = fields.Many2one(
        "account.move.line", "Journal Item", related=None, compute="_compute_item_id", store=True, ondelete="set null",
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", compute="_compute_move_id", store=True, index="btree_not_null",
        help="The invoice that was paid late.",
    )
    document = fields.Char(related=None, compute="_compute_document")
    kind = fields.Selection(
        selection_add=[("compensation", "Fixed compensation")], ondelete={"compensation": "cascade"},
        help="A fee is of the notice, interest of one of its items, a fixed compensation of an invoice.",
    )
    step = fields.Selection(
        selection_add=[("draft", "To decide"), ("claimed",)], ondelete={"draft": "cascade"},
        help="The last step that somebody took, or the nightly job.",
    )
    state = fields.Selection(
        selection_add=[("draft", "To decide"), ("claimed",)],
        help="To decide: reckoned by the nightly job, and said to nobody yet. Claimed: the customer was told. Booked: "
        "on an entry or invoice. Paid when that is settled; waived with a reason, or reversed; cancelled when its "
        "notice was not sent, or undone.",
    )
    invoice_id = fields.Many2one(
        "account.move", "Invoiced By", readonly=True, index="btree_not_null", ondelete="set null",
        help="The invoice that asks for it. While it is a draft it can be deleted: the claim is open again.",
    )

    @api.depends("notice_id")
    def _compute_of_notice(self):
        for claim in self:
            source = claim.notice_id or claim
            claim.partner_id, claim.company_id = source.partner_id, source.company_id
            claim.currency_id = source.currency_id

    @api.depends("line_id")
    def _compute_item_id(self):
        for claim in self:
            claim.item_id = claim.line_id.item_id or claim.item_id

    @api.depends("item_id")
    def _compute_move_id(self):
        for claim in self:
            claim.move_id = claim.sudo().item_id.move_id or claim.move_id  # the claim outlives the item

    @api.depends("line_id.name", "move_id.name")
    def _compute_document(self):
        for claim in self:
            claim.document = claim.line_id.name or claim.sudo().move_id.name  # a number only

    @api.depends("kind", "amount", "notice_id.name", "move_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for claim in self:
            about = claim.notice_id.display_name or claim.document or ""
            claim.display_name = f"{labels.get(claim.kind, '')} {about}".strip()

    @api.depends("invoice_id.state", "invoice_id.payment_state")
    def _compute_state(self):
        """Override: what is invoiced is paid with its invoice, and open again where that is gone or cancelled."""
        super()._compute_state()
        for claim in self.filtered(lambda claim: claim.step == "booked" and not claim.booking_id):
            claim.state = claim._get_invoiced_state()

    def _get_invoiced_state(self):
        invoice = self.sudo().invoice_id  # who reads claims need not read the ledger
        if not invoice or invoice.state == "cancel":
            return "claimed"
        if invoice.payment_state == "reversed":
            return "waived"
        return "paid" if invoice.state == "posted" and invoice.payment_state in ("paid", "in_payment") else "booked"

    def _get_bookings(self):
        """Override: or on an invoice of its own."""
        items = self.sudo().invoice_id.line_ids  # who reads claims need not read the ledger
        return super()._get_bookings() or items.filtered(lambda item: item.account_type == "asset_receivable")

    def _check_open(self):
        """Override: what waits for a decision can be booked or waived, too."""
        return super(CreditDunningClaim, self.filtered(lambda claim: claim.state != "draft"))._check_open()

    def _book(self):
        """Override: claims of no notice are booked by customer; their entry names no notice."""
        with_notice = self.filtered("notice_id")
        super(CreditDunningClaim, with_notice)._book()
        (self - with_notice)._invoice()

    def _waive(self, reason):
        """Override: those of no notice are told on the credit file."""
        loose = self.filtered(lambda claim: not claim.notice_id)
        super()._waive(reason)
        loose._tell_files(
            lambda claims: self.env._("Waived: %(amount)s. %(reason)s", amount=claims._get_total_text(), reason=reason)
        )

    def _tell_files(self, say):
        for (partner, company), claims in self.grouped(lambda claim: (claim.partner_id, claim.company_id)).items():
            profile = self.env["credit.profile"]._ensure(partner, company).sudo()  # a note, whoever may write the file
            profile._message_log(body=say(claims), author_id=self.env.user.partner_id.id)

    @api.model
    def _read_compensated(self, moves):
        """Return the invoices for which a compensation was claimed; one that waits for a decision is reckoned anew."""
        rows = self.sudo()._read_group(  # whoever asks: once for each invoice
            [("move_id", "in", moves.ids), ("kind", "=", "compensation"), ("step", "in", SAID)], ["move_id"]
        )
        return moves.browse(move.id for (move,) in rows)
