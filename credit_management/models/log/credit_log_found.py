"""What was found for each rule that was tested, hit or not: read from the facts of then."""

from collections import defaultdict

from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

NOTHING = "–"
LIMITS = {"none": _lt("no limit"), "unlimited": _lt("unlimited")}


class CreditLog(models.Model):
    _inherit = "credit.log"

    def _get_found(self, entry):
        """Return what was found for a criterion, in words; empty where that was not kept.

        :param Criterion entry: the criterion, None when its add-on is gone
        """
        if not entry or not entry.found or not self.facts:
            return ""
        known = {name: text for name, text in self._get_found_figures().items() if text}
        if not any(f"%({name})s" in str(entry.found) for name in known):
            return NOTHING
        text = entry.found if isinstance(entry.found, str) else self.env._(entry.found)
        return text % defaultdict(lambda: NOTHING, known)

    def _get_found_figures(self):
        """Return ``{name: text}`` of what the criteria say in `found`; what is empty was not known.

        Hook: an add-on adds what its own criteria look at.
        """
        facts, document = self.facts, self.facts.get("document") or {}
        hit = {finding["criterion"]: finding["figures"] for finding in self.findings or []}
        return {
            **self._get_found_money(facts, hit),
            **self._get_found_days(facts),
            "level": str(facts.get("dunning_level") or 0),
            "status": self._format_found("status", facts.get("account_status")),
            "index": self._format_number(facts.get("payment_index")),
            "document": self._format_found("money", self.amount),
            "prepaid": self._format_found("money", document.get("amount_prepaid")),
            "terms": self._format_number(document.get("days_terms")),
            "cash_discount": self._format_found("percent", document.get("percent_cash_discount")),
            "agreed": self._format_number((facts.get("terms") or {}).get("days")),
            "reason": self._format_found("words", hit.get("forced_hold", {}).get("reason")),
            "own_cap": self._format_found("money", hit.get("own_cap", {}).get("amount")),
            "discount": self._format_found("percent", hit.get("discount_better", {}).get("discount")),
        }

    def _get_found_money(self, facts, hit):
        limit, group = facts.get("limit") or {}, facts.get("group") or {}
        figures = {"group_currency_id": group.get("currency_id")}
        after, amount = self.amount_exposure_after, limit.get("amount")
        is_amount = limit.get("kind") == "amount"
        return {
            "exposure": self._format_found("money", after),
            "limit": self._format_limit(limit, "money", figures),
            "utilisation": self._format_found("percent", 100 * after / amount if is_amount and amount else None),
            "group_exposure": group and self._format_found("group_money", facts.get("group_exposure_after"), figures),
            "group_limit": group and self._format_limit(group["limit"], "group_money", figures),
            "overdue": self._format_found("money", sum(item["amount"] for item in facts.get("overdue") or [])),
            "missing": self._format_found("money", sum(item["amount"] for item in facts.get("promises_broken") or [])),
        }

    def _get_found_days(self, facts):
        return {
            "days_overdue": str(max((item["days"] for item in facts.get("overdue") or []), default=0)),
            "days_oldest": self._format_number(facts.get("days_oldest_item")),
            "days_payment": self._format_number(facts.get("days_since_payment")),
            **{name: facts.get(name) and self._format_found("date", facts[name])
               for name in ("date_cover_expiry", "date_review_next", "date_limit_expiry")},
        }

    def _format_limit(self, limit, kind, figures):
        if limit.get("kind") == "amount":
            return self._format_found(kind, limit["amount"], figures)
        text = LIMITS.get(limit.get("kind"))
        return self.env._(text) if text else ""

    def _format_found(self, kind, value, figures=None):
        if value is None:
            return ""
        # a row names its currency as a company does: the company may be gone
        return getattr(self.env["credit.finding.text"], f"_format_{kind}")(value, figures or {}, self)

    @api.model
    def _format_number(self, value):
        return "" if value is None else f"{value:g}"
