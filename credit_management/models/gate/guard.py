"""The guard: below every path into a step, and below every field that the check relies on.

It refuses; the gate above it explains, and holds.
"""

from odoo import api, models
from odoo.exceptions import AccessError

from .transaction import forget_passes, get_passes, note_passes

MARKS = {"credit_hold_id", "credit_hold_state"}


def get_changed(records, names, vals):
    """Return which of these fields the values would change; on creation, which are not empty."""
    return {
        name
        for name in names & vals.keys()
        if (any(is_changed(record, name, vals[name]) for record in records) if records else vals[name])
    }


def is_changed(record, name, value):
    """Tell whether a value would change a field; commands to linked records always do."""
    kind = record._fields[name].type
    if kind == "many2one" and not isinstance(value, models.BaseModel):
        return record[name].id != value
    return kind in ("one2many", "many2many") or record[name] != value


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    # -- fields ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody creates a document with the marks of a credit check on it.

        :raise AccessError: naming the field
        """
        for vals in vals_list:
            self._credit_check_marks(vals)
        protected = self._credit_get_protected_fields()
        # an empty total or rate is what a form sends; it must not stand instead of the computed one
        vals_list = [{name: vals[name] for name in vals if name not in protected or vals[name]} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._credit_check_marks(vals)
        return super().write(vals)

    def unlink(self):
        """Override to close the holds of what is deleted."""
        self._credit_end_holds()
        return super().unlink()

    def _credit_check_marks(self, vals):
        """Refuse to write by hand what only the credit check says, or what it is computed from.

        :raise AccessError: naming the field
        """
        if self.env.su:
            return
        written = get_changed(self, self._credit_get_protected_fields(), vals) | (MARKS & vals.keys())
        if written:
            label = self._fields[min(written)]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))

    # -- steps -------------------------------------------------------------------------------------

    def _credit_guard(self, checkpoint):
        """Refuse the records that no decision of this transaction has let through.

        A pass is used up by the step it was given for.

        :raise UserError: with the reasons of everything that is refused
        """
        undecided = self._credit_without_pass(checkpoint)
        self._credit_forget_pass(checkpoint)
        if undecided:
            undecided._credit_gate(checkpoint)
            self._credit_forget_pass(checkpoint)

    def _credit_note_pass(self, checkpoint):
        """Remember that the guard need not decide again: see `transaction.py`."""
        note_passes(self.env.cr, self._credit_get_passes(checkpoint))

    def _credit_without_pass(self, checkpoint):
        """Return the records that no decision of this transaction has let through yet."""
        passed = get_passes(self.env.cr)
        return self.filtered(lambda record: (checkpoint, *record._credit_key()) not in passed)

    def _credit_forget_pass(self, checkpoint):
        """Take back passes that were not used: the step they were given for is over."""
        forget_passes(self.env.cr, self._credit_get_passes(checkpoint))

    def _credit_get_passes(self, checkpoint):
        return [(checkpoint, *record._credit_key()) for record in self]
