"""Factors of the credit file: what its financial statements say, and what people have classed it as."""

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine import financials as engine
from ...engine.scoring import BEST, NO_DATA, Value
from ..financials.credit_financials_figures import RATIOS, UNBALANCED
from .factor import KEPT_NOT, MONEY, MONTHS, PERCENT, WORD, Factor

_lt = LazyTranslate(__name__)
YEARS_VALID = 2  # older financial statements say nothing of today
NO_STATEMENT = _lt("No financial statements of the last two years")
STATEMENT = "statement"  # begins the reason of a figure that financial statements have no answer for
SHARES = {"equity_share", "profit_on_sales", "return_on_assets", "cash_flow_to_debt"}  # in percent
UNKNOWN = _lt("Nobody has said")


def _read_statements(model, profiles, day):
    return model._read_statements(profiles, day)


def _read_words(model, profiles, day):
    return model._read_words(profiles, day)


def _get_yes_no(env):
    return {"yes": env._("Yes"), "no": env._("No")}


def _get_choices(name):
    return lambda env: dict(env["credit.profile"]._fields[name]._description_selection(env))


FACTORS = (
    *(Factor(key, label, NO_STATEMENT, unit=PERCENT if key in SHARES else "number", digits=2, read=_read_statements)
      for key, (label, _form, _formula) in RATIOS.items()),
    Factor("altman", _lt("Altman Z″"), NO_STATEMENT, digits=2, read=_read_statements),
    Factor("net_worth", _lt("Net Worth"), NO_STATEMENT, unit=MONEY, digits=2, read=_read_statements),
    Factor("statement_age", _lt("Age of the Financial Statements (months)"), NO_STATEMENT, unit=MONTHS,
           read=_read_statements),
    Factor("audited", _lt("Financial Statements Are Audited"), NO_STATEMENT, unit=WORD, read=_read_statements,
           words=_get_yes_no),
    Factor("legal_class", _lt("Legal Class"), UNKNOWN, unit=WORD, read=_read_words, words=_get_choices("legal_class")),
    Factor("account_status", _lt("Account Status"), UNKNOWN, unit=WORD, read=_read_words,
           words=_get_choices("account_status")),
    Factor("country", _lt("Country (Code)"), UNKNOWN, unit=WORD, read=_read_words),
    Factor("industry", _lt("Industry"), UNKNOWN, unit=WORD, read=_read_words),
    Factor("covered", _lt("Insured or Guaranteed"), UNKNOWN, unit=WORD, read=_read_words, words=_get_yes_no),
)


class CreditFactor(models.AbstractModel):
    _inherit = "credit.factor"

    @api.model
    def _get_factors(self):
        return {**super()._get_factors(), **{factor.name: factor for factor in FACTORS}}

    # -- financial statements ------------------------------------------------------------------------

    @api.model
    def _read_statements(self, profiles, day):
        """Return what the newest statements of each customer said that had been entered on a day, the audited ones of a
        year first."""
        names = [factor.name for factor in FACTORS if factor.read is _read_statements]
        found = {profile_id: dict.fromkeys(names, Value(None, NO_DATA)) for profile_id in profiles.ids}
        for profile_id, date_end, is_audited, rate, amounts in self._fetch_statements(profiles, day):
            found[profile_id] = self._judge(engine.Financials(**(amounts or {})), date_end, is_audited, rate, day)
        return found

    @api.model
    def _judge(self, amounts, date_end, is_audited, rate, day):
        """Return the values of one year."""
        gap = relativedelta(day, date_end)
        values = {
            "statement_age": Value(gap.years * 12 + gap.months), "audited": Value("yes" if is_audited else "no"),
        }
        if round(engine.difference(amounts) or 0.0, 2):
            reason = Value(None, f"{STATEMENT}:{UNBALANCED}")
            return {**values, **dict.fromkeys([*RATIOS, "altman", "net_worth"], reason)}
        altman, worth = engine.altman(amounts), amounts.equity
        return {
            **values,
            **{ratio.key: _to_value(ratio) for ratio in engine.ratios(amounts)},
            "altman": _to_altman(altman),
            "net_worth": Value(None, f"{STATEMENT}:missing:equity") if worth is None else Value(worth * rate),
        }

    @api.model
    def _fetch_statements(self, profiles, day):
        """Return ``[(profile id, year end, audited, rate, amounts)]``: the newest statements of each that has some."""
        self.env.flush_all()
        statement = SQL(
            """
            SELECT f.profile_id, f.date_end, f.is_audited, (%(rate)s)::float,
                   (SELECT jsonb_object_agg(l.item, l.amount) FROM credit_financials_line l
                     WHERE l.financials_id = f.id AND l.is_known AND l.item IS NOT NULL)
              FROM (SELECT DISTINCT ON (s.profile_id) s.* FROM credit_financials s
                      JOIN res_company c ON c.id = s.company_id
                     WHERE s.profile_id = ANY(%(profiles)s) AND s.date_end > %(since)s AND s.date_end <= %(day)s
                       AND %(entered)s <= %(day)s
                     ORDER BY s.profile_id, s.date_end DESC, s.is_audited DESC, s.id DESC) f
              JOIN res_company c ON c.id = f.company_id
            """,
            rate=self.env["credit.exposure"]._get_rate_sql(SQL("f.currency_id"), day),
            profiles=profiles.ids,
            since=day - relativedelta(years=YEARS_VALID),
            day=day,
            entered=self.env["res.company"]._credit_get_day_sql(SQL("s.create_date")),
        )
        return self.env.execute_query(statement)

    # -- words ---------------------------------------------------------------------------------------

    @api.model
    def _read_words(self, profiles, day):
        """Return what people have classed customers as: as it is now, for what stood there earlier is not kept."""
        names = [factor.name for factor in FACTORS if factor.read is _read_words]
        today = profiles.company_id[:1]._credit_today()
        if day < today:
            return {profile_id: dict.fromkeys(names, Value(None, f"{KEPT_NOT}:")) for profile_id in profiles.ids}
        covered = set(self.env["credit.cover"].sudo().search(  # figures are the customer's, whoever asks
            [("profile_id", "in", profiles.ids), ("state", "=", "valid")]).profile_id.ids)
        return {
            profile.id: {
                "legal_class": _word(profile.legal_class), "account_status": _word(profile.account_status),
                "country": _word(profile.partner_id.country_id.code),
                "industry": _word(profile.partner_id.industry_id.name),
                "covered": _word("yes" if profile.id in covered else "no"),
            }
            # in the language in which words of a scorecard are kept
            for profile in profiles.with_context(lang=None)
        }


def _word(word):
    return Value(word) if word else Value(None, NO_DATA)


def _to_value(found):
    """Return what the engine of financial statements found as a value, or why it has no answer."""
    if found.value is not None:
        return Value(found.value)
    return Value(None, ":".join([STATEMENT, found.reason, ",".join(found.of)]))


def _to_altman(altman):
    """Return Z″ as it is shown and as its zone is judged; who owes nothing has none, and is as safe as can be."""
    if altman.value is not None:
        return Value(round(altman.value, 2))
    found = _to_value(altman)
    return found._replace(reason=f"{BEST}{found.reason}") if altman.reason == engine.NO_LIABILITIES else found
