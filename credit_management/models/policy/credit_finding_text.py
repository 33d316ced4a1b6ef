"""The sentence of each finding, in one place: what is wrong, the rule, the numbers."""

from odoo import api, models
from odoo.tools import format_date, formatLang

# figure → how it is written; what is not named here is written as it is
MONEY = {
    "exposure", "limit", "over", "overdue", "amount", "document", "deposit", "prepaid", "missing",
}  # fmt: skip
GROUP_MONEY = {"group_exposure", "group_limit", "group_over"}
PERCENT = {"utilisation", "percent", "share", "discount"}


class CreditFindingText(models.AbstractModel):
    _name = "credit.finding.text"
    _description = "Sentences of credit findings"

    @api.model
    def _get_texts(self):
        """Return ``{criterion: sentence}``; an add-on with a criterion of its own extends it."""
        _ = self.env._
        return {
            "limit_exceeded": _("Exposure would reach %(exposure)s for a limit of %(limit)s (over by %(over)s)."),
            "group_limit_exceeded": _(
                "Exposure of credit group %(group)s would reach %(group_exposure)s for a limit of "
                "%(group_limit)s (over by %(group_over)s)."
            ),
            "utilisation": _("%(utilisation)s of the limit of %(limit)s would be used; the threshold is %(percent)s."),
            "limit_missing": _("No credit limit is set up for this customer; exposure would be %(exposure)s."),
            "overdue_days": _(
                "%(overdue)s is overdue for more than %(days_allowed)s days; the oldest item for %(days)s days."
            ),
            "overdue_amount": _("%(overdue)s is overdue (%(share)s of the exposure)."),
            "oldest_item": _("The oldest open item is %(days)s days old; %(days_allowed)s are allowed."),
            "document_amount": _("The document amounts to %(document)s; from %(amount)s on it needs a decision."),
            "terms_longer": _("The payment terms run for %(days)s days; %(days_allowed)s are allowed."),
            "terms_better": _(
                "The payment terms run for %(days)s days with a cash discount of %(discount)s; "
                "%(days_allowed)s days and %(percent)s are agreed with the customer."
            ),
            "discount_better": _("A discount of %(discount)s is given; %(percent)s is allowed."),
            "deposit_missing": _(
                "A deposit of %(deposit)s (%(percent)s) is required; %(prepaid)s was received, %(missing)s is missing."
            ),
            "domain": _("The customer matches a condition of the policy."),
            "forced_hold": _("Stopped whatever the figures say: %(reason)s"),
            **self._get_customer_texts(),
        }

    @api.model
    def _get_customer_texts(self):
        """Return the sentences about the customer itself; ``.ahead``: the last day is still to come."""
        _ = self.env._
        return {
            "account_status": _("The account status is %(status)s."),
            "review_expired": _("The credit review was due on %(date)s."),
            "review_expired.ahead": _("The credit review is due on %(date)s."),
            "limit_expired": _("The credit limit expired on %(date)s."),
            "limit_expired.ahead": _("The credit limit expires on %(date)s."),
            "cover_expired": _("The customer's cover expired on %(date)s."),
            "cover_expired.ahead": _("The customer's cover expires on %(date)s."),
            "cover_expired.blank": _("The customer has no cover."),
            "dunning_level": _(
                "The customer is at dunning level %(level)s; from level %(level_allowed)s on it counts."
            ),
            "broken_promise": _(
                "%(missing)s is missing of broken promises (%(promises)s); the oldest was due %(days)s days ago."
            ),
            "no_payment": _("Nothing was paid for %(days)s days; %(days_allowed)s are allowed."),
            "payment_index": _("The payment index is %(index)s; at least %(index_allowed)s is required."),
        }

    @api.model
    def _render_all(self, findings, company):
        """Return the sentences of findings (dicts with ``criterion`` and ``figures``)."""
        texts = self._get_texts()
        return [
            texts[self._get_key(texts, finding)] % self._format_figures(finding["figures"], company)
            for finding in findings
            if finding["criterion"] in texts
        ]

    @api.model
    def _get_key(self, texts, finding):
        """Return which sentence fits: a last day may lie ahead, or there may be none."""
        figures = finding["figures"]
        variant = "blank" if figures.get("date") == "" else "ahead" if figures.get("days", 1) <= 0 else ""
        key = f"{finding['criterion']}.{variant}"
        return key if key in texts else finding["criterion"]

    @api.model
    def _format_figures(self, figures, company):
        group_currency = self.env["res.currency"].browse(figures.get("group_currency_id") or company.currency_id.id)
        return {name: self._format_figure(name, value, company.currency_id, group_currency)
                for name, value in figures.items()}  # fmt: skip

    @api.model
    def _format_figure(self, name, value, currency, group_currency):
        if name in MONEY:
            return formatLang(self.env, value, currency_obj=currency)
        if name in GROUP_MONEY:
            return formatLang(self.env, value, currency_obj=group_currency)
        if name in PERCENT:
            return f"{formatLang(self.env, value, digits=1)} %"
        if name == "date":
            return format_date(self.env, value) if value else self.env._("(no date)")
        if name == "status":
            selection = self.env["credit.profile"]._fields["account_status"]._description_selection(self.env)
            return dict(selection).get(value, value)
        return value
