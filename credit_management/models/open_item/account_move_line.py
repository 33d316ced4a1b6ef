"""When an item was due first: an aging by original dates counts from it, however often it was moved (展期)."""

from odoo import fields, models
from odoo.exceptions import AccessError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    credit_date_due_first = fields.Date(
        "Originally Due",
        readonly=True,
        copy=False,
        help="When the item was due before its due date was moved later for the first time. Empty: it never was.",
    )

    def write(self, vals):
        """Override of `account`: the first due date of what is posted is kept when somebody moves it later.

        :raise AccessError: when a person writes the first due date
        """
        if "credit_date_due_first" in vals and not self.env.su:
            raise AccessError(
                self.env._("When an item was due first is kept by itself: change its due date instead.")
            )
        day = fields.Date.to_date(vals.get("date_maturity"))
        if day:
            self._credit_keep_first_due(day)
        return super().write(vals)

    def _credit_keep_first_due(self, day):
        """Keep when posted receivables are due that are going to be due on a later day."""
        moved = self.filtered(
            lambda item: item.parent_state == "posted" and item.account_type == "asset_receivable" and item.balance > 0
            and not item.credit_date_due_first and (item.date_maturity or item.date) < day
        )
        for first, items in moved.grouped(lambda item: item.date_maturity or item.date).items():
            items.sudo().credit_date_due_first = first  # no person writes it
