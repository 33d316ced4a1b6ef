"""What a company says of its statements: where to pay to, and how long it waits for an answer."""

from odoo import fields, models
from odoo.tools import str2bool


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_days_statement = fields.Integer(
        "Days to Answer a Statement",
        help="A statement that was sent more than so many days ago without an answer becomes *No answer*, and the "
        "customer is reminded once. 0: nobody is reminded.",
    )

    credit_is_group_statement = fields.Boolean(
        "Statements of Credit Groups",
        help="A statement of a credit group goes to one member and shows it what each of the others owes. Members must "
        "have agreed to that.",
    )

    _credit_days_statement_not_negative = models.Constraint(
        "CHECK (credit_days_statement >= 0)", "Days to answer a statement are 0 or more."
    )

    def _credit_takes_online(self, payer, amount, currency):
        """Tell whether a partner can pay an amount online: it is switched on, and there is a way."""
        # a portal user reads neither parameters nor providers, and only whether there are any
        is_on = str2bool(self.env["ir.config_parameter"].sudo().get_param("account_payment.enable_portal_payment", "0"))
        # see above
        Provider = self.env["payment.provider"].sudo()
        return is_on and bool(
            Provider._get_compatible_providers(self.id, payer.id, amount, currency_id=currency.id)
        )

    def _credit_get_banks(self):
        """Return the company's bank accounts, those of its journals first."""
        company = self.sudo()  # the customer reads where to pay to
        # see above: and no journal
        journals = self.env["account.journal"].sudo().search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")]
        )
        return journals.bank_account_id or company.partner_id.bank_ids

    def _credit_get_bank(self, currency):
        """Return the bank account to which an amount in a currency is paid, if there is one."""
        banks = self._credit_get_banks()
        own = banks.filtered(lambda bank: bank.currency_id == currency)
        return (own or banks.filtered(lambda bank: not bank.currency_id))[:1]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    credit_days_statement = fields.Integer(related="company_id.credit_days_statement", readonly=False)
    credit_is_group_statement = fields.Boolean(related="company_id.credit_is_group_statement", readonly=False)
