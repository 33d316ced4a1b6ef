"""The items of a customer on the screen: read once, though a page shows some of them and says how many there are."""

from odoo import api, models

# what the rules of access look at: read along, else the statement runs once more for them
RULED = ("branch_id", "partner_id", "user_id")


class CreditOpenItem(models.Model):
    _inherit = "credit.open.item"

    @api.model
    @api.readonly
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        """Override of `web`: of one customer all items are read, and counted while they are there."""
        if not self._get_asked_customers() or not limit:
            return super().web_search_read(domain, specification, offset, limit, order, count_limit)
        found = self.search_fetch(domain, specification.keys(), order=order)
        page = found[offset:offset + limit]
        return {"length": len(found), "records": page.with_prefetch(page.ids).web_read(specification)}

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Override of `base`: the fields that rules of access look at come along."""
        names = field_names if field_names is None else dict.fromkeys((*field_names, *RULED))
        return super().search_fetch(domain, names, offset, limit, order)
