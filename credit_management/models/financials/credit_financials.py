"""Financial statements of a customer (财务报表), one for each year; several for one year where one is audited."""

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine.financials import Financials, difference
from ...engine.money import to_units
from .items import ITEMS

AMOUNTS = "line_ids.item", "line_ids.amount", "line_ids.is_known"


class CreditFinancials(models.Model):
    _name = "credit.financials"
    _description = "Financial Statements"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, is_audited desc, id desc"

    profile_id = fields.Many2one(
        "credit.profile", "Customer", required=True, index=True, ondelete="cascade", help="Whose statements they are."
    )
    partner_id = fields.Many2one(related="profile_id.partner_id", string="Partner", store=True, index=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True)
    date_end = fields.Date(
        "Year End", required=True, tracking=True,
        help="The last day of the twelve months, on which the balance sheet was drawn up.",
    )
    is_audited = fields.Boolean("Audited", tracking=True, help="An auditor has certified them.")
    auditor = fields.Char(tracking=True, help="Who has certified them.")
    source = fields.Char(help="Where the figures come from: a report, a register, a file that was imported.")
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_currency_id", store=True, readonly=False, precompute=True,
        help="The currency of all their amounts.",
    )
    line_ids = fields.One2many(
        "credit.financials.line", "financials_id", "Amounts", copy=True,
        default=lambda self: [fields.Command.create({"item": item}) for item in ITEMS],
        help="The amounts that were entered; what nobody entered is not 0.",
    )

    @api.depends("profile_id")
    def _compute_currency_id(self):
        for financials in self:
            company = financials.profile_id.company_id or self.env.company
            financials.currency_id = financials.currency_id or company.currency_id

    @api.depends("profile_id", "date_end")
    def _compute_display_name(self):
        for financials in self:
            day = financials.date_end and format_date(self.env, financials.date_end)
            financials.display_name = " · ".join(filter(None, [financials.profile_id.display_name, day]))

    def _get_financials(self):
        """Return the amounts as the engine reckons with them."""
        self.ensure_one()
        known = self.line_ids.filtered(lambda line: line.is_known and line.item)
        return Financials(**{line.item: line.amount for line in known})

    def _get_difference(self):
        """Return by how much assets differ from equity and liabilities, 0 where one of them was not entered."""
        self.ensure_one()
        found, currency = difference(self._get_financials()), self.currency_id or self.env.company.currency_id
        return found if found and to_units(found, currency.rounding) else 0.0

    @api.constrains("line_ids", "currency_id")
    def _check_balance(self):
        for financials in self:
            if found := financials._get_difference():
                amounts, money = financials._get_financials(), financials.currency_id.format
                raise ValidationError(
                    self.env._(
                        "%(name)s does not balance: assets of %(assets)s are not equity of %(equity)s and liabilities "
                        "of %(liabilities)s. They differ by %(difference)s. Correct one of the three.",
                        name=financials.display_name, assets=money(amounts.assets), equity=money(amounts.equity),
                        liabilities=money(amounts.liabilities), difference=money(found),
                    )
                )

    @api.constrains("profile_id", "date_end", "is_audited")
    def _check_once(self):
        """One of each kind for a year; files that are merged bring theirs along, and whoever looks sees both."""
        domain = [("profile_id", "in", self.profile_id.ids), ("date_end", "in", self.mapped("date_end"))]
        by = ["profile_id", "date_end:day", "is_audited"]
        groups = self._read_group(domain, by, ["__count"], [("__count", ">", 1)])
        twice = {(profile.id, day, is_audited) for profile, day, is_audited, _count in groups}
        for financials in self:
            if (financials.profile_id.id, financials.date_end, financials.is_audited) in twice:
                raise ValidationError(
                    self.env._(
                        "There are financial statements of %(customer)s for %(day)s already, audited or not as these. "
                        "Open and correct those.",
                        customer=financials.profile_id.display_name, day=format_date(self.env, financials.date_end),
                    )
                )

    def write(self, vals):
        """Override: which amounts were corrected, from what to what, stays with the statements.

        :raise UserError: for handing them to another customer
        """
        if "profile_id" in vals and any(financials.profile_id.id != vals["profile_id"] for financials in self):
            raise UserError(
                self.env._("Financial statements stay with their customer. Enter those of the other one in its file.")
            )
        before = {financials.id: financials._get_amounts() for financials in self} if "line_ids" in vals else {}
        result = super().write(vals)
        for financials in self.browse(before):
            financials._note_corrections(before[financials.id])
        return result

    def _get_amounts(self):
        known = self.line_ids.filtered("is_known")
        return {line.item: self.currency_id.format(line.amount) for line in known}

    def _note_corrections(self, before):
        after, labels = self._get_amounts(), self._get_item_labels()
        changed = [item for item in ITEMS if before.get(item) != after.get(item)]
        if changed:
            rows = [f"{labels[item]}: {before.get(item, '–')} → {after.get(item, '–')}" for item in changed]
            self.message_post(body=Markup("<br/>").join(rows), subtype_xmlid="mail.mt_note")

    @api.model
    def _get_item_labels(self):
        return dict(self.env["credit.financials.line"]._fields["item"]._description_selection(self.env))

    def unlink(self):
        """Override: the customer's file says what is gone.

        :raise AccessError: for everybody but credit managers
        """
        for financials in self:
            body = self.env._("Financial statements deleted: %(name)s.", name=financials.display_name)
            financials.profile_id.message_post(body=body, subtype_xmlid="mail.mt_note")
        return super().unlink()
