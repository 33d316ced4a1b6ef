"""Who profits from a record: whoever made it, and everybody it was ever assigned to.

A person decides nothing on what is their own, and handing a record over for a moment does not change whose it is: the
persons it leaves are kept here, by the system, and nobody edits them.
"""

from odoo import api, fields, models
from odoo.tools import SQL


class CreditOwner(models.Model):
    _name = "credit.owner"
    _description = "Person a Record Was Assigned To"
    _log_access = False

    res_model = fields.Char("Model", required=True)
    res_id = fields.Integer("Number", required=True, aggregator=None, help="Number of the record.")
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")

    _record_user_unique = models.UniqueIndex("(res_model, res_id, user_id)")

    @api.model
    def _note(self, model, pairs):
        """Keep that records were these persons'.

        :param pairs: ``(record id, user id)``
        """
        rows = SQL(", ").join(SQL("(%s, %s, %s)", model, res_id, user_id) for res_id, user_id in pairs)
        self.env.cr.execute(
            SQL("INSERT INTO credit_owner (res_model, res_id, user_id) VALUES %s ON CONFLICT DO NOTHING", rows)
        )
        self.invalidate_model()

    @api.model
    def _get_former(self, records):
        """Return the users that these records were assigned to before."""
        # nobody reads the table; it is asked on everybody's behalf
        return self.sudo().search([("res_model", "=", records._name), ("res_id", "in", records._origin.ids)]).user_id


class CreditOwned(models.AbstractModel):
    _name = "credit.owned"
    _description = "Record That Remembers Whose It Was"

    @api.model
    def _credit_get_owner_names(self):
        """Return the names of the fields (`res.users`) that say whose a record is.

        Hook: an add-on names its own.
        """
        return ()

    def write(self, vals):
        """Override to keep whose the records were."""
        pairs = {
            (record.id, user.id)
            for name in vals.keys() & set(self._credit_get_owner_names())
            for record in self.sudo()  # whose it was, whoever may read that
            if (user := record[name]) and user.id != vals[name]
        }
        if pairs:
            self.env["credit.owner"]._note(self._name, pairs)
        return super().write(vals)

    def _credit_get_owners(self, is_maker_owner=True):
        """Return whose these records are: who made them, and whom they are and were assigned to."""
        records = self.sudo()  # whose they are, whoever may read that
        names = (*(["create_uid"] if is_maker_owner else []), *self._credit_get_owner_names())
        present = (records.mapped(name) for name in names)
        return self.env["res.users"].union(*present, self.env["credit.owner"]._get_former(records))
