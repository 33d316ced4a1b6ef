"""What a deposit is asked of is said by name, and kept with the policies: a new name is read anew."""

from odoo import models


class CreditDepositName(models.AbstractModel):
    _name = "credit.deposit.name"
    _description = "Record that a deposit names"

    def write(self, vals):
        """Override: policies are read anew after a new name."""
        if "name" in vals:
            self.env["credit.policy"]._clear_snapshots()
        return super().write(vals)

    def _update_field_translations(self, field_name, *arguments, **keywords):
        """Override: see `write`."""
        if field_name == "name":
            self.env["credit.policy"]._clear_snapshots()
        return super()._update_field_translations(field_name, *arguments, **keywords)


class CreditRating(models.Model):
    _name = "credit.rating"
    _inherit = ["credit.rating", "credit.deposit.name"]


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "credit.deposit.name"]
