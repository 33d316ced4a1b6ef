"""How old is what a customer or a group of customers owes, in its file: the columns of the report, which it opens."""

from odoo import api, fields, models

from ..aging.credit_open_item_page import SHOWN_BESIDE


class CreditAgingFigures(models.AbstractModel):
    """A record that stands for customers."""

    _name = "credit.aging.figures"
    _description = "Aged figures of customers"

    aging_figures = fields.Json(
        "By Age",
        compute="_compute_aging_figures",
        help="What is open today, in the columns that aged receivables open with.",
    )

    def _get_aged_items(self):
        """Return the model of open items as it is asked for these customers alone, and the domain.

        Hook: each model names its customers and companies.
        """
        raise NotImplementedError

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_aging_figures(self):
        can_read = self.env["credit.open.item"].has_access("read")
        for record in self:
            record.aging_figures = record._origin._read_aging_figures() if can_read and record._origin else False

    def _read_aging_figures(self):
        """Return the columns with their amounts, written; nothing where nothing is open."""
        items, domain = self._get_aged_items()
        aging = items.read_summary(domain)
        currency, totals = self.env["res.currency"].browse(aging["currency_id"]), aging["totals"]
        beside = [
            {"name": name, "title": items._fields[name]._description_string(self.env), "is_due": False}
            for name in SHOWN_BESIDE if totals[name]
        ]
        return [
            {**column, "amount": totals[column["name"]], "text": currency.format(totals[column["name"]])}
            for column in [*aging["columns"], *beside]
        ] if aging["count"] else []

    def action_open_aging(self):
        """Open aged receivables of these customers."""
        self.ensure_one()
        self.check_access("read")
        items, domain = self._get_aged_items()
        asked = items.env.context["credit_aging_partner_id"]
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_open_item"),
            "name": self.env._("Aged Receivables: %(name)s", name=self.display_name),
            "domain": domain,
            "context": {"credit_aging_partner_id": asked, "search_default_group_customer": len(asked) != 1},
        }


class CreditProfile(models.Model):
    _name = "credit.profile"
    _inherit = ["credit.profile", "credit.aging.figures"]

    def _get_aged_items(self):
        """Override: those of the customer in the company of its file."""
        tree = self.company_id._credit_get_tree() & self.env.companies
        items = self.env["credit.open.item"].with_context(credit_aging_partner_id=self.partner_id.ids)
        items = items.with_context(allowed_company_ids=tree.ids) if tree else items
        return items, [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id)]


class CreditGroup(models.Model):
    _name = "credit.group"
    _inherit = ["credit.group", "credit.aging.figures"]

    def _get_aged_items(self):
        """Override: those of all members, in all companies that the reader has chosen."""
        partners = self.profile_ids.partner_id.ids
        items = self.env["credit.open.item"].with_context(credit_aging_partner_id=partners)
        return items, [("partner_id", "in", partners)]
