"""What financial statements say: ratios and Altman's Z″, each with its answer or why it has none."""

from odoo import api, fields, models
from odoo.tools import formatLang
from odoo.tools.translate import LazyTranslate

from ...engine import financials as engine
from .credit_financials import AMOUNTS

_lt = LazyTranslate(__name__)
UNBALANCED = "unbalanced"
ZONES = [(engine.SAFE, "Safe"), (engine.GREY, "Gray Zone"), (engine.DISTRESS, "Distress")]
# label, how the figure is written, how it is reckoned
RATIOS = {
    "current": (_lt("Current Ratio"), "%s", _lt("Current assets ÷ current liabilities")),
    "quick": (_lt("Quick Ratio"), "%s", _lt("Current assets without inventories ÷ current liabilities")),
    "equity_share": (_lt("Equity Share"), "%s %%", _lt("Equity ÷ assets")),
    "debt_to_equity": (_lt("Debt to Equity"), "%s", _lt("Liabilities ÷ equity")),
    "profit_on_sales": (_lt("Profit on Sales"), "%s %%", _lt("Net profit ÷ sales")),
    "return_on_assets": (_lt("Return on Assets"), "%s %%", _lt("EBIT ÷ assets")),
    "interest_cover": (_lt("Interest Cover"), "%s", _lt("EBIT ÷ interest expense")),
    "cash_flow_to_debt": (_lt("Cash Flow to Debt"), "%s %%", _lt("Operating cash flow ÷ liabilities")),
    "days_receivables": (_lt("Days of Receivables"), "%s", _lt("Trade receivables × 365 ÷ sales")),
}
TERMS = {
    "working_capital": _lt("Net current assets ÷ assets × 6.56"),
    "retained_earnings": _lt("Retained earnings ÷ assets × 3.26"),
    "ebit": _lt("EBIT ÷ assets × 6.72"),
    "equity": _lt("Equity ÷ liabilities × 1.05"),
}


class CreditFinancials(models.Model):
    _inherit = "credit.financials"

    altman_zone = fields.Selection(
        ZONES, "Zone", compute="_compute_figures",
        help="Safe: Z″ above 2.6. Distress: below 1.1. Gray: in between.",
    )
    altman_text = fields.Char("Altman Z″", compute="_compute_figures", help="Z″ with its zone, or why there is none.")
    altman_figures = fields.Json("Altman Z″ and Its Terms", compute="_compute_figures", help="Its terms add up to it.")
    ratio_figures = fields.Json("Ratios", compute="_compute_figures", help="Each with its answer, or why it has none.")
    amount_assets = fields.Monetary("Assets", compute="_compute_figures", help="Total assets.")
    amount_equity = fields.Monetary("Equity", compute="_compute_figures", help="Total equity.")
    amount_sales = fields.Monetary("Sales", compute="_compute_figures", help="Sales of the year.")
    items_entered = fields.Json("Entered", compute="_compute_figures", help="What nobody entered is not 0.")

    @api.depends(*AMOUNTS, "currency_id")
    @api.depends_context("lang")
    def _compute_figures(self):
        for financials in self:
            amounts, altman = financials._get_financials(), financials._get_altman()
            financials.update(
                {
                    "altman_zone": altman.zone or False,
                    "altman_text": financials._write_altman(altman),
                    "altman_figures": financials._prepare_altman(altman),
                    "ratio_figures": [financials._prepare_ratio(ratio) for ratio in financials._get_ratios()],
                    "items_entered": [item for item in amounts.names() if not amounts.missing(item)],
                    **{f"amount_{name}": getattr(amounts, name) or 0.0 for name in ("assets", "equity", "sales")},
                }
            )

    def _get_altman(self):
        """Return Altman's Z″ of the statements; none where they do not balance."""
        return engine.Altman(reason=UNBALANCED) if self._get_difference() else engine.altman(self._get_financials())

    def _get_ratios(self):
        """Return the ratios of the statements; none has an answer where they do not balance."""
        if self._get_difference():
            return [engine.Ratio(key, reason=UNBALANCED) for key in RATIOS]
        return engine.ratios(self._get_financials())

    # -- in words ----------------------------------------------------------------------------------

    def _write_amount(self, amount):
        currency = self.currency_id or self.env.company.currency_id
        return "–" if amount is None else currency.format(amount)

    def _write_altman(self, altman):
        if altman.value is None:
            return self._write_reason(altman)
        return f"{formatLang(self.env, altman.value, digits=2)} · {self._get_zone_label(altman)}"

    def _get_zone_label(self, altman):
        return dict(self._fields["altman_zone"]._description_selection(self.env))[altman.zone]

    def _write_reason(self, found):
        """Return in words why a figure has no answer."""
        return self._write_lack(found.reason, found.of)

    def _write_lack(self, reason, names):
        """Return in words why a figure has no answer.

        :param str reason: of the engine
        :param names: the amounts that it is about
        """
        labels = self._get_item_labels()
        items = ", ".join(labels[name] for name in names)
        if reason == engine.MISSING:
            return self.env._("Not entered: %(items)s", items=items)
        if reason == engine.ZERO:
            return self.env._("%(items)s: 0", items=items)
        if reason == engine.NEGATIVE:
            return self.env._("%(items)s: negative", items=items)
        if reason == engine.NO_LIABILITIES:
            return self.env._("Safe: nothing is owed, so there is no figure")
        if not self:
            return self.env._("Assets differ from equity and liabilities")
        money = self._write_amount(self._get_difference())
        return self.env._("Assets differ from equity and liabilities by %(difference)s", difference=money)

    def _prepare_ratio(self, ratio):
        label, form, formula = RATIOS[ratio.key]
        has_answer = ratio.value is not None
        return {
            "name": ratio.key,
            "label": self.env._(label),
            "text": form % formatLang(self.env, ratio.value, digits=2) if has_answer else "–",
            "note": self.env._(formula) if has_answer else self._write_reason(ratio),
            "is_missing": not has_answer,
        }

    def _prepare_altman(self, altman):
        """Return the rows of Z″: its terms, which add up to it."""
        has_answer = altman.value is not None
        whole = {
            "name": "altman", "label": self.env._("Altman Z″"), "is_total": True, "is_missing": not has_answer,
            "text": formatLang(self.env, altman.value, digits=2) if has_answer else "–",
            "note": self._get_zone_label(altman) if has_answer else self._write_reason(altman),
        }
        return [*(self._prepare_term(name, term, altman) for name, term in (altman.terms or {}).items()), whole]

    def _prepare_term(self, name, term, altman):
        return {
            "name": name,
            "label": self.env._(TERMS[name]),
            "text": formatLang(self.env, term, digits=3),
            "note": self.env._("Negative, and counts as it is") if name in altman.negative else "",
        }
