"""From the screen to a schedule: what is asked for there is kept, or made once in the background."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..aging.file_formats import FORMATS
from .credit_aging_schedule import GROUPINGS, SWITCHES

CRON = "credit_management.cron_mail_agings"


class CreditAgingSchedule(models.Model):
    _inherit = "credit.aging.schedule"

    @api.model
    def _get_asked_values(self, domain, groupby):
        """Return the values of a schedule that reads what the screen shows."""
        get = self.env.context.get
        return {
            "company_id": self.env.company._credit_company().id,
            "company_ids": self.env.companies.ids,
            "domain": str(list(domain)),
            "groupby": groupby if groupby in GROUPINGS else "partner_id",
            "bucket_set_id": get("credit_aging_set") or False,
            "basis": get("credit_aging_basis") or False,
            **{name: bool(get(f"credit_aging_{name}")) for name in SWITCHES},
        }

    @api.model
    def action_plan(self, domain=(), groupby="partner_id"):
        """Return a new schedule to fill in, which mails what the screen shows.

        :param domain: which open items
        :param groupby: what a row of totals stands for
        """
        self.check_access("create")
        values = {**self._get_asked_values(domain, groupby), "name": self.env._("Aged Receivables"),
                  "partner_ids": self.env.user.partner_id.ids}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Aged Receivables by E-mail"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    @api.model
    def make_in_background(self, kind, domain=(), groupby="partner_id"):
        """Make a file that takes too long to wait for; who asked gets a message with a link that only he may open.

        :param str kind: one of `FORMATS`
        :return: what is to be said on the screen
        """
        if kind not in FORMATS:
            raise UserError(self.env._("There is no kind of file that is called “%(kind)s”.", kind=kind))
        items = self.env["credit.open.item"]
        items.check_access("read")
        items._check_may_export()
        values = {
            **self._get_asked_values(domain, groupby), **{f"is_{one}": one == kind for one in FORMATS},
            "user_id": self.env.uid, "is_once": True, "date_as_of": items._get_options().as_of,
        }
        if not self._find_same(values):
            self._start(values)
        return self.env._(
            "The file takes more than half a minute: it is made in the background. You get a message with a link to it."
        )

    def _find_same(self, values):
        """Return what was asked for in the same way and is not there yet."""
        wanted = [(name, "=", value) for name, value in values.items() if name != "company_ids"]
        found = self.sudo().search(wanted)  # of the own ones: the user is among what is compared
        return found.filtered(lambda one: set(one.company_ids.ids) == set(values["company_ids"]))

    def _start(self, values):
        text = self.env._("Aged receivables as of %(day)s", day=format_date(self.env, values["date_as_of"]))
        values = {**values, "name": text, "partner_ids": self.env.user.partner_id.ids}
        # what is made once is nobody's to plan: the rights were checked
        schedule = self.sudo().create({**values, "date_next": self.env.company._credit_today()})
        self.env.ref(CRON).sudo()._trigger()  # a job of the system
        return schedule
