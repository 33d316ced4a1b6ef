"""Temporary limits that begin with a day, and that somebody ends before their last one."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..record.words import in_every_language

TEMPORARY = ("increment", "replacement")


class CreditLimitRequest(models.Model):
    _inherit = "credit.limit.request"

    date_ended = fields.Datetime("Ended On", readonly=True, copy=False, help="When it was ended before its last day.")
    date_to_granted = fields.Date(
        "Granted Until", readonly=True, copy=False, help="The last day that was granted, before it was ended."
    )
    ender_id = fields.Many2one("res.users", "Ended By", readonly=True, copy=False)
    is_lasting = fields.Boolean(
        "Can Be Ended", compute="_compute_is_lasting", help="A temporary limit that counts today or later."
    )

    @api.depends("state", "kind", "date_to")
    def _compute_is_lasting(self):
        for request in self:
            is_approved = request.state == "approved" and request.kind in TEMPORARY
            request.is_lasting = is_approved and request.date_to >= request.company_id._credit_today()

    def action_end(self):
        """End temporary limits now, before their last day: where that tightens it takes no second person.

        :raise AccessError: for who is no credit controller
        :raise UserError: for what is no temporary limit that counts today or later, or holds a higher limit down
        """
        if not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers end a temporary limit."))
        self.check_access("read")
        if not all(self.mapped("is_lasting")):
            raise UserError(self.env._("Only a temporary limit that counts today or later can be ended."))
        ended = self.sudo()  # the dates of a decided request are written by the buttons only
        ended._check_end_tightens()
        ended._end()

    def _check_end_tightens(self):
        """Refuse to end what holds a higher limit down: nobody lets more pass alone.

        :raise UserError: with both limits, and the way forward
        """
        for request in self:
            kind, amount = request._get_lasting()
            if request._is_holding_down(kind, amount, request._get_temporary() - self):
                currency = request.company_currency_id
                raise UserError(
                    self.env._(
                        "%(request)s: without it %(customer)s has %(limit)s instead of %(amount)s. That lets more pass "
                        "than now, so it takes a second person: ask for a higher temporary limit up to %(day)s.",
                        request=request.display_name, customer=request.profile_id.display_name,
                        limit=currency.format(amount) if kind == "amount" else self.env._("no limit"),
                        amount=currency.format(request._get_amount_today()), day=format_date(self.env, request.date_to),
                    )
                )

    def _get_lasting(self):
        """Return what kind of limit lasts without temporary ones, and its amount in company currency."""
        profile = self.profile_id
        own = profile.limit_type != "none"
        return (profile.limit_type if own else profile.rating_id.limit_type or "none"), self._get_amount_lasting()

    def _is_holding_down(self, kind, amount, others):
        """Tell whether more passes without this temporary limit: of several, the highest counts.

        :param kind: of the limit that lasts, and its ``amount``
        :param others: temporary limits that stay
        """
        if kind == "unlimited":
            return False  # and stays so with a temporary one
        if kind == "amount":
            is_lower = self.company_currency_id.compare_amounts(self._get_amount_today(), amount) < 0
            others = others.filtered(lambda request: request.kind == "replacement")
            if self.kind == "increment" or not is_lower:
                return False
        first = max(self.date_from, self.company_id._credit_today())
        return not any(other.date_from <= first and other.date_to >= self.date_to for other in others)

    def _end(self):
        for request in self:
            yesterday = request.company_id._credit_today() - timedelta(days=1)
            last = in_every_language(request, lambda told: format_date(told.env, told.date_to))
            request._log_end(last, in_every_language(
                request, lambda told, day=yesterday: format_date(told.env, day)
            ))
            request.write(
                {
                    "date_to": yesterday, "date_to_granted": request.date_to,
                    "date_ended": fields.Datetime.now(), "ender_id": self.env.uid,
                }
            )
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
