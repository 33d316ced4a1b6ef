"""What all members of a credit group owe together, across companies."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL


class CreditGroup(models.Model):
    _inherit = "credit.group"

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

    @api.depends("profile_ids", "limit_type", "amount_limit", "currency_id")
    def _compute_figures(self):
        totals = self._origin._get_totals()  # also while it is edited
        for group in self:
            exposure, overdue = totals.get(group._origin.id, (0.0, 0.0))
            group.amount_exposure = exposure
            group.amount_overdue = overdue
            group.amount_available = group.amount_limit - exposure if group.limit_type == "amount" else 0.0

    def _get_totals(self):
        """Return ``{group id: (exposure, overdue)}`` in the currency of the group: what its members owe, in whichever
        company, with or without a file there; each company on its day."""
        if not self.ids:
            return {}
        Exposure, totals = self.env["credit.exposure"], defaultdict(lambda: (0.0, 0.0))
        for partner_ids in Exposure._split_listed(self._find_members()):
            query = self._get_totals_query(Exposure._make_scopes_of_today(partner_ids))
            for group_id, *amounts in self.env.execute_query(query):
                totals[group_id] = tuple(
                    known + float(amount or 0) for known, amount in zip(totals[group_id], amounts, strict=True)
                )
        return totals

    def _get_totals_query(self, scopes):
        """Return SQL of ``group_id, exposure, overdue`` of the members in scopes of today."""
        Exposure = self.env["credit.exposure"]
        return SQL(
            "SELECT e.group_id, e.amount, o.amount FROM (%s) e LEFT JOIN (%s) o ON o.group_id = e.group_id",
            self._get_sum_sql("exposure", Exposure._get_of_today_sql(scopes, Exposure._get_totals_sql)),
            self._get_sum_sql("overdue_net", Exposure._get_of_today_sql(scopes, Exposure._get_overdue_sql)),
        )

    def _make_member_scopes(self):
        """Return the scopes of today of the members of these groups."""
        return self.env["credit.exposure"]._make_scopes_of_today(self._find_members())

    def _find_members(self):
        """Return the customers that are members of these groups, as ids of partners."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT partner_id FROM credit_profile WHERE group_id IN %s ORDER BY 1", tuple(self.ids))
        )
        return [partner_id for partner_id, in rows]

    def _get_sum_sql(self, column, figures):
        """Return SQL of ``group_id, amount``: a column of figures per company and customer, in the group's currency."""
        Exposure = self.env["credit.exposure"]
        return SQL(
            """
            SELECT p.group_id, SUM(e.%(column)s * %(rate)s) AS amount
              FROM (SELECT DISTINCT group_id, partner_id FROM credit_profile WHERE group_id IN %(groups)s) p
              JOIN credit_group g ON g.id = p.group_id
              JOIN (%(figures)s) e ON e.partner_id = p.partner_id
              JOIN res_company c ON c.id = e.company_id
             GROUP BY p.group_id
            """,
            column=SQL.identifier(column),
            rate=SQL(
                "CASE WHEN g.currency_id = c.currency_id THEN 1 ELSE 1 / NULLIF(%s, 0) END",
                Exposure._get_rate_sql(SQL("g.currency_id"), Exposure._get_today_sql(SQL("c.id"))),
            ),
            figures=figures,
            groups=tuple(self.ids),
        )
