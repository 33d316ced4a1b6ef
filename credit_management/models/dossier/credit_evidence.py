"""What speaks for or against a customer: dated, with its file, and it stays with its customer."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CreditFiled(models.AbstractModel):
    _name = "credit.filed"
    _description = "Record with Files of Its Own"

    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, help="What it stands on, as a file.")

    @api.model_create_multi
    def create(self, vals_list):
        """Override: files that are uploaded in a form belong to the record, and are read with it."""
        records = super().create(vals_list)
        records._own_files()
        return records

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def _get_file_owner(self):
        """Return the record that the files are attached to: this one. Hook: for a part of something."""
        return self

    def _own_files(self):
        for record in self:
            own = record.attachment_ids._credit_give_to(record._get_file_owner())
            if own != record.attachment_ids:
                record.attachment_ids = own


class CreditEvidence(models.AbstractModel):
    _name = "credit.evidence"
    _description = "Evidence in a Credit File"
    _inherit = ["credit.filed", "mail.thread", "mail.activity.mixin", "credit.explicit"]

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", help="Whose evidence it is."
    )
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Partner", store=True, index=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    points = fields.Integer(
        aggregator=None, tracking=True, groups="credit_management.group_credit_controller",
        help="What it says of the customer on our scale, from 0 (bad) to 100 (good). Scores read it.",
    )
    is_pointed = fields.Boolean(
        "Points Given", tracking=True, groups="credit_management.group_credit_controller",
        help="Off: no points were given. 0 points are a judgment, none are not.",
    )

    @api.depends("profile_id", "date")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " · ".join(filter(None, record._get_name_parts()))

    def _get_name_parts(self):
        """Return what the record is called after; overridden."""
        return [self.profile_id.display_name]

    def write(self, vals):
        """Override: evidence stays with its customer.

        :raise UserError: for handing it to another one
        """
        if "profile_id" in vals and any(record.profile_id.id != vals["profile_id"] for record in self):
            raise UserError(self.env._("Evidence stays with its customer. Enter that of the other one in its file."))
        return super().write(vals)

    def unlink(self):
        """Override: the customer's file says what is gone, and not what it said: more people read the file.

        :raise AccessError: for everybody but credit managers
        """
        for record in self:
            kind = self.env["ir.model"]._get(self._name).name
            day = format_date(self.env, record.date)
            body = self.env._("%(kind)s of %(day)s deleted.", kind=kind, day=day)
            record.profile_id.message_post(body=body, subtype_xmlid="mail.mt_note")
        return super().unlink()
