"""Each night: what was paid late since leaves a claim that waits for a decision. Nothing is said to anybody."""

from datetime import timedelta

from odoo import api, models

DAYS_BACK = 7  # a night that was missed is made up for
BATCH = 200  # customers between two commits: a minute of work


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    @api.model
    def _cron_reckon_late(self):
        """Reckon what was paid late in the last days, in the companies that want it."""
        companies = self.env["res.company"].search([("credit_late_is_automatic", "=", True), ("parent_id", "=", False)])
        for company in companies:
            day = company._credit_today()
            items = self._find_paid_late(company, day - timedelta(days=DAYS_BACK))
            partners = items.partner_id.commercial_partner_id
            for start in range(0, len(partners), BATCH):
                profiles = self._ensure(partners[start : start + BATCH], company)
                for profile in profiles:
                    profile._reckon_paid(items, day)
                self.env["ir.cron"]._commit_progress(len(profiles))

    @api.model
    def _find_paid_late(self, company, since):
        """Return the items of invoices that were settled since a day, after they were due."""
        matches = self.env["account.partial.reconcile"].search([
            ("max_date", ">=", since), ("debit_move_id.company_id", "child_of", company.id),
            ("debit_move_id.reconciled", "=", True), ("debit_move_id.parent_state", "=", "posted"),
            ("debit_move_id.move_id.move_type", "in", ("out_invoice", "out_receipt")),
        ])
        return matches.debit_move_id.filtered(
            lambda item: item.date_maturity and item._get_last_paid() > item.date_maturity
        )

    def _reckon_paid(self, items, day):
        own = items.filtered(lambda item: item.partner_id.commercial_partner_id == self.partner_id)
        return self._claim_late(day, own, step="draft")
