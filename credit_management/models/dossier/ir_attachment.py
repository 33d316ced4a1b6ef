"""Files of a record that are its own: what happens to another record's file changes nothing of what it stands on."""

from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _credit_give_to(self, record):
        """Let a record have files of its own: what nobody has becomes its own, of what belongs to another a copy.

        :return: the files of the record
        """
        others = self.filtered(lambda file: file.res_id and (file.res_model, file.res_id) != (record._name, record.id))
        owner = {"res_model": record._name, "res_id": record.id}
        self.filtered(lambda file: not file.res_id).write(owner)
        copies = (file.copy({**owner, "name": file.name}) for file in others)  # by whoever may read it
        return (self - others).union(*copies)
