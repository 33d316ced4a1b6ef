"""The statement of open items: one block per currency, what is to be paid until when, and where to."""

from dataclasses import dataclass
from datetime import date

from odoo import models
from odoo.tools import format_date

REPORT = "credit_management.action_report_credit_statement"
MAIL = "credit_management.mail_template_credit_statement"


@dataclass
class Block:
    """The open items in one currency; ``text`` asks for ``due`` until ``date_due``, which is None where nothing is."""

    currency: models.BaseModel
    items: list
    total: float
    due: float = 0.0
    text: str = ""
    date_due: date | None = None
    is_late: bool = False

    @property
    def invoices(self):
        """The invoices that are to be paid until then."""
        wanted = [
            item.move for item in self.items
            if item.payable > 0 and (item.days_late > 0 if self.is_late else item.date_due == self.date_due)
        ]
        return self.items[0].move.browse().union(*wanted).filtered(lambda move: move.move_type == "out_invoice")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_statement_blocks(self, items, today):
        """Return the blocks of a statement, the company's own currency first."""
        currencies = self.env["res.currency"].union(*(item.move.currency_id for item in items))
        blocks = []
        for currency in currencies.sorted(lambda currency: (currency != self.currency_id, currency.name)):
            own = [item for item in items if item.move.currency_id == currency]
            total = currency.round(sum(item.amount_currency for item in own))
            blocks.append(self._ask_for_due(Block(currency, own, total), today))
        return blocks

    def _ask_for_due(self, block, today):
        """Write into a block what is to be paid until when: what is late by the coming Friday, else what is next due.

        Credits are taken off, and what is disputed is not asked for.
        """
        credit = sum(item.amount_currency for item in block.items if item.amount_currency < 0)
        owed = [item for item in block.items if item.payable > 0]
        late = [item for item in owed if item.days_late > 0]
        day = min((item.date_due for item in owed), default=None)
        wanted = late or [item for item in owed if item.date_due == day]
        due = block.currency.round(sum(item.payable for item in wanted) + credit)
        if due > 0:
            block.due, block.is_late = due, bool(late)
            block.date_due = self.company_id._credit_get_next_friday() if late else day
            block.text = self.env._(
                "Please pay %(amount)s by %(date)s.",
                amount=block.currency.format(due), date=format_date(self.env, block.date_due),
            )
        return block

    def _get_statement_banks(self):
        """Return the company's bank accounts, those of its journals first."""
        # the customer reads where to pay to, and no journal
        company = self.company_id.sudo()
        journals = self.env["account.journal"].sudo().search(  # see above
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")]
        )
        return journals.bank_account_id or company.partner_id.bank_ids

    def action_print_statement(self):
        """Print the statements of these customers."""
        self.check_access("read")
        return self.env.ref(REPORT).report_action(self)

    def action_send_statement(self):
        """Open a letter with the statement attached; to many customers, one each."""
        self.check_access("read")
        is_one = len(self) == 1
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Statement") if is_one else self.env._("Send Statements"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(MAIL).id,
                "default_composition_mode": "comment" if is_one else "mass_mail",
                "default_subtype_xmlid": "mail.mt_comment",
                "force_email": True,
            },
        }

    def _get_statement_contact(self):
        """Return to whom the statement goes: the customer's address for invoices."""
        return self.partner_id.browse(self.partner_id.address_get(["invoice"])["invoice"])


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_print_credit_statement(self):
        """Print the statement of the customer; the credit file is opened when there is none yet."""
        return self._ensure_credit_file().action_print_statement()

    def action_send_credit_statement(self):
        """Send the statement of the customer; the credit file is opened when there is none yet."""
        return self._ensure_credit_file().action_send_statement()

    def _ensure_credit_file(self):
        self.ensure_one()
        return self.env["credit.profile"]._ensure(self, self.env.company)
