"""Paying what a notice lists, on its own page: all that is still open of it, or a part, which pays the oldest first.

What is paid beyond that settles what was claimed; where costs come first, what was claimed is settled before. Claims
are booked at that moment, not earlier.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .credit_notice import SAID

DAYS_OPEN = 60  # so long the page can be opened by whoever has its address


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    amount_open = fields.Monetary(
        "Still Open", compute="_compute_amount_open", help="What is open today of what the notice asked for."
    )

    @api.depends("line_ids.item_id.amount_residual_currency", "line_ids.amount")
    def _compute_amount_open(self):
        for notice in self:
            notice.amount_open = notice._get_payable()[1]

    def _compute_access_url(self):
        """Override of `portal` to say where the page of a notice is."""
        for notice in self:
            notice.access_url = f"/my/notices/{notice.id}"

    def _is_told(self):
        """Tell whether the customer may know of the notice."""
        return self.state in SAID and not self.is_test

    def _is_page_open(self):
        """Tell whether the address of the page still opens it."""
        sent = self.date_sent or self.write_date  # of one that is being sent there is no day yet
        return self._is_told() and sent + timedelta(days=DAYS_OPEN) > fields.Datetime.now()

    def _get_still_open(self, residuals=None):
        """Return ``[(line, amount)]``: what is still open of what the notice lists, never more than it says.

        :param residuals: what `_read_open` returned, for many of them
        """
        found, lines = [], self.sudo().line_ids  # who may see the page was decided
        residuals = self._read_open(lines.item_id.ids) if residuals is None else residuals
        for line in lines:
            open_now = residuals.get(line.item_id.id, 0.0)
            still = min(line.amount, max(open_now, 0.0)) if line.amount > 0 else max(line.amount, min(open_now, 0.0))
            found.append((line, self.currency_id.round(still)))
        return found

    def _get_open_totals(self):
        """Return ``{notice id: what is still open of it}``; one statement for each company."""
        found = {}
        for notices in self.grouped("company_id").values():
            residuals = notices._read_open(notices.sudo().line_ids.item_id.ids)  # see above
            for notice in notices:
                total = sum(amount for _line, amount in notice._get_still_open(residuals))
                found[notice.id] = max(notice.currency_id.round(total), 0.0)
        return found

    def _read_open(self, item_ids):
        """Return ``{item id: what is open of it}`` of notices of one company, in its currency, as the exposure and the
        runs read it: what a payment has settled that was rejected since is open."""
        Exposure = self.env["credit.exposure"]
        self.env.flush_all()
        scope = Exposure._make_scope(self.company_id._credit_today(), self.partner_id.ids)
        rows = self.env.execute_query(
            SQL(
                "SELECT row_id, amount_currency FROM (%s) i WHERE row_id IN %s", Exposure._get_items_sql(scope),
                tuple(item_ids) or (0,),
            )
        )
        return {item_id: float(amount) for item_id, amount in rows}

    def _get_payable(self):
        """Return the invoices of which something is still open, what that is, and what is claimed besides."""
        still = self._get_still_open()
        invoices = self.env["account.move"].sudo().union(  # see above
            *(line.move_id for line, amount in still if amount > 0 and line.move_id.move_type == "out_invoice")
        )
        total = max(self.currency_id.round(sum(amount for _line, amount in still)), 0.0)
        return invoices, total, self._get_open_claims_total()

    def _get_open_claims(self):
        return self.sudo().claim_ids.filtered(lambda claim: claim.state == "claimed")  # see above

    def _get_open_claims_total(self):
        return self.currency_id.round(sum(self._get_open_claims().mapped("amount")))

    def _is_payable_online(self, payer):
        """Tell whether something can be paid online by a partner."""
        invoices, total, _claims = self._get_payable()
        return bool(invoices and total) and self.company_id._credit_takes_online(payer, total, self.currency_id)

    def _fit_amount(self, amount):
        """Return an amount that can be paid on the page: not more than is open and claimed; all of it for none."""
        _invoices, total, claims = self._get_payable()
        most = self.currency_id.round(total + claims)
        amount = self.currency_id.round(amount or 0.0)
        return min(amount, most) if amount > 0 else total


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    credit_notice_id = fields.Many2one(
        "credit.notice", "Dunning Notice", readonly=True, ondelete="set null", index="btree_not_null",
        help="On its page the customer paid: what is left of the payment settles what it claims.",
    )

    def _create_payment(self, **extra_create_values):
        """Override of `account_payment`: a payment settles the claims of its notice, too: with what the invoices
        leave of it, or before them, as the company says."""
        claims = self.credit_notice_id._get_open_claims().filtered(lambda claim: claim._is_bookable())
        if claims and self.company_id._credit_get_payment_order() == "costs":
            return self._create_payment_of_claims_first(claims, extra_create_values)
        payment = super()._create_payment(**extra_create_values)
        if claims and not self.credit_notice_id._get_payable()[1] and payment._credit_get_left():
            payment._credit_settle(claims)
        return payment

    def _create_payment_of_claims_first(self, claims, extra_create_values):
        """Create the payment without its invoices: Odoo would match them at once, the oldest first of all."""
        invoices, self.invoice_ids = self.invoice_ids, False
        account = invoices.line_ids.filtered(lambda item: item.account_type == "asset_receivable").account_id[:1]
        values = {"invoice_ids": invoices, **({"destination_account_id": account.id} if account else {})}
        payment = super()._create_payment(**{**values, **extra_create_values})
        self.invoice_ids = invoices
        payment._credit_settle(claims)
        (payment._credit_get_left() + payment._credit_find_open(invoices.line_ids)).reconcile()
        return payment


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _credit_settle(self, claims):
        """Book claims, and match them with what is left of the payment."""
        claims._book()
        (self._credit_get_left() + self._credit_find_open(claims.booking_id)).reconcile()

    def _credit_get_left(self):
        """Return the item of the payment, while something of it is left."""
        return self._credit_find_open(self.move_id.line_ids)

    def _credit_find_open(self, items):
        return items.filtered(lambda item: item.account_id == self.destination_account_id and not item.reconciled)
