"""Retention (质保金): the share that a customer holds back until a warranty ends, an installment with its release day.

It is a receivable like any other: exposure from the beginning, due on the day of its release, and neither overdue nor
dunned before. It is not time to pay: terms are not longer by it.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import column_exists, create_column

from ...engine.terms import share_out

PERCENT_MAX = 20  # more than that is no retention: somebody would call long terms by that name


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    credit_is_retention = fields.Boolean(
        "Retention",
        help="The customer holds this share back until so many days have passed, for instance the warranty. It is due "
        "then and not dunned before; how long the terms run is counted without it.",
    )

    @api.constrains("credit_is_retention", "value", "value_amount")
    def _check_retention(self):
        self.payment_id._check_retention()


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    @api.constrains("line_ids")
    def _check_retention(self):
        for terms in self:
            kept = terms.line_ids.filtered("credit_is_retention")
            percent = terms._credit_get_percent_retained()
            if percent > PERCENT_MAX or "fixed" in kept.mapped("value"):
                raise ValidationError(
                    self.env._(
                        "%(terms)s hold back %(percent)s %%. A retention is a percentage, and at most %(most)s %% of "
                        "the invoice; what is more are installments.",
                        terms=terms.name, percent=f"{percent:g}", most=PERCENT_MAX,
                    )
                )

    def _credit_get_percent_retained(self):
        """Return the share that is held back, in percent."""
        percents = [line.value_amount if line.value == "percent" else None for line in self.line_ids]
        shares = zip(self.line_ids, share_out(percents), strict=True)
        return round(100 * sum(share for line, share in shares if line.credit_is_retention), 6)

    def _credit_get_paid_lines(self):
        """Return the lines that are to be paid in time: all but what is held back, as far as that is a retention."""
        kept = self.line_ids.filtered(lambda line: line.credit_is_retention and line.value == "percent")
        # a line that is deleted leaves its share to the last one
        is_small = self._credit_get_percent_retained() <= PERCENT_MAX
        return self.line_ids - kept if is_small else self.line_ids


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    credit_is_retention = fields.Boolean(
        "Retention", compute="_compute_credit_is_retention", store=True,
        help="The customer holds it back until its due date, as the payment terms say.",
    )
    credit_release_condition = fields.Char(
        "Released When", help="What has to happen besides, for instance a final inspection without defects."
    )

    # "is true", as the ORM asks: PostgreSQL does not see that it is the same
    _credit_retention_idx = models.Index("(date_maturity) WHERE credit_is_retention IS TRUE")

    def _auto_init(self):
        # no item of before is one: an empty column takes no time, however many there are
        if not column_exists(self.env.cr, self._table, "credit_is_retention"):
            create_column(self.env.cr, self._table, "credit_is_retention", "bool")
        return super()._auto_init()

    @api.depends("display_type", "date_maturity", "move_id.invoice_payment_term_id")
    def _compute_credit_is_retention(self):
        for item in self:
            terms = item.move_id.invoice_payment_term_id
            is_item = item.display_type == "payment_term" and any(terms.line_ids.mapped("credit_is_retention"))
            item.credit_is_retention = is_item and item.date_maturity in item.move_id._credit_get_release_days()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _credit_get_release_days(self):
        """Return the days on which the invoice releases what is held back; days of other installments are none."""
        dated = self.invoice_date or self.date
        terms = self.invoice_payment_term_id
        kept = terms.line_ids.filtered("credit_is_retention")
        others = {line._get_due_date(dated) for line in terms.line_ids - kept}
        return {line._get_due_date(dated) for line in kept} - others
