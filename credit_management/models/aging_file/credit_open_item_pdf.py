"""An aging on paper: what an accountant signs and files."""

from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime, get_lang

from .aging_pdf import AgingPdf, Words
from .credit_open_item_export import AgingExport

ITEM_FIELDS = ("document_name", "partner_id", "date_document", "date_due", "days_late")


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    @api.model
    def _write_pdf(self, file, domain=(), groupby="partner_id"):
        """Write aged receivables as pages: a row per group."""
        AgingPaper(self, domain, groupby).draw(file)

    @api.model
    def _write_pdf_items(self, file, domain=(), groupby="partner_id"):
        """Write aged receivables as pages: each group with its open items."""
        AgingPaper(self, domain, groupby).draw(file, has_items=True)


class AgingPaper(AgingExport):
    """What stands on the pages, as texts of the reader's language."""

    def draw(self, file, has_items=False):
        """Draw the pages.

        :param bool has_items: whether groups have their open items below them
        """
        self.lang = self.env["res.lang"].browse(get_lang(self.env).id)
        self.dates, self.item_fields = {}, self._list_item_fields() if has_items else ()
        paper = AgingPdf(
            file, self._make_words(), self._list_paper_columns(), self._get_writer(self._get_own_places()),
        )
        for (name, values), items in self.read_groups(has_items):
            self._write_group(paper, name, values, items if has_items else None)
        if self.total:
            paper.add_total(self.total[0], self._choose(self.total[1]))
        paper.add_lines(self._list_lines())
        paper.close()

    def _write_group(self, paper, name, values, items):
        if self.is_mixed:
            paper.write_amount = self._get_writer(self.group.decimal_places)
        rows = None if items is None else [self._make_paper_row(item) for item in items]
        paper.add_group(name, self._choose(values), rows)
        if self.is_mixed:
            paper.start_over()  # one currency is not carried to the next

    # -- columns -----------------------------------------------------------------------------------

    def _list_item_fields(self):
        found = dict(self.item_columns)
        return [name for name in ITEM_FIELDS if name in found and name != self.groupby]

    def _list_paper_columns(self):
        """Return ``[(title, kind, widest text)]``: names, of items what identifies them, then the amounts."""
        kinds = dict(self.item_columns)
        first = self._label(self.groupby.split(":")[0])
        if self.item_fields:
            first += f" / {self._label(self.item_fields[0])}"
        texts = [(self._label(name), kinds[name], "") for name in self.item_fields[1:]]
        totals = self.around["totals"]
        write = self._get_writer(self._get_own_places())
        longest = write(-sum(abs(totals[name]) for name in self.sums if name != "amount_total"))
        return [
            (first, "text", ""), *texts,
            *((title, "amount", longest if name == "amount_total" or self.is_mixed else write(-abs(totals[name])))
              for name, title in self.sums.items()),
        ]

    def _choose(self, values):
        """Return the values of a group behind its name."""
        return [None] * max(len(self.item_fields) - 1, 0) + values[-len(self.sums):]

    def _make_paper_row(self, item):
        found = dict(zip((name for name, _kind in self.item_columns), item, strict=False))
        texts = [self._write_text(found[name]) for name in self.item_fields]
        return [f"    {texts[0]}", *texts[1:], *item[-len(self.sums):]]

    def _write_text(self, value):
        if isinstance(value, date):
            if value not in self.dates:
                self.dates[value] = value.strftime(self.lang.date_format)  # many times faster than by locale
            return self.dates[value]
        return str(value or "")

    def _get_own_places(self):
        return self.model._get_shown_currency().decimal_places

    def _get_writer(self, places):
        """Return what writes an amount: zero is left out, so that what there is stands out."""
        def write(value):
            rounded = round(value or 0.0, places)
            return self.lang.format(f"%.{places}f", rounded, grouping=True) if rounded else ""

        return write

    # -- around the figures ------------------------------------------------------------------------

    def _make_words(self):
        _ = self.env._
        return Words(
            title=_("Aged Receivables as of %(day)s", day=format_date(self.env, self.around["as_of"])),
            company=", ".join(self.summary.companies.mapped("name")),
            facts=tuple(self._list_facts()),
            printed=_("Printed on %(time)s by %(user)s", user=self.env.user.name,
                      time=format_datetime(self.env, fields.Datetime.now(), dt_format="short")),
            page=lambda page, pages: _("Page %(page)s of %(pages)s", page=page, pages=pages),
            carried=_("Carried forward"),
            brought=_("Brought forward"),
        )

    def _list_facts(self):
        asked, pair = self.list_asked(), self.env._("%(label)s: %(value)s")
        shown = ["basis", "columns", "is_mixed" if self.is_mixed else "currency", "is_netted", "count"]
        said = {name: pair % {"label": label, "value": value} for name, (label, value) in asked.items()}
        yield " · ".join(said[name] for name in shown)
        if asked["filter"][1]:
            yield said["filter"]
        if self.around["notes"]:
            yield " · ".join(self.around["notes"])

    def _list_lines(self):
        """Return ``[(mark, sentence)]`` of the tie to the ledger, and of what stands beside the columns."""
        lines = [(not row["difference"], self._write_tie(row)) for row in self.around["tie"]]
        currency = self.model._get_shown_currency()
        beside = [f"{row['label']} {currency.format(row['amount'])}" for row in self.around["beside"]]
        if beside:
            lines.append((None, self.env._("Beside the columns: %s", " · ".join(beside))))
        return lines

    def _write_tie(self, row):
        currency = self.env["res.currency"].browse(row["currency_id"])
        values = {
            "account": row["account"], "amount": currency.format(row["ledger"]), "reason": row["reason"],
            "difference": currency.format(row["difference"]),
        }
        if not row["difference"]:
            return self.env._("Ties to %(account)s: %(amount)s", **values)
        return self.env._("Differs from %(account)s (%(amount)s) by %(difference)s. %(reason)s", **values)
