"""What came of a run: asked, covered, agreed, differing, not answered, tested otherwise; also as a workbook."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..aging_file.aging_sheet import AgingBook

COLUMNS = (
    ("partner_id", "text"), ("name", "text"), ("amount_total", "amount"), ("amount_advance", "amount"),
    ("amount_retained", "amount"), ("amount_sales", "amount"), ("date_sent", "date"), ("state", "text"),
    ("answer_name", "text"), ("answer_function", "text"), ("answer_method", "text"), ("answer_time", "date"),
    ("amount_difference", "amount"), ("answer_note", "text"), ("amount_received_since", "amount"),
    ("amount_unproved", "amount"), ("pdf_sha256", "text"),
)


def figure(label, text, is_amount=True):
    """Return a figure of the summary."""
    if is_amount:
        return fields.Monetary(label, currency_field="company_currency_id", compute="_compute_figures", help=text)
    return fields.Integer(label, compute="_compute_figures", help=text)


class CreditConfirmation(models.Model):
    _inherit = "credit.confirmation"

    letter_count = figure("Number of Letters", "How many customers are asked.", is_amount=False)
    amount_asked = figure("Asked For", "The balances that are to be confirmed, without credit balances.")
    percent_coverage = fields.Float(
        "Coverage (%)", compute="_compute_figures", help="The share of all that customers owe that is asked for."
    )
    agreed_count = figure("Agreed", "How many customers agree.", is_amount=False)
    amount_agreed = figure("Amount Agreed", "Balances that customers agree with.")
    differs_count = figure("Differs", "How many customers do not agree.", is_amount=False)
    amount_differs = figure("Amount of the Differences", "What we say less what customers say.")
    open_count = figure("Not Answered", "How many letters have no answer yet.", is_amount=False)
    amount_open = figure("Amount Not Answered", "Balances of letters that have no answer yet.")
    tested_count = figure("Tested Otherwise", "How many balances were tested otherwise.", is_amount=False)
    amount_tested = figure("Amount Tested", "What the tests found: received since the day, or proved by deliveries.")

    @api.depends("letter_ids.state", "letter_ids.amount_total", "letter_ids.is_tested", "population")
    def _compute_figures(self):
        for run in self:
            owed = sum(balance for balance in (run.population or {}).values() if balance > 0)
            parts = run._split_letters()
            run.letter_count = len(run.letter_ids)
            run.amount_asked = sum(max(letter.amount_total, 0.0) for letter in run.letter_ids)
            run.percent_coverage = 100 * run.amount_asked / owed if owed else 0.0
            for name, letters in parts.items():
                run[f"{name}_count"] = len(letters)
            run.amount_agreed, run.amount_open = (
                sum(parts[name].mapped("amount_total")) for name in ("agreed", "open")
            )
            run.amount_differs = sum(parts["differs"].mapped("amount_difference"))
            run.amount_tested = sum(
                max(letter.amount_total, 0.0) - letter.amount_unproved for letter in parts["tested"]
            )

    def _split_letters(self):
        """Return the letters by what came of them; what was tested otherwise is not waited for."""
        letters = self.letter_ids
        tested = letters.filtered("is_tested")
        return {
            "agreed": letters.filtered(lambda letter: letter.state == "agreed"),
            "differs": letters.filtered(lambda letter: letter.state == "differs"),
            "tested": tested,
            "open": letters.filtered(lambda letter: letter.state in ("draft", "sent", "no_answer")) - tested,
        }

    # -- workbook ----------------------------------------------------------------------------------

    def _write_xlsx(self, file):
        """Write the run as a workbook for the auditor: letters by what came of them, sample, and population."""
        self.ensure_one()
        label = self.env["credit.statement"]._fields
        columns = [(label[name]._description_string(self.env), kind) for name, kind in COLUMNS]
        book = AgingBook(file, self.env._("Letters"), columns, self.company_currency_id.decimal_places)
        kept = self.env["credit.statement"]
        for name, found in self._split_letters().items():
            letters = found - kept
            kept |= letters
            if letters:
                rows = [self._make_row(letter) for letter in letters.sorted("name")]
                sums = [
                    self.company_currency_id.round(sum(letters.mapped(field))) if kind == "amount" else None
                    for field, kind in COLUMNS
                ]
                book.add_group(self._fields[f"{name}_count"]._description_string(self.env), sums, rows)
        book.add_parameters(self.env._("Run"), self._list_parameters())
        book.add_parameters(self.env._("Population"), self._list_population())
        book.close()

    def _make_row(self, letter):
        labels = {
            name: dict(letter._fields[name]._description_selection(self.env)) for name in ("state", "answer_method")
        }
        values = [letter[name] for name, _kind in COLUMNS]
        return [
            value.display_name if isinstance(value, models.BaseModel)
            else labels[name].get(value) if name in labels
            else letter.company_id._credit_day_of(value) if name == "answer_time" and value
            else value
            for value, (name, _kind) in zip(values, COLUMNS, strict=True)
        ]

    def _list_parameters(self):
        label = {name: field._description_string(self.env) for name, field in self._fields.items()}
        sample = dict(self._fields["sample"]._description_selection(self.env))[self.sample]
        value = {"largest": "sample_count", "random": "sample_count", "amount": "sample_amount",
                 "coverage": "sample_percent"}[self.sample]
        figures = (
            "seed", "zero_count", "credit_count", "amount_population", "letter_count", "amount_asked",
            "percent_coverage", "agreed_count", "amount_agreed", "differs_count", "amount_differs", "open_count",
            "amount_open", "tested_count", "amount_tested",
        )
        return [
            [label["name"], self.name],
            [label["company_id"], self.company_id.sudo().name],  # that of a branch may not be among the user's
            [label["date"], format_date(self.env, self.date)],
            [label["auditor_name"], self.auditor_name],
            [label["sample"], sample],
            [label[value], self[value]],
            *([label[name], self[name]] for name in figures),
        ]

    def _list_population(self):
        """Return all balances by ID, the order in which chance draws from them."""
        balances = {int(key): balance for key, balance in (self.population or {}).items()}
        partners = self.env["res.partner"].sudo().browse(sorted(balances)).exists()  # of the whole company
        return [[partner.display_name, partner.id, balances[partner.id]] for partner in partners]
