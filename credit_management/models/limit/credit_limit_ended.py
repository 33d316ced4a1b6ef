"""Temporary limits that begin with a day, and that somebody ends before their last one."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..record.words import in_every_language

TEMPORARY = ("increment", "replacement")


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    is_lasting = fields.Boolean(
        "Can Be Ended", compute="_compute_is_lasting", help="A temporary limit that counts today or later."
    )

    @api.depends("state", "kind", "date_to")
    def _compute_is_lasting(self):
        for request in self:
            is_approved = request.state == "approved" and request.kind in TEMPORARY
            request.is_lasting = is_approved and request.date_to >= request.company_id._credit_today()

    def action_end(self):
        """End temporary limits now, before their last day: that tightens, so it takes no second person.

        :raise AccessError: for who is no credit controller
        :raise UserError: for what is no temporary limit that counts today or later
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers end a temporary limit."))
        self.check_access("read")
        if not all(self.mapped("is_lasting")):
            raise UserError(self.env._("Only a temporary limit that counts today or later can be ended."))
        self.sudo()._end()  # the dates of a decided request are written by the buttons only

    def _end(self):
        for request in self:
            yesterday = request.company_id._credit_today() - timedelta(days=1)
            last = in_every_language(request, lambda told: format_date(told.env, told.date_to))
            request._log_end(last, in_every_language(
                request, lambda told, day=yesterday: format_date(told.env, day)
            ))
            request.write({"date_from": min(request.date_from, yesterday), "date_to": yesterday})
            request.message_post(
                body=self.env._("%(user)s ended it before its last day.", user=self.env.user.name),
                subtype_xmlid="mail.mt_note",
            )

    def _log_end(self, before, after):
        """Keep that the temporary limit was ended: from which last day to which."""
        self.env["credit.log"]._append(
            [
                {
                    **self.profile_id._get_log_values(),
                    "kind": "change",
                    "verdict": "tighter",
                    "res_model": self._name,
                    "res_id": self.id,
                    "document_name": in_every_language(self, lambda told: told.display_name),
                    "field_name": in_every_language(
                        self, lambda told: told._fields["date_to"]._description_string(told.env)
                    ),
                    "value_before": before,
                    "value_after": after,
                }
            ]
        )

    @api.model
    def _cron_begin(self):
        """Look at what waits of customers whose temporary limit, or cover, begins with this day of their company.

        Runs each hour: the day of a company begins at its own midnight. Looking once more frees nothing twice.
        """
        for day, company_ids in self.env["res.company"]._credit_get_days().items():
            begun = [("company_id", "in", company_ids), ("date_from", "=", day)]
            requests = self.search([*begun, ("state", "=", "approved"), ("kind", "in", TEMPORARY)])
            covers = self.env["credit.cover"].search([*begun, ("effect", "=", "limit")])
            (requests.profile_id | covers.profile_id)._queue_recheck()
