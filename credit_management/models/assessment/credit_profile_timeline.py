"""The timeline of a credit file (时间线): what happened with a customer, the newest first."""

from odoo import api, fields, models

from ..setup.credit_day import write_day

MOST = 40  # rows: what is older is in the lists of each kind


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    timeline = fields.Json(compute="_compute_timeline", help="What happened with this customer, the newest first.")

    @api.depends_context("lang", "uid")
    def _compute_timeline(self):
        for profile in self:
            profile.timeline = profile._origin._prepare_timeline() if profile._origin.id else []

    def _prepare_timeline(self):
        """Return the newest events as rows: day, what, text, and the record that it opens."""
        today = self.company_id._credit_today()
        events = sorted(self._get_events(), key=lambda event: event["date"], reverse=True)[:MOST]
        return [
            {**event, "date": write_day(self.env, event["date"], today), "name": str(number)}
            for number, event in enumerate(events)
        ]

    def _get_events(self):
        """Yield what happened, of what the user may read. Hook: a room or an add-on adds its own."""
        yield from self._get_days_of_file()
        for model, date_name, icon, domain in self._get_event_sources():
            Model = self.env[model]
            if not Model.has_access("read"):
                continue
            found = Model.search([("profile_id", "=", self.id), *domain], order=f"{date_name} desc", limit=MOST)
            for record in found.filtered(date_name):
                yield self._make_event(record, record[date_name], icon)
        yield from self._get_rating_events()

    @api.model
    def _get_event_sources(self):
        """Return ``(model, name of its day, icon, domain)`` of what is told. Hook: an add-on adds its own."""
        return [
            ("credit.financials", "date_end", "fa-balance-scale", []),
            ("credit.outside.rating", "date", "fa-star-half-o", []),
            ("credit.visit", "date", "fa-handshake-o", []),
            ("credit.limit.request", "date_decided", "fa-arrows-v", [("state", "in", ["approved", "rejected"])]),
            ("credit.assessment", "date_decided", "fa-gavel", [("state", "in", ["approved", "refused"])]),
            ("credit.hold", "create_date", "fa-pause-circle", []),
            ("credit.promise", "date_noted", "fa-calendar-check-o", []),
        ]

    def _make_event(self, record, day, icon):
        return {
            "date": fields.Date.to_date(day), "icon": icon, "kind": self.env["ir.model"]._get(record._name).name,
            "text": record.display_name, "state": self._get_event_state(record), "model": record._name,
            "res_id": record.id,
        }

    def _get_event_state(self, record):
        if "state" not in record._fields:
            return ""
        return dict(record._fields["state"]._description_selection(self.env)).get(record.state, "")

    def _get_days_of_file(self):
        """Yield the days that the file itself knows."""
        days = (
            (self.date_business_start, "fa-flag", self.env._("In business since")),
            (self._get_customer_since(), "fa-user", self.env._("Customer since")),
        )
        for day, icon, kind in days:
            if day:
                yield {"date": day, "icon": icon, "kind": kind, "text": "", "state": "", "model": "", "res_id": 0}

    def _get_rating_events(self):
        """Yield which rating followed which, as messages of the file keep it."""
        # whoever may read the file reads its messages
        Tracking = self.env["mail.tracking.value"].sudo()
        domain = [
            ("mail_message_id.model", "=", self._name), ("mail_message_id.res_id", "=", self.id),
            ("field_id.name", "=", "rating_id"),
        ]
        for value in Tracking.search(domain, order="id desc", limit=MOST):
            yield {
                "date": fields.Date.to_date(value.create_date), "icon": "fa-star", "kind": self.env._("Rating"),
                "text": f"{value.old_value_char or '–'} → {value.new_value_char or '–'}", "state": "", "model": "",
                "res_id": 0,
            }
