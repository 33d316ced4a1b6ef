"""Claims in the ledger: an item on the customer's account that nobody is dunned for (催款费用入账)."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"

    def action_book(self):
        """Book claims on the accounts of their customers: one entry for each notice.

        :raise AccessError: without the rights to book invoices
        :raise UserError: for claims that are not open, or without accounts
        """
        self.check_access("read")
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("Only accountants book claims."))
        self._check_open()
        self._book()
        return True

    def _is_bookable(self):
        """Tell whether nothing is missing to book the claim: a payment is not refused for that."""
        return not self.company_id._credit_get_claim_defect(self.kind)

    def _book(self):
        """Book open claims; whoever calls it has checked that they may be."""
        for notice, claims in self.grouped("notice_id").items():
            notice.company_id._credit_check_claim_accounts(claims)
            # claims are booked as they were claimed, whoever has the rights to do so here
            entry = self.env["account.move"].sudo().create(claims._prepare_entry(notice))
            entry._post(soft=False)
            booking = entry.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            claims.sudo().write({"step": "booked", "booking_id": booking.id})  # see above

    def _prepare_entry(self, notice):
        """Return the values of the entry: what the customer owes, against income."""
        # whoever books: the company may not be among the user's
        company, partner = notice.company_id.sudo(), notice.partner_id.with_company(notice.company_id)
        day, currency = company._credit_today(), notice.currency_id
        total = currency.round(sum(self.mapped("amount")))
        name = self.env._("Fee and interest of %(notice)s", notice=notice.display_name)
        owed = self._prepare_entry_line(company, currency, day, total)
        lines = [{
            **owed, "account_id": partner.property_account_receivable_id.id, "name": name, "date_maturity": day,
            "no_followup": True,  # a claim is not dunned as principal
        }]
        for kind, claims in self.grouped("kind").items():
            label = dict(self._fields["kind"]._description_selection(self.env))[kind]
            income = claims._prepare_entry_line(company, currency, day, -sum(claims.mapped("amount")))
            lines.append({**income, "account_id": company._credit_get_claim_account(kind).id, "name": label})
        lines[-1]["balance"] -= company.currency_id.round(sum(line["balance"] for line in lines))
        return {
            "move_type": "entry", "date": day, "ref": name, "company_id": company.id,
            "journal_id": company._credit_get_claim_journal().id,
            "line_ids": [Command.create({**line, "partner_id": partner.id}) for line in lines],
        }

    def _prepare_entry_line(self, company, currency, day, amount):
        return {
            "currency_id": currency.id, "amount_currency": currency.round(amount),
            "balance": currency._convert(amount, company.currency_id, company, day),
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_fee_account_id = fields.Many2one(
        "account.account", "Income from Fees", check_company=True, domain="[('account_type', 'like', 'income')]",
        help="Fees of dunning notices are booked on it. A level with a fee needs it.",
    )
    credit_interest_account_id = fields.Many2one(
        "account.account", "Income from Interest", check_company=True,
        domain="[('account_type', 'like', 'income')]",
        help="Late-payment interest is booked on it. A level with interest needs it.",
    )

    def _credit_get_claim_account(self, kind):
        """Return the account on which claims of a kind are booked, if there is one."""
        return self.credit_fee_account_id if kind == "fee" else self.credit_interest_account_id

    def _credit_get_claim_defect(self, kind):
        """Return in words why claims of a kind cannot be booked; nothing when they can."""
        self.ensure_one()
        if self.sudo()._credit_get_claim_account(kind):  # only whether there is one
            return ""
        if kind == "fee":
            return self.env._(
                "%(company)s has no account for fees of notices: choose “Income from Fees” in the settings of credit "
                "management.", company=self.sudo().name,  # that of a branch may not be among the user's
            )
        return self.env._(
            "%(company)s has no account for late-payment interest: choose “Income from Interest” in the settings of "
            "credit management.", company=self.sudo().name,  # see above
        )

    def _credit_check_claim_accounts(self, claims):
        """Check that claims can be booked.

        :raise UserError: naming the account that is missing
        """
        for kind in claims.grouped("kind"):
            defect = self._credit_get_claim_defect(kind)
            if defect:
                raise UserError(defect)

    def _credit_get_claim_journal(self):
        """Return the journal in which claims are booked: the first one for miscellaneous entries."""
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(self), ("type", "=", "general")], limit=1
        )
        if not journals:
            raise UserError(self.env._("%(company)s has no journal for miscellaneous entries.", company=self.name))
        return journals


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_fee_account_id = fields.Many2one(related="company_id.credit_fee_account_id", readonly=False)
    credit_interest_account_id = fields.Many2one(related="company_id.credit_interest_account_id", readonly=False)
