"""The day of a company: one "today" for everybody who asks, wherever they sit (信用日).

Due, late, valid, expired, promised: every day of credit management is a day of the company that grants the
credit. It follows from the moment of the transaction and from the time zone of the company: never from the user, nor
from a context, so that two users in two zones get one decision.
"""

from collections import Counter
from datetime import datetime

import pytz
from babel.dates import format_skeleton
from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.addons.base.models.res_partner import _tz_get
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import get_lang

# Countries with several zones of which one is the legal time everywhere.
LEGAL_ZONES = {"CN": "Asia/Shanghai"}


def write_day(env, day, today):
    """Return a day as Odoo's screens write it: with the year where it is another one than today's."""
    return format_skeleton("MMMd" if day.year == today.year else "yMMMd", day, locale=get_lang(env).code)


def of_today(name, label, condition, help_text, depends=()):
    """Return a yes/no field that follows from today in the company of the record, found by searching too.

    Filters and domains cannot say "today": that is the day of whoever looks.

    :param condition: returns, for a day, the `Domain` of the records that it is true of
    """

    @api.depends("company_id", *depends)
    def compute(records):
        hits = records.filtered(
            lambda record: record.company_id and record.filtered_domain(condition(record.company_id._credit_today()))
        )
        for record in records:
            record[name] = record in hits

    def search(records, operator, value):
        if operator != "in":
            return NotImplemented
        days = records.env["res.company"]._credit_get_days()
        return Domain.OR(Domain("company_id", "in", ids) & condition(day) for day, ids in days.items())

    return fields.Boolean(label, compute=compute, search=search, help=help_text)


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_tz = fields.Selection(
        _tz_get,
        "Time Zone of Credit",
        compute="_compute_credit_tz",
        store=True,
        readonly=False,
        help="Days of credit begin and end at midnight of this time zone, whoever looks from wherever: due dates, "
        "temporary limits, releases, promises. A branch has the one of its head office.",
    )
    credit_is_tz_confirmed = fields.Boolean(
        "Time Zone Confirmed", help="Somebody has looked at the time zone that was found at installation."
    )

    @api.depends("parent_id")
    def _compute_credit_tz(self):
        for company in self:
            company.credit_tz = company.root_id.credit_tz or company.root_id._credit_find_tz()

    def _credit_find_tz(self):
        """Return the time zone that the address says, else that of most users, else of the working hours, else UTC."""
        self.ensure_one()
        # whoever sets the company up need not see its users
        people = self.env["res.users"].sudo().search([("company_id", "=", self.id), ("share", "=", False)])
        found = Counter(filter(None, people.mapped("tz"))).most_common(1)
        candidates = (
            self._credit_get_zone_of(self.country_id), found and found[0][0], self.resource_calendar_id.tz,
            self.partner_id.tz,
        )
        return next(filter(None, candidates), "UTC")

    @api.model
    def _credit_get_zone_of(self, country):
        """Return the zone of a country, or None where its clocks differ."""
        code = country.code or ""
        zones = [LEGAL_ZONES[code]] if code in LEGAL_ZONES else pytz.country_timezones.get(code, [])
        return zones[0] if zones and self._credit_share_clock(zones) else None

    @api.model
    def _credit_share_clock(self, zones):
        """Tell whether clocks of these zones show the same time, in winter and in summer."""
        clocks = {tuple(pytz.timezone(zone).utcoffset(datetime(2026, month, 1)) for month in (1, 7)) for zone in zones}
        return len(clocks) == 1

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new company has its day."""
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        """Override of `base`: a time zone that somebody sets is one that somebody has looked at."""
        if vals.get("credit_tz"):
            vals = {"credit_is_tz_confirmed": True, **vals}
        result = super().write(vals)
        if {"credit_tz", "parent_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _credit_get_zones(self):
        """Return ``{company id: name of its time zone}`` of all companies; a branch has that of its head office."""
        # every user's document asks for the day of its company
        companies = self.sudo().search([])  # pylint: disable=no-search-all
        return {company.id: company.root_id.credit_tz or "UTC" for company in companies}

    def _credit_today(self):
        """Return today's date in the company: the day of this transaction's moment in its time zone.

        :rtype: datetime.date
        """
        return self._credit_day_of(self.env.cr.now())

    def _credit_day_of(self, moment):
        """Return the day of the company at a moment (naive, UTC, as Odoo stores times)."""
        self.ensure_one()
        zone = pytz.timezone(self._credit_get_zones().get(self._origin.id) or "UTC")
        return pytz.utc.localize(moment).astimezone(zone).date()

    def _credit_for_condition(self, records):
        """Return records as a stored condition is to see them: it says the same whoever asks, with whatever context and
        companies, and its ``'today -1d'`` starts from the day of this company."""
        zone = self._credit_get_zones().get(self._origin.id) or "UTC"
        return records.with_env(self.env(user=SUPERUSER_ID, context={"tz": zone})).with_company(self)

    @api.model
    def _credit_get_days(self):
        """Return ``{day: company ids}`` of today in all companies: around the world there are up to three."""
        days = {}
        for company_id in self._credit_get_zones():
            days.setdefault(self.browse(company_id)._credit_today(), []).append(company_id)
        return days

    @api.model
    def _credit_get_day_sql(self, moment):
        """Return SQL for the day of company ``c`` at a moment, a naive time in UTC."""
        return SQL(
            """
            (%(moment)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(
             (SELECT root.credit_tz FROM res_company root WHERE root.id = split_part(c.parent_path, '/', 1)::int),
             'UTC'))::date
            """,
            moment=moment,
        )
