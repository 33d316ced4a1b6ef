"""Journal items: what finds the open ones, and the last payments, quickly."""

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _credit_open_items_idx = models.Index(
        "(partner_id, account_id, date_maturity) WHERE amount_residual <> 0 AND parent_state = 'posted'"
    )
    _credit_payments_idx = models.Index(
        "(partner_id, date) WHERE credit > 0 AND parent_state = 'posted' "
        "AND (payment_id IS NOT NULL OR statement_line_id IS NOT NULL)"
    )
