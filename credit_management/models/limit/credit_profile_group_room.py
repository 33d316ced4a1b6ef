"""What is available to a member of a credit group: no more than what the group's limit leaves to all of them."""

from odoo import api, models
from odoo.tools import SQL


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _get_limiting_group(self):
        """Return the credit groups with a limit that bounds these customers."""
        # what all members use together is told to whoever may see the file of one, as on the strip of an order
        return self.sudo().group_id.filtered(lambda group: group.active and group.limit_type == "amount")

    def _compute_figures(self):
        """Override: a page of files asks once for the groups of its rows."""
        super()._compute_figures()
        rooms = self._origin._get_group_rooms()
        for profile in self:
            room = rooms.get(profile._origin.id, profile.amount_available)
            profile.amount_available = min(profile.amount_available, room)

    def _get_group_rooms(self):
        """Return ``{profile id: what its group's limit leaves}``, in the currency of the file, of members only."""
        groups = self._get_limiting_group()
        if not groups:
            return {}
        rows = self.env.execute_query(self._get_group_rooms_sql(groups))
        return {profile_id: float(room) for profile_id, room in rows}

    @api.model
    def _get_group_rooms_sql(self, groups):
        """Return SQL of ``profile_id, room`` of the members of some groups, in the currency of their company."""
        Exposure, scopes = self.env["credit.exposure"], groups._make_member_scopes()
        return SQL(
            """
            SELECT p.id AS profile_id,
                   ROUND((COALESCE(g.amount_limit, 0) - COALESCE(t.amount, 0))
                         * CASE WHEN g.currency_id = c.currency_id THEN 1 ELSE %(rate)s END, cur.decimal_places) AS room
              FROM credit_profile p
              JOIN credit_group g ON g.id = p.group_id
              JOIN res_company c ON c.id = p.company_id
              JOIN res_currency cur ON cur.id = c.currency_id
              LEFT JOIN (%(totals)s) t ON t.group_id = g.id
             WHERE g.id IN %(groups)s
            """,
            rate=Exposure._get_rate_sql(SQL("g.currency_id"), Exposure._get_today_sql(SQL("c.id"))),
            totals=groups._get_sum_sql("exposure", Exposure._get_of_today_sql(scopes, Exposure._get_totals_sql)),
            groups=tuple(groups.ids),
        )

    # -- where it is searched and sorted by ------------------------------------------------------------

    @api.model
    def _figure_to_sql(self, alias, name, query, scopes=None):
        own = super()._figure_to_sql(alias, name, query, scopes)
        if name != "amount_available" or scopes is not None:  # what is read of a page: see `_compute_figures`
            return own
        # every group, whoever may see it: it bounds its members
        groups = self.env["credit.group"].sudo().search([("limit_type", "=", "amount"), ("profile_ids", "!=", False)])
        if not groups:
            return own
        room = query.make_alias(alias, "credit_group_room")
        if room not in query._joins:
            condition = SQL("%s = %s", SQL.identifier(room, "profile_id"), SQL.identifier(alias, "id"))
            query.add_join("LEFT JOIN", room, SQL("(%s)", self._get_group_rooms_sql(groups)), condition)
        return SQL("LEAST(%s, %s)", own, SQL.identifier(room, "room"))  # LEAST leaves out what is not there
