"""Lists that name people in several columns read them all together: column by column they are two statements each."""

from odoo import models


class CreditListed(models.AbstractModel):
    _name = "credit.listed"
    _description = "Record That Names Several People"

    def web_read(self, specification):
        """Override of `web`: see above."""
        columns = [name for name in specification if self._fields[name].comodel_name == "res.users"]
        if len(columns) > 1 and len(self) > 1:
            self.env["res.users"].union(*(self[name] for name in columns)).mapped("display_name")
        return super().web_read(specification)
