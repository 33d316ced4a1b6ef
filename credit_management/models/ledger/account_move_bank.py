"""What the bank says: an entry is that of a line of a statement because that line has made it, and nobody says so.

The day on which money of a bill, a cheque or a direct debit was honoured is read from it.
"""

from odoo import api, models
from odoo.exceptions import AccessError


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: see `write`."""
        moves = super().create(vals_list)
        # looked at afterwards: it may be a default of the caller's, who need not read the bank's lines
        if any(line.move_id != move for move in moves.sudo() if (line := move.statement_line_id)):
            self._credit_refuse_bank_line()
        return moves

    def write(self, vals):
        """Override of `account`: core writes the line of a statement on the entry that this line has made.

        :raise AccessError: when a person writes another one, once something is checked
        """
        if "statement_line_id" in vals:
            moves = self.sudo()  # whoever bills need not read the bank's lines
            line = moves.statement_line_id.browse(vals["statement_line_id"] or [])
            changed = moves.filtered(lambda move: move.statement_line_id != line)
            if changed and changed != line.move_id:
                self._credit_refuse_bank_line()
        return super().write(vals)

    def _credit_refuse_bank_line(self):
        if not self.env.su and self.env["credit.policy"]._is_any_on():
            label = self._fields["statement_line_id"]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))
