"""Credit groups: companies that share one limit (集团授信)."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..setup.limit_value import LIMIT_TYPES


class CreditGroup(models.Model):
    _name = "credit.group"
    _description = "Credit Group"
    _inherit = ["mail.thread"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True, help="Name of the family of companies.")
    active = fields.Boolean(default=True, help="An archived group no longer limits its members.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the group's limit. Exposures of members are converted into it at today's rate.",
    )
    limit_type = fields.Selection(
        LIMIT_TYPES,
        "Limit",
        required=True,
        default="amount",
        tracking=True,
        help="A member must pass its own test and the group's: the lower limit wins.",
    )
    amount_limit = fields.Monetary(
        "Limit Amount",
        tracking=True,
        help="The most all members together may owe, across companies. 0 means cash only.",
    )
    date_limit_expiry = fields.Date("Limit Valid Until", help="Last day on which the group's limit counts.")
    profile_ids = fields.One2many("credit.profile", "group_id", "Members", help="Credit profiles of the group.")
    amount_exposure = fields.Monetary(
        "Group Exposure",
        compute="_compute_figures",
        help="Exposure of all members in all companies, converted at today's rate.",
    )
    amount_overdue = fields.Monetary(
        "Group Overdue", compute="_compute_figures", help="Overdue of all members, after netting."
    )
    amount_available = fields.Monetary(
        "Group Available", compute="_compute_figures", help="Group limit less group exposure."
    )
    lock_count = fields.Integer(
        "Check Counter", default=0, readonly=True, copy=False, help="Technical: serialises credit checks."
    )

    _amount_limit_not_negative = models.Constraint(
        "CHECK (amount_limit >= 0)", "The limit of a credit group cannot be negative. Enter 0 for cash only."
    )

    @api.depends("profile_ids", "limit_type", "amount_limit", "currency_id")
    def _compute_figures(self):
        totals = self._get_totals()
        for group in self:
            exposure, overdue = totals.get(group.id, (0.0, 0.0))
            group.amount_exposure = exposure
            group.amount_overdue = overdue
            group.amount_available = group.amount_limit - exposure if group.limit_type == "amount" else 0.0

    def _get_totals(self):
        """Return ``{group id: (exposure, overdue)}`` in the currency of the group, all companies."""
        if not self.ids:
            return {}
        self.env.flush_all()
        partners = self.env.execute_query(
            SQL("SELECT partner_id FROM credit_profile WHERE group_id IN %s", tuple(self.ids))
        )
        scope = self.env["credit.exposure"]._make_scope([row[0] for row in partners])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.group_id, SUM(COALESCE(e.exposure, 0) * %(rate)s), SUM(COALESCE(o.overdue_net, 0) * %(rate)s)
                  FROM credit_profile p
                  JOIN credit_group g ON g.id = p.group_id
                  JOIN res_company c ON c.id = p.company_id
                  LEFT JOIN (%(totals)s) e ON e.partner_id = p.partner_id AND e.company_id = p.company_id
                  LEFT JOIN (%(overdue)s) o ON o.partner_id = p.partner_id AND o.company_id = p.company_id
                 WHERE p.group_id IN %(groups)s GROUP BY p.group_id
                """,
                rate=SQL(
                    "CASE WHEN g.currency_id = c.currency_id THEN 1 ELSE 1 / NULLIF(%s, 0) END",
                    self.env["credit.limit.source"]._get_rate_sql(SQL("g.currency_id"), scope.as_of),
                ),
                totals=self.env["credit.exposure"]._get_totals_sql(scope),
                overdue=self.env["credit.exposure"]._get_overdue_sql(scope),
                groups=tuple(self.ids),
            )
        )
        return {row[0]: (float(row[1] or 0), float(row[2] or 0)) for row in rows}

    def action_open_exposure(self):
        """Open the documents behind the exposure of all members."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Exposure of %(group)s", group=self.name),
            "res_model": "credit.exposure.line",
            "views": [(False, "list"), (False, "pivot")],
            "domain": [("profile_id.group_id", "=", self.id)],
            "context": {"group_by": ["profile_id", "component"]},
        }

    def write(self, vals):
        """Override: a changed limit of the group may free documents of its members."""
        result = super().write(vals)
        if {"limit_type", "amount_limit", "currency_id", "profile_ids", "active"} & vals.keys():
            # a group's limit may free members that the user may not write
            self.sudo().profile_ids._queue_recheck()
        return result
