"""When the recipient of a notice is called, visited or texted: in its hours, on its working days, by its clock."""

from datetime import datetime, time, timedelta

import pytz
from markupsafe import Markup
from odoo import api, models

ONE_DAY = timedelta(days=1)
# where the week ends on Thursday: people work on Sunday, and not on Friday
REST_ON_FRIDAY = {"BH", "DZ", "EG", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"}
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _get_zone_of_recipient(self):
        """Return the time zone of whoever is called: see the README."""
        company, contact = self.company_id.sudo(), self.recipient_id or self.partner_id  # whoever sends
        country = contact.country_id or self.partner_id.country_id
        zone = company._credit_get_zone_of(country)
        if zone:
            return pytz.timezone(zone)
        of_country = pytz.country_timezones.get(country.code or "", [])
        candidates = [contact.tz, self.partner_id.tz, company.credit_tz]
        known = [zone for zone in candidates if zone and (zone in of_country or not of_country)]
        return pytz.timezone((known or of_country or candidates[-1:])[0])

    def _get_hours(self, day, zone):
        """Return the moments between which somebody is called on a day, by the clock of a zone."""
        company, midnight = self.company_id.sudo(), datetime.combine(day, time())  # whoever sends
        hours = company.credit_hour_from, company.credit_hour_to
        return [zone.localize(midnight + timedelta(hours=hour)) for hour in hours]

    def _get_moment_to_reach(self):
        """Return the next moment at which the recipient may be called, there: now, or when its hours begin."""
        zone = self._get_zone_of_recipient()
        now = pytz.utc.localize(self._get_moment()).astimezone(zone)
        day = now.date()
        while not self._is_working_day(day) or self._get_hours(day, zone)[1] <= now:
            day += ONE_DAY
        return max(now, self._get_hours(day, zone)[0])

    @api.model
    def _get_moment(self):
        """Return the moment, in UTC, of which it is asked whether somebody may be called."""
        return self.env.cr.now()

    def _is_working_day(self, day):
        country = self.recipient_id.country_id or self.partner_id.country_id
        resting = (FRIDAY, SATURDAY) if country.code in REST_ON_FRIDAY else (SATURDAY, SUNDAY)
        return day.weekday() not in resting

    def _get_day_of_recipient(self):
        """Override: the day on which it can be reached in its hours."""
        return self._get_moment_to_reach().date()

    def _get_task_note(self, level, user):
        """Override: with the hours of the recipient, and what they are for whoever calls."""
        note = super()._get_task_note(level, user)
        return (note or "") + Markup("<p>%s</p>") % self.with_context(lang=user.lang)._get_hours_text(user)

    def _get_hours_text(self, user):
        zone = self._get_zone_of_recipient()
        hours = self._get_hours(self._get_day_of_recipient(), zone)
        here = pytz.timezone(user.tz or self.company_id.sudo().credit_tz)  # whoever sends
        values = {
            "zone": zone.zone, "there": _write_hours(hours),
            "here": _write_hours([hour.astimezone(here) for hour in hours]),
        }
        if values["there"] == values["here"]:
            return self.env._("Hours: %(there)s.", **values)
        return self.env._("Hours: %(there)s (%(zone)s), which is %(here)s with you.", **values)


def _write_hours(hours):
    return "–".join(hour.strftime("%H:%M") for hour in hours)
