"""Runs (催收批次): the notices of a day, prepared, looked at, sent in the background, and who was left out."""

from odoo import fields, models

# {state: from which states it is reached}
REACHED_FROM = {
    "preparing": ("draft", "ready"),
    "ready": ("preparing",),
    "sending": ("ready", "stopped"),
    "stopped": ("sending",),
    "done": ("sending", "preparing"),
    "undone": ("done", "stopped"),
    "cancelled": ("draft", "preparing", "ready"),
}


class CreditDunningRun(models.Model):
    _name = "credit.dunning.run"
    _description = "Dunning Run"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company._credit_company(), help="Whose customers.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, help="The day of the company whose notices it has.")
    state = fields.Selection(
        [("draft", "Asked for"), ("preparing", "Being prepared"), ("ready", "Ready"), ("sending", "Being sent"),
         ("stopped", "Stopped"), ("done", "Done"), ("undone", "Undone"), ("cancelled", "Cancelled")],
        "Status", required=True, readonly=True, default="draft", tracking=True,
    )
    is_sent_by_itself = fields.Boolean("Send When Prepared", readonly=True)
    test_email = fields.Char(
        "Test Address", readonly=True, help="Its notices go to this address, and nothing of them counts."
    )
    user_id = fields.Many2one("res.users", "Started By", readonly=True, help="Empty: it started by itself.")
    reason = fields.Char("Why Undone", readonly=True, copy=False, tracking=True)
    notice_ids = fields.One2many("credit.notice", "run_id", "Notices", readonly=True)
    omission_ids = fields.One2many("credit.dunning.omission", "run_id", "Left Out", readonly=True)

    _open_once = models.UniqueIndex(
        "(company_id) WHERE state IN ('draft', 'preparing', 'ready', 'sending', 'stopped')",
        "The company has a run that is not done: send it, or cancel it.",
    )


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    plan_id = fields.Many2one("credit.dunning.plan", readonly=True, ondelete="restrict")
    level_id = fields.Many2one(
        "credit.dunning.level", "Level of the Plan", readonly=True, ondelete="set null",
        help="Its channels, texts and fee. Empty: it was deleted from its plan since.",
    )
    run_id = fields.Many2one("credit.dunning.run", readonly=True, index=True, ondelete="restrict")
