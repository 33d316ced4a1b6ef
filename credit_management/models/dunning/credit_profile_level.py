"""The dunning level of a customer: worked out, or set by hand with a reason and a last day; both are shown."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ..exposure.credit_profile_figures import figure

HIGHEST = 9  # levels of a plan are few; rules compare with a digit


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    dunning_level = figure(
        "dunning_level",
        "Dunning Level",
        "How far dunning has come: the highest level of an open item, or the one that was set by hand. A policy can "
        "stop orders from a level on.",
        fields.Integer,
        aggregator=None,
    )
    dunning_level_found = figure(
        "dunning_level_found",
        "Level Worked Out",
        "The highest level of an item of which something is left after the customer's credits: it falls by itself when "
        "the money comes.",
        fields.Integer,
        aggregator=None,
    )
    is_dunning_level_set = fields.Boolean(
        "Level Set by Hand", readonly=True, tracking=True, help="The level that somebody has set counts."
    )
    dunning_level_set = fields.Integer(
        "Level Set", readonly=True, tracking=True, aggregator=None,
        help="Counts instead of the one that is worked out, until its last day.",
    )
    date_dunning_level_to = fields.Date(
        "Level Set Until", readonly=True, tracking=True, help="The last day on which the set level counts."
    )
    dunning_reason = fields.Char(
        "Why This Level", readonly=True, tracking=True, help="Why the level was set by hand."
    )

    _dunning_level_in_range = models.Constraint(
        "CHECK (dunning_level_set BETWEEN 0 AND 9)", "A dunning level is a number from 0 to 9."
    )

    # -- the figure --------------------------------------------------------------------------------

    @api.depends("is_dunning_level_set", "dunning_level_set", "date_dunning_level_to")
    def _compute_figures(self):
        """Override: the level follows at once when it is set."""
        return super()._compute_figures()

    @api.model
    def _get_figure_columns(self):
        levels = {"dunning_level": ("levels", "level"), "dunning_level_found": ("levels", "level")}
        return {**super()._get_figure_columns(), **levels}

    @api.model
    def _figure_to_sql(self, alias, name, query, scopes=None):
        found = super()._figure_to_sql(alias, name, query, scopes)
        if name != "dunning_level":
            return found
        today = self.env["credit.exposure"]._get_today_sql(SQL.identifier(alias, "company_id"))
        return self._get_level_sql(SQL.identifier(alias), found, today)

    @api.model
    def _get_level_sql(self, profile, found, day):
        """Return SQL for the level that counts on a day.

        :param SQL profile: the table of the credit file
        :param SQL found: the level that was worked out
        :param SQL day: the day
        """
        return SQL(
            "CASE WHEN %(p)s.is_dunning_level_set AND COALESCE(%(p)s.date_dunning_level_to, 'infinity') >= %(day)s "
            "THEN %(p)s.dunning_level_set ELSE %(found)s END",
            p=profile, found=found, day=day,
        )

    @api.model
    def _get_part_sql(self, part, scopes=None):
        if part != "levels":
            return super()._get_part_sql(part, scopes)
        Exposure = self.env["credit.exposure"]
        return Exposure._get_of_today_sql(scopes or Exposure._make_scopes_of_today(), Exposure._get_levels_sql)

    # -- by hand -----------------------------------------------------------------------------------

    @api.model
    def _get_curing_fields(self):
        return super()._get_curing_fields() | {
            "is_dunning_level_set", "dunning_level_set", "date_dunning_level_to",
        }

    def _set_dunning_level(self, level, reason, date_to=False):
        """Let a level count instead of the one that is worked out, until its last day.

        :raise AccessError: without the rights of a credit controller
        :raise UserError: without a reason, or for a last day that is over
        """
        self._check_may_set_level()
        if not (reason or "").strip():
            raise UserError(self.env._("A level that is set by hand needs its reason: say why."))
        for company in self.company_id:
            if date_to and date_to < company._credit_today():
                raise UserError(
                    self.env._(
                        "%(date)s is over: choose today or a later day as the last one on which the level counts.",
                        date=format_date(self.env, date_to),
                    )
                )
        self.write(
            {
                "is_dunning_level_set": True, "dunning_level_set": level, "dunning_reason": reason,
                "date_dunning_level_to": date_to,
            }
        )

    def action_forget_dunning_level(self):
        """Let the level count that is worked out.

        :raise AccessError: without the rights of a credit controller
        """
        self._check_may_set_level()
        return self.write(
            {
                "is_dunning_level_set": False, "dunning_level_set": 0, "dunning_reason": False,
                "date_dunning_level_to": False,
            }
        )

    def _check_may_set_level(self):
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_controller"):
            raise AccessError(self.env._("Only credit controllers and credit managers set dunning levels."))
