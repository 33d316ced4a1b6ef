"""Statements that tell of profiles: of few of them they are prepared, as planning takes longer than running."""

from odoo import api, models, tools

from .prepared_statement import KNOWN, PreparedStatement
from .scope import Scope

# parameters: those of a scope, and the ids of the profiles
TYPES = ("date", "int[]", "int[]", "int[]", "int[]")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _read_statement(self, as_of, name):
        """Return the rows of a statement on these profiles.

        :param as_of: the day
        :param str name: of a method that returns the `SQL` for a `Scope` and the ids of profiles; its text depends on
            the installed add-ons only
        """
        scope, [known] = self.env["credit.exposure"]._make_scope_and_ask(as_of, self.partner_id.ids, KNOWN)
        if scope.contact_ids is None:  # many customers: planning for them is worth its time
            return self.env.execute_query(getattr(self, name)(scope, tuple(self.ids)))
        prepared = self._get_prepared(name, scope.absent)
        found = (scope.partner_ids, scope.account_ids, scope.contact_ids, self.ids)
        return prepared.fetch_rows(self.env, prepared.name in known, [scope.as_of, *map(list, found)])

    @api.model
    @tools.ormcache("name", "absent")
    def _get_prepared(self, name, absent):
        """Return the prepared statement that a method builds, without what is absent."""

        def build(*parameters):
            return getattr(self, name)(Scope(*parameters[:4], absent=absent), parameters[4])

        return PreparedStatement.make(self.env.cr, f"credit{name}", TYPES, build)
