"""What an accountant is asked when the customer phones: a posted invoice tells it without a click."""

from datetime import timedelta

from odoo import fields, models

from ..aging.credit_bucket_set import LATENESS

READERS = "account.group_account_invoice,account.group_account_readonly,credit_management.group_credit_user"


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_days_overdue = fields.Integer(
        "Days Overdue", compute="_compute_credit_standing", groups=READERS,
        help="Days since the due date of the oldest installment of this invoice that is open.",
    )
    credit_customer_overdue = fields.Monetary(
        "Overdue of the Customer", compute="_compute_credit_standing", groups=READERS,
        currency_field="company_currency_id",
        help="What is overdue of the customer in all, less its unallocated credits, in company currency.",
    )
    credit_customer_days = fields.Integer(
        "Days Overdue of the Customer", compute="_compute_credit_standing", groups=READERS,
        help="Days since the due date of the customer's oldest open item.",
    )
    credit_dunning_level = fields.Integer(
        "Dunning Level of the Customer", compute="_compute_credit_standing", groups=READERS,
        help="How far dunning of the customer has come.",
    )

    credit_lateness = fields.Char(compute="_compute_credit_standing", groups=READERS, help="How late the invoice is.")
    credit_standing = fields.Char(
        compute="_compute_credit_standing", groups=READERS, help="What is overdue of the customer in all."
    )

    def _compute_credit_standing(self):
        posted = self.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")
        figures = ("credit_days_overdue", "credit_customer_overdue", "credit_customer_days", "credit_dunning_level")
        (self - posted).update({**dict.fromkeys(figures, 0), "credit_lateness": "", "credit_standing": ""})
        profiles = posted._credit_find_profiles()
        for move in posted:
            company = move.company_id._credit_company()
            profile = profiles.get((move.commercial_partner_id, company), profiles[None])
            move.credit_days_overdue = move._credit_get_days_overdue(company._credit_today())
            move.credit_customer_overdue = max(profile.amount_overdue, 0.0)
            move.credit_customer_days = profile.days_overdue_max
            move.credit_dunning_level = profile.dunning_level
            move.update(move._credit_say_standing())

    def _credit_say_standing(self):
        days, level = self.credit_days_overdue, self.credit_dunning_level
        overdue = self.company_currency_id.format(self.credit_customer_overdue)
        said = [self.env._("Overdue of the customer: %(amount)s", amount=overdue)]
        if self.credit_customer_days:
            said.append(self.env._("the oldest for %(days)s days", days=self.credit_customer_days))
        if level:
            said.append(self.env._("dunning level %(level)s", level=level))
        return {
            "credit_lateness": self._credit_say_lateness(days),
            "credit_standing": " · ".join(said),
        }

    def _credit_say_lateness(self, days):
        """Return how late the invoice is, and in which column of aged receivables that is."""
        if not days:
            return ""
        text = self.env._("%(days)s days overdue", days=days)
        company = self.company_id._credit_company()
        # which columns a company has is no secret
        offered = self.env["credit.bucket.set"].sudo().with_context(allowed_company_ids=company.ids)
        buckets = offered._get_offered().filtered(lambda buckets: buckets.basis in LATENESS)[:1]
        if not buckets:
            return text
        today = company._credit_today()
        column = buckets._make_buckets().column_of(today - timedelta(days=days), today)
        return self.env._(
            "%(lateness)s (column: %(column)s)", lateness=text, column=buckets._get_titles()[column]
        )

    def _credit_find_profiles(self):
        """Return ``{(customer, company): profile}`` of invoices, and under None an empty one; none is opened for it."""
        # four figures of the invoice's own customer, for who may see the invoice
        Profile = self.env["credit.profile"].sudo()
        found = Profile.search([("partner_id", "in", self.commercial_partner_id.ids)])
        return {None: Profile, **{(profile.partner_id, profile.company_id): profile for profile in found}}

    def _credit_get_days_overdue(self, today):
        due = [
            line.date_maturity for line in self.line_ids
            if line.account_type == "asset_receivable" and line.date_maturity and not line.reconciled
        ]
        return max((today - min(due)).days, 0) if due else 0

    def action_open_aging(self):
        """Open aged receivables of the invoice's customer."""
        self.ensure_one()
        self.check_access("read")
        company = self.company_id._credit_company()
        # what is opened is asked for with the rights of whoever reads it
        profile = self.env["credit.profile"]._ensure(self.commercial_partner_id, company).sudo()
        return profile.action_open_aging()

    def action_open_credit_file(self):
        """Open the credit file of the invoice's customer."""
        self.ensure_one()
        return self.commercial_partner_id.with_company(self.company_id).action_open_credit_profile()
