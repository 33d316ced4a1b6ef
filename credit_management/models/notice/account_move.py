"""An invoice knows the notices that list it, and how far it has come."""

from odoo import api, fields, models

from .credit_notice import SAID


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_notice_line_ids = fields.One2many("credit.notice.line", "move_id", "Items of Notices")
    credit_notice_count = fields.Integer("Notices", compute="_compute_credit_notice", help="Notices that list it.")
    credit_notice_text = fields.Char(
        "Dunning", compute="_compute_credit_notice", help="The highest level of dunning that it has come to."
    )

    @api.depends("credit_notice_line_ids.notice_id.state")
    def _compute_credit_notice(self):
        for move in self:
            lines = move.sudo().credit_notice_line_ids.filtered(  # how far it is, whoever may see the invoice
                lambda line: line.notice_id.state in SAID and not line.notice_id.is_test
            )
            move.credit_notice_count = len(lines.notice_id)
            level = max(lines.filtered("is_dunned").mapped("level"), default=0)
            move.credit_notice_text = self.env._("Dunning level %(level)s", level=level) if level else ""

    def write(self, vals):
        """Override of `account`: what is posted once more keeps how far it has come."""
        again = self.filtered("posted_before") if vals.get("state") == "posted" else self.browse()
        result = super().write(vals)
        again._credit_keep_level()
        return result

    def _credit_keep_level(self):
        """Let lines of notices that have lost their item, as it was made anew, be of the one that is due then; of the
        one that is due first, where none is."""
        for move in self:
            lost = move.sudo().credit_notice_line_ids.filtered(lambda line: not line.item_id)  # whoever posts it
            items = move.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
            items = items.sorted(lambda item: (item.date_maturity or item.date, item.id))
            for line in lost if items else ():
                line.item_id = items.filtered(lambda item, day=line.date_due: item.date_maturity == day)[:1] or items[0]

    def action_open_credit_notices(self):
        """Open the notices that list the invoice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Notices"), "res_model": "credit.notice",
            "views": [(False, "list"), (False, "form")],
            "domain": [("line_ids.move_id", "=", self.id), ("is_test", "=", False)],
        }


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    notice_count = fields.Integer("Notices", compute="_compute_notice_count", help="Notices that the customer got.")

    @api.depends("partner_id", "company_id")
    def _compute_notice_count(self):
        counted = {
            (partner.id, company.id): count
            for partner, company, count in self.env["credit.notice"]._read_group(
                [("partner_id", "in", self.partner_id.ids), ("state", "in", SAID), ("is_test", "=", False)],
                ["partner_id", "company_id"], ["__count"],
            )
        }
        for file in self:
            file.notice_count = counted.get((file.partner_id.id, file.company_id.id), 0)

    def action_open_notices(self):
        """Open the notices that the customer got."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "name": self.env._("Notices"), "res_model": "credit.notice",
            "views": [(False, "list"), (False, "form")],
            "domain": [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id),
                       ("is_test", "=", False)],
        }
