"""What people see of a run: how much it asks for, how far it is, who is left out."""

from odoo import api, fields, models

LEFT = ("left_out", "cancelled")
UNDER_WAY = ("draft", "preparing", "sending")


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    notice_count = fields.Integer("Number of Notices", compute="_compute_counts", help="All that were prepared.")
    sent_count = fields.Integer("Sent", compute="_compute_counts")
    unknown_count = fields.Integer("Unknown", compute="_compute_counts", help="Nobody knows whether they arrived.")
    waiting_count = fields.Integer("To Send", compute="_compute_counts", help="Prepared, and not sent yet.")
    amount_total = fields.Monetary("Demanded", compute="_compute_counts", help="By all its notices that count.")
    left_out_count = fields.Integer(
        "Number Left Out", compute="_compute_counts",
        help="Customers with something past due who are not written to, and why."
    )
    quiet_count = fields.Integer(
        "Their Turn Comes", compute="_compute_counts", help="Customers with something past due whose turn comes later."
    )
    status_text = fields.Char(compute="_compute_status_text", help="How far the run is.")
    is_under_way = fields.Boolean(compute="_compute_is_under_way", help="The job works on it, or will.")

    @api.depends("notice_ids.state", "omission_ids")
    def _compute_counts(self):
        notices = self._count("credit.notice", "state", ["__count", "amount_company:sum"])
        left = self._count("credit.dunning.omission", "is_waiting", ["__count"])
        for run in self:
            counts, amounts = notices.get(run, ({}, {}))
            run.notice_count = sum(counts.values())
            run.sent_count = counts.get("sent", 0)
            run.unknown_count = counts.get("unknown", 0)
            run.waiting_count = counts.get("draft", 0)
            run.amount_total = sum(amount for state, amount in amounts.items() if state not in LEFT)
            run.quiet_count = left.get(run, ({},))[0].get(True, 0)
            run.left_out_count = left.get(run, ({},))[0].get(False, 0)

    def _count(self, model, name, aggregates):
        """Return ``{run: [{value: aggregate}, …]}``."""
        found = {}
        for run, value, *numbers in self.env[model]._read_group(
            [("run_id", "in", self.ids)], ["run_id", name], aggregates
        ):
            for place, number in zip(found.setdefault(run, [{} for _one in numbers]), numbers, strict=True):
                place[value] = number
        return found

    @api.depends("state", "notice_ids.state")
    @api.depends_context("lang")
    def _compute_status_text(self):
        for run in self:
            run.status_text = run._get_status_text()

    def _get_status_text(self):
        values = {
            "count": self.notice_count, "amount": self.currency_id.format(self.amount_total), "sent": self.sent_count,
            "left": self.left_out_count, "waiting": self.waiting_count, "unknown": self.unknown_count,
        }
        if self.state in ("draft", "preparing"):
            return self.env._("The notices are being prepared. Nothing is sent.")
        if self.state == "ready":
            return self.env._(
                "Notices ready: %(waiting)s, over %(amount)s; customers left out: %(left)s. Nothing has been sent. "
                "When it is, everything is decided again.", **values,
            )
        if self.state in ("sending", "stopped"):
            return self.env._("Notices sent: %(sent)s of %(count)s; waiting: %(waiting)s.", **values)
        if self.state == "done" and self.unknown_count:
            return self.env._(
                "Notices sent: %(sent)s; customers left out: %(left)s. Of %(unknown)s nobody knows whether they "
                "arrived: find out, then send them again or note that they did.", **values,
            )
        if self.state == "done":
            return self.env._("Notices sent: %(sent)s; customers left out: %(left)s.", **values)
        return False

    @api.depends("state")
    def _compute_is_under_way(self):
        for run in self:
            run.is_under_way = run.state in UNDER_WAY

    # -- lists -------------------------------------------------------------------------------------

    def action_open_notices(self):
        """Open the notices of the run."""
        name = self.env._("Notices")
        return self._open("credit.notice", name, [])

    def action_open_left_out(self):
        """Open who is left out, by reason."""
        name = self.env._("Left Out")
        return self._open("credit.dunning.omission", name, [("is_waiting", "=", False)], group_by="reason")

    def action_open_waiting(self):
        """Open the customers whose turn comes later."""
        name = self.env._("Their Turn Comes")
        return self._open("credit.dunning.omission", name, [("is_waiting", "=", True)], group_by="reason")

    def _open(self, model, name, domain, **context):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": name, "res_model": model,
            "views": [(False, "list"), (False, "form")], "domain": [("run_id", "=", self.id), *domain],
            "context": context,
        }


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    item_count = fields.Integer("Number of Items", compute="_compute_item_count", help="How many items it lists.")
    channel_text = fields.Char("Goes Out By", related="level_id.channel_text")

    @api.depends("line_ids")
    def _compute_item_count(self):
        counts = dict(
            self.env["credit.notice.line"]._read_group(
                [("notice_id", "in", self.ids), ("amount", ">", 0)], ["notice_id"], ["__count"]
            )
        )
        for notice in self:
            notice.item_count = counts.get(notice._origin, 0)


class CreditDunningOmission(models.Model):
    _inherit = "credit.dunning.omission"

    def action_open_profile(self):
        """Open the credit file of the customer."""
        self.ensure_one()
        profile = self.env["credit.profile"].with_context(active_test=False).search(
            [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id)], limit=1
        )
        return {
            "type": "ir.actions.act_window", "res_model": "credit.profile", "res_id": profile.id,
            "views": [(False, "form")],
        }
