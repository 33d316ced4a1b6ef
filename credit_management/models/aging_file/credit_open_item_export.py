"""An aging as a file: a workbook for an auditor, or plain rows. Read and written piece by piece."""

import csv
import io
import itertools
import json

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date

from ..aging.credit_open_item_page import SHOWN_BESIDE, Summary
from ..aging.file_formats import FORMATS
from .aging_sheet import AgingBook
from .domain_text import domain_text

BATCH = 5000  # rows in memory at a time: some MB
ITEM_COLUMNS = (  # field, kind of column
    ("partner_id", "text"), ("document_name", "text"), ("reference", "text"), ("user_id", "text"),
    ("date_document", "date"), ("date_due", "date"), ("days_late", "number"), ("currency_id", "text"),
    ("amount_currency", "amount"),
)
PLANNED_COLUMNS = (("date_original", "date"), ("date_planned", "date"))
ASKED_SUMS = ("amount_received_since", "amount_credited_since", "amount_covered")


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    @api.model
    def _write_file(self, kind, file, domain=(), groupby="partner_id"):
        """Write aged receivables as a file.

        :param str kind: one of `FORMATS`
        :param file: where to
        :return: the name of the file
        """
        self._check_may_export()
        one = FORMATS[kind]
        getattr(self, one.method)(file, domain, groupby or "partner_id")
        return f"{self.env._('Aged Receivables')} {self._get_options().as_of}.{one.extension}"

    @api.model
    def _check_may_export(self):
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(self.env._("You may not export data. Ask an administrator for the right to export."))

    @api.model
    def _write_xlsx(self, file, domain=(), groupby="partner_id"):
        """Write aged receivables as a workbook: groups that fold, totals as formulas, what was asked for, the tie."""
        export = AgingExport(self, domain, groupby)
        book = AgingBook(
            file, self.env._("Aged Receivables"), export.columns, self._get_shown_currency().decimal_places
        )
        for group, items in export.read_groups():
            book.add_group(*group, items)
        if export.total:
            book.add_total(*export.total)
        book.add_parameters(self.env._("Parameters"), export.list_parameters())
        book.close()

    @api.model
    def _write_csv(self, file, domain=(), groupby="partner_id"):
        """Write open items as plain rows: one header, no totals."""
        export = AgingExport(self, domain, groupby)
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        rows = csv.writer(text)
        rows.writerow([title for title, _kind in export.columns])
        for _group, items in export.read_groups():
            rows.writerows([_harmless(value) for value in item] for item in items)
        text.detach()


