"""Which text message a level sends."""

from odoo import fields, models


class CreditDunningLevel(models.Model):
    _inherit = "credit.dunning.level"

    sms_template_id = fields.Many2one(
        "sms.template", "Text Message", domain="[('model', '=', 'credit.notice')]", ondelete="restrict",
        default=lambda self: self.env.ref("sms_credit_management.sms_template_notice", raise_if_not_found=False),
        help="What the text message says, in the language of the customer. Never what is owed: others see the screen.",
    )

    def _get_defects(self):
        """Override: a level that texts needs a text."""
        found = super()._get_defects()
        if not self.is_sms or self.sms_template_id:
            return found
        return [
            *found,
            self.env._(
                "“%(level)s” of plan “%(plan)s” sends a text message and has no text: choose one.",
                level=self.display_name, plan=self.plan_id.name,
            ),
        ]
