"""The thresholds of a rule in words: those that its criterion uses, and that say something."""

from odoo import api, models
from odoo.tools import formatLang
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# threshold of a rule → what is said of it beside the label of its criterion, which says "at or above"
TEXTS = {
    "percent": "%(value)s",
    "days": _lt("%(value)s days"),
    "level": _lt("level %(value)s"),
    "amount": "%(value)s",
    "days_ahead": _lt("%(value)s days ahead"),
    "days_grace": _lt("%(value)s days of grace"),
    "amount_tolerance": _lt("by more than %(value)s"),
    "domain": _lt("own condition"),
    "is_status_watch": _lt("on watch"),
    "is_status_stop": _lt("on stop"),
    "is_blank_hit": _lt("also without a date"),
}
# 0 is a threshold, of the others it is none
ALWAYS = {"percent", "days", "level", "amount"}


class CreditRuleText(models.AbstractModel):
    _name = "credit.rule.text"
    _description = "Thresholds of credit rules in words"

    @api.model
    def _write_thresholds(self, rule):
        """Return the thresholds that the criterion of a rule uses, separated by commas."""
        said = [name for name in TEXTS if name in rule._get_uses() and (name in ALWAYS or rule[name])]
        texts = {name: text if isinstance(text, str) else self.env._(text) for name, text in TEXTS.items()}
        return ", ".join(texts[name] % {"value": self._write_value(rule, name)} for name in said)

    @api.model
    def _write_value(self, rule, name):
        if rule._fields[name].type == "monetary":
            return formatLang(self.env, rule[name], currency_obj=rule.currency_id)
        if name == "percent":
            return f"{rule.percent:g}{rule._get_criterion().unit}"
        return f"{rule[name]:g}" if rule._fields[name].type == "integer" else ""