def _harmless(value):
    """Return a text that a spreadsheet does not take for a formula: customers write references."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


class AgingExport:
    """What goes into a file: columns, groups with their items, totals, parameters."""

    def __init__(self, model, domain, groupby):
        model = model._join_asked([groupby])
        self.model, self.env, self.domain = model, model.env, list(domain)
        field = model._fields.get(groupby.split(":")[0])
        is_group = field is not None and (field.type in ("many2one", "selection") or field.name == "tags")
        self.groupby = groupby if is_group else "partner_id"
        self.summary = Summary(model, domain)
        if self.summary.options.in_document_currency:
            self.groupby = "currency_id"  # others add up what does not
        [row] = model._read_group(self.domain, [], self.summary.specs)
        self.around = self.summary.make(row)
        self.sums = self._choose_sums()
        self.item_columns = (*ITEM_COLUMNS, *(PLANNED_COLUMNS if self.summary.options.is_planned else ()))
        self.numbers = self.env["account.move"]._credit_get_numbers()
        self.is_mixed = self.summary.options.in_document_currency
        self.columns = [
            *((self._label(name), kind) for name, kind in self.item_columns),
            *((self.env._(number.label), "text") for number in self.numbers),
            *((title, "amount") for title in self.sums.values()),
        ]
        self.blank = [None] * (len(self.columns) - len(self.sums))  # what has no total

    def _label(self, name):
        return self.model._fields[name]._description_string(self.env)

    def _choose_sums(self):
        """Return ``{field: title}`` of the amounts in which something can stand."""
        titles = {column["name"]: column["title"] for column in self.around["columns"]}
        for name in SHOWN_BESIDE:
            if self.around["totals"][name]:
                titles[name] = self._label(name)
        asked = [name for name in ASKED_SUMS if self.around["totals"][name]]
        return {**titles, **{name: self._label(name) for name in ("amount_total", *asked)}}

    @property
    def total(self):
        """Return the name of the totals, and the totals; nothing where document currencies do not add up."""
        if self.is_mixed:
            return None
        values = self.blank + [self.around["totals"][name] for name in self.sums]
        return self.env._("Total"), values

    # -- groups ------------------------------------------------------------------------------------

    def read_groups(self, has_items=True):
        """Yield ``(name, values), rows of its items`` of each group, in the order of the screen.

        :param bool has_items: False: no items are read, and there are no rows
        """
        sums = [f"{name}:sum" for name in self.sums]
        groups = self.model._read_group(self.domain, [self.groupby], ["__count", *sums], order=self.groupby)
        keys = [self._get_key(group) for group, *_rest in groups]
        if self.groupby == "group_id":
            self.limits = self.model._read_limits([group.id for group, *_rest in groups])
        items = self._read_items(keys) if has_items else iter(())
        for group, count, *values in groups:
            self.group = group
            rows = [self._make_row(row) for row in itertools.islice(items, count)]
            yield (self._get_name(group), self.blank + values), rows
        next(items, None)  # the cursor is closed behind the last one

    def _get_key(self, group):
        return str(group.id or "") if isinstance(group, models.BaseModel) else str(group or "")

    def _get_name(self, group):
        if isinstance(group, models.BaseModel):
            name = group.sudo().display_name or self._get_without()  # as on the screen: names are no secret
            limit = self.limits.get(group.id) if self.groupby == "group_id" else None
            return self.env._("%(group)s (limit: %(limit)s)", group=name, limit=limit) if limit else name
        if self.groupby == "tags":
            return group or self._get_without()
        return dict(self.model._fields[self.groupby]._description_selection(self.env)).get(group, "")

    def _get_without(self):
        """Return what the group is called that has no customer, no salesperson, …: as on the screen."""
        return self.model._fields[self.groupby]._description_falsy_value_label(self.env) or self.env._("None")

    def _read_items(self, keys):
        """Yield the items in the order of the groups, a batch at a time."""
        model = self.model
        query = model._search(self.domain)
        key = SQL("COALESCE(%s::text, '')", model._field_to_sql(model._table, self.groupby, query))
        # looked up in a value: a join would be planned as if there were next to no items
        position = SQL("(%s::jsonb ->> %s)::int", json.dumps({name: number for number, name in enumerate(keys)}), key)
        query.order = SQL(
            "%s, %s, %s", position,
            model._field_to_sql(model._table, "date_due", query), model._field_to_sql(model._table, "id", query),
        )
        names = [name for name, _kind in self.item_columns] + list(self.sums) + ["move_id"]
        cr = self.env.cr
        cr.execute(SQL("SELECT set_config('cursor_tuple_fraction', '1', TRUE)"))  # all of them are wanted
        cr.execute(
            SQL(
                "DECLARE credit_aging NO SCROLL CURSOR FOR %s",
                query.select(*(model._field_to_sql(model._table, name, query) for name in names)),
            )
        )
        while rows := self._fetch(cr):
            self._learn_names(rows)
            yield from rows
        cr.execute(SQL("CLOSE credit_aging"))

    def _fetch(self, cr):
        cr.execute(SQL("FETCH %s FROM credit_aging", BATCH))
        return cr.fetchall()

    def _learn_names(self, rows):
        self.names = {}
        # whoever sees an item sees what it is called
        moves = self.env["account.move"].sudo().browse({row[-1] for row in rows if row[-1]})
        self.found_numbers = moves._credit_read_numbers()
        for number, (name, _kind) in enumerate(self.item_columns):
            field = self.model._fields[name]
            if field.type == "many2one":
                ids = {row[number] for row in rows if row[number]}
                records = self.env[field.comodel_name].sudo().browse(ids)  # as on the screen
                self.names[number] = {record.id: record.display_name for record in records}

    def _make_row(self, row):
        *row, move_id = row
        values = [
            self.names[number].get(value, "") if number in self.names else value for number, value in enumerate(row)
        ]
        known = self.found_numbers.get(move_id, {})
        place = len(self.item_columns)
        values[place:place] = [known.get(number.name) for number in self.numbers]
        return [float(value) if hasattr(value, "as_tuple") else value for value in values]

    # -- what was asked for ------------------------------------------------------------------------

    def list_asked(self):
        """Return ``{name: (label, value)}`` of what was asked for."""
        _, around = self.env._, self.around
        yes_no = {True: _("Yes"), False: _("No")}
        return {
            "as_of": (_("As of"), format_date(self.env, around["as_of"])),
            "companies": (_("Companies"), ", ".join(self.summary.companies.mapped("name"))),
            "columns": (_("Columns"), self.model._get_asked_buckets().name),
            "basis": (_("Counted from"), around["basis_text"]),
            "is_netted": (_("Credits netted"), yes_no[around["is_netted"]]),
            "is_mixed": (_("In document currency"), yes_no[self.is_mixed]),
            "currency": (_("Currency"), self.model._get_shown_currency().name),
            "filter": (_("Filter"), domain_text(self.model, self.domain)),
            "count": (_("Open items"), str(around["count"])),
            "reader": (_("Read by"), self.env.user.name),
        }

    def list_parameters(self):
        """Return rows of what was asked for, and of the tie to the ledger."""
        _, around = self.env._, self.around
        rows = [
            *map(list, self.list_asked().values()),
            [_("Titles"), " · ".join(column["title"] for column in around["columns"])],
            *([_("Note"), note] for note in around["notes"]),
            *([row["label"], row["amount"]] for row in around["beside"]),
            [],
            [_("Account"), _("Open items"), _("Ledger"), _("Difference"), ""],
        ]
        return rows + [
            [row["account"], row["open"], row["ledger"], row["difference"], row["reason"]] for row in around["tie"]
        ]
