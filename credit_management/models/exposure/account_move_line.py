"""Journal items: what finds the open ones, those whose matches are none, and the last payments, quickly."""

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _credit_open_items_idx = models.Index(
        "(partner_id, account_id, date_maturity) WHERE amount_residual <> 0 AND parent_state = 'posted'"
    )
    # what was ever open: the tax and the income of a customer are most of its items
    _credit_payments_idx = models.Index(
        "(partner_id, date) WHERE parent_state = 'posted' "
        "AND (reconciled OR amount_residual <> 0 OR amount_residual_currency <> 0)"
    )
    _credit_matched_drafts_idx = models.Index(
        "(partner_id) WHERE parent_state <> 'posted' AND matching_number IS NOT NULL"
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    _credit_reversals_idx = models.Index(
        "(id) WHERE reversed_entry_id IS NOT NULL AND move_type = 'entry' AND state = 'posted'"
    )
    _credit_undone_payments_idx = models.Index("(id) WHERE origin_payment_id IS NOT NULL AND state <> 'posted'")
