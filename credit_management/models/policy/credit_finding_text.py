"""The sentence of each finding: what is wrong, the rule, the numbers, as its criterion writes them."""

from odoo import api, models
from odoo.tools import format_date, formatLang

from ..record.words import read_words


class CreditFindingText(models.AbstractModel):
    _name = "credit.finding.text"
    _description = "Sentences of credit findings"

    @api.model
    def _render_all(self, findings, company):
        """Return the sentences of findings (dicts with ``criterion`` and ``figures``)."""
        entries = self.env["credit.criterion"]._get_by_name()
        return [self._render(finding, entries.get(finding["criterion"]), company) for finding in findings]

    @api.model
    def _render(self, finding, entry, company):
        """Return the sentence of a finding; its name and figures when its criterion is gone."""
        if not entry:
            return self._render_unknown(finding)
        sentence = self.env._(self._get_sentence(entry, finding["figures"]))
        return sentence % self._format_figures(entry, finding["figures"], company)

    @api.model
    def _render_unknown(self, finding):
        figures = ", ".join(f"{name}: {value}" for name, value in finding["figures"].items())
        return f"{finding['criterion']} ({figures})" if figures else finding["criterion"]

    @api.model
    def _get_sentence(self, entry, figures):
        """Return which sentence fits: a last day may lie ahead, or there may be none; a limit may be 0."""
        if entry.sentence_zero and figures.get("limit") == 0:
            return entry.sentence_zero
        if figures.get("date") == "":
            return entry.sentence_blank or entry.sentence
        is_ahead = figures.get("days", 1) <= 0
        return (is_ahead and entry.sentence_ahead) or entry.sentence

    @api.model
    def _format_figures(self, entry, figures, company):
        """Return the figures as text: each by the ``_format_…`` that its criterion names, or as it is."""
        written = dict(figures)
        for name, kind in entry.figures.items():
            if name in figures:
                written[name] = getattr(self, f"_format_{kind}")(figures[name], figures, company)
        return written

    @api.model
    def _format_money(self, value, _figures, company):
        return formatLang(self.env, value, currency_obj=company.currency_id)

    @api.model
    def _format_group_money(self, value, figures, company):
        currency = self.env["res.currency"].browse(figures.get("group_currency_id") or company.currency_id.id)
        return formatLang(self.env, value, currency_obj=currency)

    @api.model
    def _format_words(self, value, _figures, _company):
        """What somebody wrote, or chose as a reason: the sentence around it brings the full stop."""
        return self.env["credit.reason"]._read_code(read_words(self.env, value)).rstrip(" .。!！")

    @api.model
    def _format_percent(self, value, _figures, _company):
        return f"{formatLang(self.env, value, digits=1)} %"

    @api.model
    def _format_share(self, value, figures, company):
        """A percentage; and for whom it is asked, where a rule of the policy says so."""
        percent = self._format_percent(value, figures, company)
        return ": ".join(filter(None, (percent, read_words(self.env, figures.get("rule")))))

    @api.model
    def _format_date(self, value, _figures, _company):
        return format_date(self.env, value) if value else self.env._("(no date)")

    @api.model
    def _format_status(self, value, _figures, _company):
        selection = self.env["credit.profile"]._fields["account_status"]._description_selection(self.env)
        return dict(selection).get(value, value)
