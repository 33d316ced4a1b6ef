"""Why a document is held, in a word or two and in figures; nothing is decided here."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from psycopg2.extras import Json

GROUPED = frozenset({
    "partner_id", "main_reason", "waits_for", "rating_id", "controller_id", "salesperson_id", "requester_id",
    "checkpoint", "state", "create_date", "company_id", "account_status", "rejected_by_id", "reject_reason_id",
    "is_requested", "is_forced", "is_ahead", "is_vip",
})


class CreditHold(models.Model):
    _inherit = "credit.hold"

    rating_color = fields.Integer(related="rating_id.color", string="Rating Color")
    main_reason = fields.Selection(
        lambda self: self.env["credit.criterion"]._get_tags(),
        compute="_compute_main_reason",
        store=True,
        index="btree_not_null",
        help="The strictest of the reasons.",
    )
    any_reason = fields.Selection(
        lambda self: self.env["credit.criterion"]._get_tags(),
        "Reason",
        compute="_compute_any_reason",
        search="_search_any_reason",
        help="Any of the reasons, to search by.",
    )
    # figures of the customer, the same for all its holds: added up they are nobody's
    amount_exposure = fields.Monetary(aggregator=None, help="Exposure of the customer now.")
    amount_limit_effective = fields.Monetary(aggregator=None, help="Limit that applies to the customer now.")
    amount_overdue = fields.Monetary(aggregator=None, help="Overdue of the customer now, after netting.")
    days_overdue_max = fields.Integer(aggregator=None, help="Days since the oldest overdue item of the customer.")
    reason_tags = fields.Json(
        compute="_compute_reason_tags", help="The reasons in a word or two each, strictest first."
    )
    is_otherwise = fields.Boolean(
        compute="_compute_credit_panel", help="It is held for other reasons, or is over by another amount, than it was."
    )
    rejected_before = fields.Char(
        "Earlier Rejection", compute="_compute_rejected_before", help="By whom and why it was rejected before."
    )
    credit_panel = fields.Json(
        compute="_compute_credit_panel", help="The figures and findings of the document as they are now."
    )

    @api.depends("findings", "is_forced")
    @api.depends_context("lang")
    def _compute_reason_tags(self):
        get_tag = self.env["credit.criterion"]._get_tag
        for hold in self:
            found = {finding["criterion"]: finding for finding in hold.findings or []}
            if hold.is_forced:
                found.setdefault("forced_hold", {"effect": "hold"})
            hold.reason_tags = [
                {"name": get_tag(name, finding.get("figures")), "effect": finding.get("effect", "hold")}
                for name, finding in found.items()
            ]

    @api.depends("findings", "is_forced")
    def _compute_main_reason(self):
        for hold in self:
            names = [finding["criterion"] for finding in hold.findings or []]
            hold.main_reason = next(iter(names), "forced_hold" if hold.is_forced else False)

    def _compute_any_reason(self):
        for hold in self:
            hold.any_reason = hold.main_reason

    @api.model
    def _search_any_reason(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = [Json([{"criterion": name}]) for name in value if name]
        found = SQL(" OR ").join(SQL("findings @> %s::jsonb", one) for one in wanted) if wanted else SQL("FALSE")
        named = SQL("(SELECT id FROM credit_hold WHERE %s)", found)
        return Domain("id", "in", named) | Domain("main_reason", "in", [name for name in value if name])

    @api.depends("state", "findings")
    def _compute_credit_panel(self):
        for hold in self:
            document = hold.sudo()._get_document()  # the controller need not be allowed to open it
            panel = document._credit_get_panel(hold.checkpoint) if document else False
            hold.credit_panel = panel
            names = {finding["criterion"] for finding in hold.findings or []}
            is_over_otherwise = panel and hold.currency_id.compare_amounts(panel["over"], hold.amount_over)
            hold.is_otherwise = panel and (set(panel["criteria"]) != names or is_over_otherwise)

    @api.depends("rejected_hold_id")
    @api.depends_context("lang")
    def _compute_rejected_before(self):
        for hold in self:
            last = hold.rejected_hold_id
            words = (last.rejected_by_id.name, last.reject_reason_id.name, last.reject_note)
            day = last.date_closed and format_date(self.env, last.date_closed, date_format="medium")
            hold.rejected_before = ", ".join(filter(None, [day, ": ".join(filter(None, words))]))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Override: people group by what tells holds apart; what is there for the machine is not offered."""
        found = super().fields_get(allfields, attributes)
        for name in found.keys() - GROUPED:
            found[name]["groupable"] = False
        return found
