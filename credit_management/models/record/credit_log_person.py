"""The names of persons in the log: nobody writes them, and one action makes one anonymous, which leaves a row."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .words import in_every_language

REFUSES = """
    CREATE OR REPLACE TRIGGER credit_log_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_log_person
        FOR EACH STATEMENT EXECUTE FUNCTION credit_log_refuse();
"""


class CreditLogPerson(models.Model):
    _inherit = "credit.log.person"

    def init(self):
        """Refuse every change of a name in SQL, too; the function is the log's."""
        self.env["credit.log"].init()
        self.env.cr.execute(REFUSES)

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refuse: names come from who acted.

        :raise UserError: always
        """
        raise UserError(self.env["credit.log"]._get_refusal())

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: see `create`.

        :raise UserError: always
        """
        raise UserError(self.env["credit.log"]._get_refusal())

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse: see `create`.

        :raise UserError: always
        """
        raise UserError(self.env["credit.log"]._get_refusal())  # pylint: disable=no-raise-unlink

    def action_make_anonymous(self):
        """Replace the names of persons who have left by their number; the log itself stays as it is, and says so.

        :raise AccessError: without the rights of an administrator
        """
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only administrators make persons in the credit log anonymous."))
        for person in self:
            name = f"#{person.person_ref}"  # in no language: rows of all times and readers show it
            reason = in_every_language(self, lambda told, name=name: told.env._("Made anonymous: %(name)s", name=name))
            with self.env["credit.log"]._lift(reason):
                self.env.cr.execute(SQL("UPDATE credit_log_person SET name = %s WHERE id = %s", name, person.id))
        self.invalidate_recordset(["name"])
