"""Statements that tell of profiles: of few of them they are prepared, as planning takes longer than running."""

from dataclasses import dataclass

from odoo import api, models, tools

from .prepared_statement import PreparedStatement
from .scope import Scope

# parameters: those of a scope, and the ids of the profiles
TYPES = ("date", "int[]", "int[]", "int[]", "int[]")


@dataclass(frozen=True)
class Reading:
    """Statements on the same profiles as of a day; what they need to know of them is asked once."""

    profiles: models.BaseModel
    scope: Scope
    known: tuple[str, ...]  # names of the prepared statements that the connection has

    def rows(self, name):
        """Return the rows of a statement.

        :param str name: of a method that returns the `SQL` for a `Scope` and the ids of profiles; its text depends on
            the installed add-ons only
        """
        scope, ids = self.scope, self.profiles.ids
        if scope.contact_ids is None:  # many customers: planning for them is worth its time
            return self.profiles.env.execute_query(getattr(self.profiles, name)(scope, tuple(ids)))
        prepared = self.profiles._get_prepared(name, scope.absent)
        found = (scope.partner_ids, scope.account_ids, scope.contact_ids, ids)
        return prepared.fetch_rows(self.profiles.env, prepared.name in self.known, [scope.as_of, *map(list, found)])


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _start_reading(self, as_of):
        """Return a `Reading` of these profiles as of a day. Nothing may be written before its last statement."""
        scope, known = self.env["credit.exposure"]._make_scope_and_ask(as_of, self.partner_id.ids)
        return Reading(self, scope, known)

    @api.model
    @tools.ormcache("name", "absent")
    def _get_prepared(self, name, absent):
        """Return the prepared statement that a method builds, without what is absent."""

        def build(*parameters):
            return getattr(self, name)(Scope(*parameters[:4], absent=absent), parameters[4])

        return PreparedStatement.make(self.env.cr, f"credit{name}", TYPES, build)
