"""How a notice went out: a row for each channel, with what became of it (发送渠道与结果)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

CHANNELS = [
    ("email", "E-mail"), ("letter", "Letter"), ("registered", "Registered letter"), ("sms", "SMS"), ("call", "Call"),
    ("visit", "Visit"), ("handover", "Hand-over"),
]
ON_PAPER = ("letter", "registered")
# what people find out afterwards, and may note by hand
NOTED = {"tracking", "waybill_text", "proof", "proof_date", "proof_file", "proof_name"}


class CreditNoticeChannel(models.Model):
    _name = "credit.notice.channel"
    _description = "Channel of a Notice"
    _order = "notice_id desc, id"
    _rec_name = "kind"

    notice_id = fields.Many2one("credit.notice", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, precompute=True)
    partner_id = fields.Many2one(related="notice_id.partner_id", store=True, precompute=True, index=True)
    kind = fields.Selection(CHANNELS, "Channel", required=True, readonly=True, help="How it reaches the customer.")
    state = fields.Selection(
        [("open", "To be done"), ("sent", "Sent"), ("failed", "Not sent"), ("bounced", "Came back")],
        "Status", required=True, readonly=True, default="sent",
        help="To be done: a letter that nobody has printed yet, or a task. Not sent: there was no address, or it was "
        "refused. Came back: the e-mail could not be delivered.",
    )
    recipient_id = fields.Many2one("res.partner", "Goes To", readonly=True)
    address = fields.Char(readonly=True, help="The e-mail address, as it was used.")
    is_fallback = fields.Boolean("Instead", readonly=True, help="It took the place of a channel that did not work.")
    error = fields.Char("What Went Wrong", readonly=True)
    activity_id = fields.Many2one("mail.activity", "Task", readonly=True, ondelete="set null")
    tracking = fields.Char("Tracking Number", help="Of the registered letter.")
    waybill_text = fields.Char(
        "Text on the Waybill", help="What the sender wrote on it, so that the proof says what was sent. Never what is "
        "owed: others read it.",
    )
    proof = fields.Selection(
        [("delivered", "Delivered"), ("refused", "Refused"), ("unknown", "Unknown")], "Delivery",
        help="What the post says of the registered letter. A letter that is refused has reached its recipient in many "
        "countries.",
    )
    proof_date = fields.Date("Delivered On", help="The day of delivery or refusal, as the post says.")
    proof_file = fields.Binary("Proof of Delivery", attachment=True)
    proof_name = fields.Char("Name of the Proof")

    def write(self, vals):
        """Override: what was sent is written by steps; what the post says, by whoever works on the notice.

        :raise AccessError: for anything else
        """
        if not self.env.su and vals.keys() - NOTED:
            raise AccessError(
                self.env._("How a notice went out is not changed by hand. Note the tracking number and the proof.")
            )
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        """Override: channels are noted when a notice goes out.

        :raise AccessError: for everybody else
        """
        if not self.env.su:
            raise AccessError(self.env._("The channels of a notice are noted when it goes out."))
        return super().create(vals_list)

    def _set_done(self):
        """Note that letters were printed."""
        self.sudo().filtered(lambda channel: channel.state == "open").state = "sent"  # written by steps only


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    channel_ids = fields.One2many("credit.notice.channel", "notice_id", "Channels", readonly=True)
    channel_result = fields.Char(
        "Sent By", compute="_compute_channel_result", help="How it went out, and what did not work."
    )
    has_problem = fields.Boolean(
        compute="_compute_channel_result", search="_search_has_problem", help="Something did not go out, or came back."
    )

    @api.depends("channel_ids.kind", "channel_ids.state")
    @api.depends_context("lang")
    def _compute_channel_result(self):
        labels = dict(self.env["credit.notice.channel"]._fields["kind"]._description_selection(self.env))
        states = dict(self.env["credit.notice.channel"]._fields["state"]._description_selection(self.env))
        for notice in self:
            notice.channel_result = ", ".join(
                labels[channel.kind] + ("" if channel.state == "sent" else f" ({states[channel.state]})")
                for channel in notice.channel_ids
            )
            notice.has_problem = any(channel.state in ("failed", "bounced") for channel in notice.channel_ids)

    def _search_has_problem(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("channel_ids.state", "in", ("failed", "bounced"))
