"""Rows of a workbook become financial statements: all of them are read and checked before one is written."""

from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ...engine.financials import Financials, difference
from ...engine.money import to_units
from .items import ITEMS
from .sheet import RefusedError

BATCH = 1000  # statements that are created at once


@dataclass
class Row:
    """A row that was read; ``partner`` is found afterwards, for all rows at once."""

    number: int
    cell: str  # that of the customer
    key: str
    day: object
    amounts: dict
    partner: object = None


@dataclass
class Reading:
    """What a file has: the rows that are right, and what is refused, as (row, cell, why)."""

    rows: list = field(default_factory=list)
    refused: list = field(default_factory=list)

    def refuse(self, row, cell, reason):
        """Keep why something is refused."""
        self.refused.append((row, cell, reason))

    def keep(self, check):
        """Keep the rows for which a check finds nothing wrong, and the reason of the others."""
        rows, self.rows = self.rows, []
        for row in rows:
            if reason := check(row):
                self.refuse(row.number, row.cell, reason)
            else:
                self.rows.append(row)


class CreditFinancialsMapping(models.Model):
    _inherit = "credit.financials.mapping"

    def _read_rows(self, content, company, currency, is_audited):
        """Return the `Reading` of a file for the customers of a company; nothing is written.

        :raise UserError: for what is no workbook, or has not the columns
        """
        self.ensure_one()
        reading, sheet = Reading(), self._read_sheet(content)
        for number, cells in sheet.iter_rows():
            self._read_row(reading, sheet, number, cells, currency)
        self._find_customers(reading, company)
        self._refuse_twice(reading, company, is_audited)
        reading.refused.sort(key=lambda refused: refused[0])
        return reading

    def _read_row(self, reading, sheet, number, cells, currency):
        """Read one row; each of its cells that is wrong is refused."""
        before = len(reading.refused)
        key = _try(reading, number, sheet.read_text, cells[self.column_key])
        day = _try(reading, number, sheet.read_day, cells[self.column_day])
        amounts = {
            column.item: _try(reading, number, sheet.read_number, cells[column.name]) for column in self.column_ids
        }
        amounts = {item: amount * int(self.unit) for item, amount in amounts.items() if amount is not None}
        if len(reading.refused) > before:
            return
        if reason := self._get_imbalance(amounts, currency):
            reading.refuse(number, cells[self._get_assets_title()].name, reason)
            return
        reading.rows.append(Row(number, cells[self.column_key].name, key, day, amounts))

    def _get_assets_title(self):
        columns = {column.item: column.name for column in self.column_ids}
        return columns.get("assets", self.column_key)

    def _get_imbalance(self, amounts, currency):
        found = difference(Financials(**amounts))
        if not found or not to_units(found, currency.rounding):
            return ""
        return self.env._(
            "Assets differ from equity and liabilities by %(difference)s", difference=currency.format(found)
        )

    def _find_customers(self, reading, company):
        """Find the customers of all rows at once: exactly one for each key."""
        domain = Domain(self.key, "in", list({row.key for row in reading.rows})) & (
            Domain("company_id", "=", False) | Domain("company_id", "child_of", company.id)
        )
        found = {}
        for partner in self.env["res.partner"].search_fetch(domain, [self.key, "commercial_partner_id"]):
            found.setdefault(partner[self.key], set()).add(partner.commercial_partner_id)
        for row in reading.rows:
            row.partner = next(iter(found.get(row.key, ())), None)
        reading.keep(lambda row: self._get_customer_refusal(row.key, found.get(row.key, ())))

    def _get_customer_refusal(self, key, partners):
        if len(partners) == 1:
            return ""
        if not partners:
            return self.env._("No customer has “%(key)s”.", key=key)
        names = ", ".join(sorted(partner.display_name for partner in partners))
        return self.env._("“%(key)s” is of several customers: %(customers)s.", key=key, customers=names)

    def _refuse_twice(self, reading, company, is_audited):
        """Refuse a year that stands in the file twice, or is there already."""
        partners = self.env["res.partner"].union(*(row.partner for row in reading.rows))
        known = self.env["credit.financials"].search_fetch(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("is_audited", "=", is_audited)],
            ["partner_id", "date_end"],
        )
        there, seen = {(found.partner_id.id, found.date_end) for found in known}, {}
        reading.keep(lambda row: self._get_twice_refusal(row, there, seen))

    def _get_twice_refusal(self, row, there, seen):
        year = (row.partner.id, row.day)
        first = seen.setdefault(year, row.number)
        if first != row.number:
            return self.env._("Row %(row)s has this customer and year already.", row=first)
        if year in there:
            return self.env._(
                "%(customer)s has financial statements for %(day)s already, audited or not as these. Correct those.",
                customer=row.partner.display_name, day=format_date(self.env, row.day),
            )
        return ""

    def _import_rows(self, content, company, currency, is_audited, name, is_partial):
        """Write the financial statements of a file, and return them.

        :param is_partial: write the rows that are right although others are refused
        :raise UserError: where rows are refused and nobody said to take the others, or none is right
        """
        reading = self._read_rows(content, company, currency, is_audited)
        if reading.refused and not is_partial:
            raise UserError(
                self.env._("%(count)s cells or rows are refused: nothing was written. Correct the file and check it "
                           "again, or take the rows that are right.", count=len(reading.refused))
            )
        if not reading.rows:
            raise UserError(self.env._("No row of the file can be taken: nothing was written."))
        partners = self.env["res.partner"].union(*(row.partner for row in reading.rows))
        profiles = {profile.partner_id: profile.id for profile in self.env["credit.profile"]._ensure(partners, company)}
        common = {"currency_id": currency.id, "is_audited": is_audited}
        values = [{**common, **self._prepare_row(row, profiles[row.partner], name)} for row in reading.rows]
        # thousands at once: where each comes from stands in its source, not in a message
        Financials = self.env["credit.financials"].with_context(tracking_disable=True)
        return Financials.union(
            *(Financials.create(values[start : start + BATCH]) for start in range(0, len(values), BATCH))
        ).with_context(tracking_disable=False)

    def _prepare_row(self, row, profile_id, name):
        order = list(ITEMS)
        # all that would be worked out is given: 13 rows for each of thousands of customers
        lines = [
            {"item": item, "amount": amount, "is_known": True, "sequence": order.index(item)}
            for item, amount in row.amounts.items()
        ]
        return {
            "profile_id": profile_id,
            "date_end": row.day,
            "source": self.env._("%(file)s, row %(row)s", file=name, row=row.number),
            "line_ids": [Command.create(line) for line in lines],
        }


def _try(reading, number, read, cell):
    try:
        return read(cell)
    except RefusedError as refused:
        reading.refuse(number, refused.cell, refused.reason)
        return None
