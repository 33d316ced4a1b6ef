"""A statement as a letter: one part for each currency, with its summary by age, what is due, and how to pay it."""

from dataclasses import dataclass

from odoo import models
from odoo.tools import format_date

from ..aging.credit_bucket_set import LATENESS
from ..aging_file.aging_sheet import AgingBook

# columns of the workbook, with their kinds
BOOKED = {
    "name": "text", "reference": "text", "date": "date", "date_due": "date", "days_late": "number", "amount": "amount",
}
DELIVERED = {
    "name": "text", "reference": "text", "date": "date", "delivery_name": "text", "product_name": "text",
    "quantity": "number", "uom_name": "text", "price_unit": "amount", "amount": "amount",
}


@dataclass
class Part:
    """What a statement says in one currency."""

    currency: models.BaseModel
    member: models.BaseModel  # of a credit group: whose part it is
    movements: models.BaseModel  # the opening balance is the first one; none in a statement of open items
    items: models.BaseModel  # what the customer is asked about: open items, or deliveries
    aging: list  # [(name, title, amount)]
    total: float
    due: float  # what is past due, less credits and what is disputed
    bank: models.BaseModel = None
    qr: str = ""

    @property
    def closing(self):
        """The balance after the last movement."""
        return self.movements[-1:].amount_balance


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    def _get_parts(self):
        """Return what the statement says, the company's own currency first; of a group, of each member.

        :rtype: list[Part]
        """
        self.ensure_one()
        own, found = self.company_currency_id, self.line_ids.grouped(lambda line: (line.currency_id, line.member_id))
        keys = sorted(found, key=lambda key: (key[0] != own, key[0].name, key[1].display_name or ""))
        return [self._make_part(*key, found[key]) for key in keys]

    def _make_part(self, currency, member, lines):
        items = lines.filtered("is_stated").sorted("sequence")
        movements = (lines - items).sorted("sequence")
        part = Part(
            currency, member, movements, items, self._get_aging(items), currency.round(sum(items.mapped("amount"))),
            self._get_due(currency, items),
        )
        self._add_payment(part)
        return part

    def _get_due(self, currency, items):
        credits = sum(item.amount for item in items if item.amount < 0 and not item.is_advance)
        late = sum(item.payable for item in items if item.days_late)
        return max(currency.round(late + credits), 0.0)

    def _get_aging(self, items):
        """Return ``[(name, title, amount)]`` of the columns; of credits and advances where there are some."""
        buckets, currency = self._is_bill() and self.bucket_set_id, items.currency_id
        titles = [*buckets._get_titles(), self.env._("Credits"), self.env._("Advances")] if buckets else []
        amounts = [0.0] * len(titles)
        for item in items if buckets else ():
            amounts[self._get_column(item, len(titles))] += item.amount
        return [
            (f"column_{number}", title, currency.round(amount) if currency else amount)
            for number, (title, amount) in enumerate(zip(titles, amounts, strict=True))
            if amount or number < len(titles) - 2
        ]

    def _get_column(self, item, count):
        if item.is_advance:
            return count - 1
        if item.amount < 0:
            return count - 2
        day = item.date_due if self.bucket_set_id.basis in LATENESS else item.date
        return self.bucket_set_id._make_buckets().column_of(day, self.date)

    # -- paying ------------------------------------------------------------------------------------

    def _add_payment(self, part):
        """Write into a part to which account it is paid, and the code that telephones read, where there is one."""
        part.bank = self.company_id._credit_get_bank(part.currency)
        if part.bank and part.due > 0:
            debtor = part.member or self.partner_id
            part.qr = part.bank._credit_draw_code(part.due, self.name, part.currency, debtor)

    def _get_portal_link(self):
        """Return the address of the page on which the customer answers: whoever has it may."""
        self.ensure_one()
        return f"{self.get_base_url()}{self.get_portal_url()}"

    def _get_period_text(self):
        """Return of which day, or of which period, the statement is."""
        values = {"first": format_date(self.env, self.date_from), "last": format_date(self.env, self.date)}
        if self.kind == "movements":
            return self.env._("From %(first)s to %(last)s", **values)
        return self.env._("As of %(last)s", **values)

    def _get_report_base_filename(self):
        """Return the name of the statement's file."""
        self.ensure_one()
        return self.env._(
            "Statement %(number)s %(customer)s %(date)s", number=self.name.replace("/", "-"),
            customer=self.partner_id.name, date=self.date.isoformat(),
        )

    # -- workbook ----------------------------------------------------------------------------------

    def _write_xlsx(self, file):
        """Write the statement as a workbook: a group for each currency and section, with its lines."""
        self.ensure_one()
        label = self.line_ids._fields
        shown = DELIVERED if self.kind == "delivered" else BOOKED
        names, kinds = list(shown), shown.values()
        titles = [label[name]._description_string(self.env) for name in names]
        numbers = self._get_numbers()
        columns = [*zip(titles, kinds, strict=True), *((self.env._(number.label), "text") for number in numbers)]
        places = max(self.line_ids.currency_id.mapped("decimal_places"), default=2)
        book = AgingBook(file, self.env._("Statement"), columns, places)
        for part in self._get_parts():
            for name, lines in ((self.env._("Movements"), part.movements), (self._get_items_title(), part.items)):
                if lines:
                    rows = [self._make_row(line, names) for line in lines]
                    total = part.currency.round(sum(lines.mapped("amount")))
                    head = [total if name == "amount" else None for name in names] + [None] * len(numbers)
                    title = " ".join(filter(None, (name, f"({part.currency.name})", part.member.display_name)))
                    book.add_group(title, head, rows)
        book.add_parameters(self.env._("About"), self._list_parameters())
        book.close()

    def _get_numbers(self):
        """Return by which numbers the customer knows a document; what is not invoiced has none."""
        return () if self.kind == "delivered" else self.env["account.move"]._credit_get_numbers()

    def _get_items_title(self):
        return self.env._("Deliveries to invoice") if self.kind == "delivered" else self.env._("Open items")

    def _make_row(self, line, names):
        known = line.numbers or {}
        row = [line[name] for name in names] + [known.get(number.name) for number in self._get_numbers()]
        return [self.env._("Opening balance"), *row[1:]] if line.section == "opening" else row

    def _list_parameters(self):
        return [
            [self.env._("Statement"), self.name],
            [self.env._("Customer"), self.partner_id.display_name],
            [self.env._("Company"), self.company_id.sudo().name],  # that of a branch may not be among the user's
            *([[self.env._("From"), format_date(self.env, self.date_from)]] if self.date_from else []),
            [self.env._("As Of"), format_date(self.env, self.date)],
            [self.env._("Open in Company Currency"), self.amount_total],
        ]
