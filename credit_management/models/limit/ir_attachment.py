"""What is attached to a request that was decided is its evidence: nobody changes it, takes it away, or adds to it."""

from odoo import api, models
from odoo.exceptions import AccessError

CONTENT = {"datas", "raw", "db_datas", "store_fname", "url", "name", "res_model", "res_id"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: see `_credit_check_evidence`. What was not there did not lead to the decision."""
        attachments = super().create(vals_list)
        attachments._credit_check_evidence()
        return attachments

    def write(self, vals):
        """Override: see `_credit_check_evidence`."""
        if not CONTENT & vals.keys():
            return super().write(vals)
        self._credit_check_linked()
        self._credit_check_evidence()
        result = super().write(vals)
        self._credit_check_evidence()  # nor does it join
        return result

    def unlink(self):
        """Override: see `_credit_check_evidence`."""
        self._credit_check_linked()
        self._credit_check_evidence()
        return super().unlink()

    def _credit_check_evidence(self):
        """Refuse to persons what would take the evidence of a decision away, or invent it.

        :raise AccessError: for what is attached to something that was decided
        """
        if self.env.su:
            return
        decided = self._credit_get_decided()
        # whether it is kept, also where this user may not read it
        for model, attached in self.sudo().grouped("res_model").items():
            domain = [("id", "in", attached.mapped("res_id")), ("state", "in", decided.get(model, []))]
            if model in decided and self.env[model].sudo().search_count(domain, limit=1):  # see above
                self._credit_refuse()

    def _credit_check_linked(self):
        """Refuse it as well for a file of something else that is named as the evidence of a decision.

        :raise AccessError: see `_credit_check_evidence`
        """
        if self.env.su:
            return
        for model, decided in self._credit_get_naming().items():
            named = [("attachment_ids", "in", self.ids), *decided]
            if self.env[model].sudo().search_count(named, limit=1):  # whether it is kept, as above
                self._credit_refuse()

    def _credit_refuse(self):
        raise AccessError(self.env._("What is attached here is the evidence of a decision. It stays."))

    @api.model
    def _credit_get_decided(self):
        """Return ``{model: states in which it is decided}`` of what keeps its evidence. Hook: a room adds its own."""
        return {"credit.limit.request": ["approved", "rejected"]}

    @api.model
    def _credit_get_naming(self):
        """Return ``{model: domain of the decided}`` of what names its evidence. Hook: a room adds its own."""
        return {"credit.limit.request": [("state", "in", self._credit_get_decided()["credit.limit.request"])]}
