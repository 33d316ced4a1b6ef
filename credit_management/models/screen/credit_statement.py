"""The statement of open items: one block per currency, what is to be paid until when, and where to."""

from dataclasses import dataclass, replace
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
    is_everything: bool = False  # all that is open is to be paid, also what is not due

    @property
    def invoices(self):
        """The invoices that are to be paid until then."""
        wanted = [
            item.move for item in self.items
            if item.payable > 0 and self._is_asked_for(item)
        ]
        return self.items[0].move.browse().union(*wanted).filtered(lambda move: move.move_type == "out_invoice")

    def _is_asked_for(self, item):
        if self.is_everything:
            return True
        return item.days_late > 0 if self.is_late else item.date_due == self.date_due

    @property
    def credit(self):
        """What is taken off of it: payments and credit notes that nobody has matched."""
        return sum(item.amount_currency for item in self.items if item.amount_currency < 0)

    def with_everything(self, today):
        """Return the block as it asks for all that is open and not disputed, today."""
        payable = sum(item.payable for item in self.items if item.payable > 0)
        due = max(self.currency.round(payable + self.credit), 0.0)
        return replace(self, due=due, date_due=today, is_everything=True)


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
        owed = [item for item in block.items if item.payable > 0]
        late = [item for item in owed if item.days_late > 0]
        day = min((item.date_due for item in owed), default=None)
        wanted = late or [item for item in owed if item.date_due == day]
        due = block.currency.round(sum(item.payable for item in wanted) + block.credit)
        if due > 0:
            block.due, block.is_late = due, bool(late)
            block.date_due = self.company_id._credit_get_next_friday() if late else day
            block.text = self.env._(
                "Please pay %(amount)s by %(date)s.",
                amount=block.currency.format(due), date=format_date(self.env, block.date_due),
            )
        return block

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
