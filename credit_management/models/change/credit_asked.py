"""What a change that is asked for may contain, and what its approver reads: that is all that happens."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .measures import TIGHTER

LINKS = {fields.Command.UNLINK, fields.Command.LINK, fields.Command.CLEAR, fields.Command.SET}
CHATTER = ("message_", "activity_", "website_message_")


class CreditLoosening(models.AbstractModel):
    _inherit = "credit.loosening"

    def _credit_get_kept(self, operation, values):
        """Return those of values that a change may write with all rights: what loosens and its reasons, or what makes
        up a new record.

        :raise UserError: for values that are written inside of a link: nobody would have read them
        """
        names = self._credit_get_kept_names(operation)
        kept = {name: value for name, value in values.items() if name in names}
        for name, value in kept.items():
            if not self._credit_is_plain(name, value):
                raise UserError(
                    self.env._(
                        "%(field)s: what is written inside of it cannot be part of a change that somebody else "
                        "applies. Save or ask for that first, by itself.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )
        return kept

    @api.model
    def _credit_get_kept_names(self, operation):
        """Return the names of the fields that a change may write. Hook: for a record that people do not write."""
        if operation == "unlink":
            return set()
        if operation == "write":
            return {*self._credit_get_loosening(), *self._credit_get_companions()}
        return {
            name
            for name, field in self._fields.items()
            if field.store and not field.readonly and not name.startswith(CHATTER)
        }

    def _credit_get_before(self, names):
        """Return what stands in fields of the record now, as JSON, to be compared later."""
        values = {name: self._fields[name].convert_to_write(self[name], self) for name in names}
        return json.dumps(values, default=str)

    def _credit_is_plain(self, name, value):
        """Tell whether a value writes nothing but the field itself: links may be added or taken away."""
        if self._fields[name].type not in ("one2many", "many2many"):
            return not isinstance(value, (list, tuple, dict))
        return all(isinstance(link, int) or link[0] in LINKS for link in value or ())

    def _credit_get_shown(self, operation, values, loosened):
        """Return changes of all that values write, not only of what loosens: see `_credit_get_changes`."""
        if operation == "create":
            told = {change[0] for change in loosened}
            names = [name for name in values if name not in told]
            texts = [(name, "", self._credit_get_words(name), TIGHTER) for name in names if self._credit_get_text(name)]
        elif operation == "write":
            after = self.new(values, origin=self)
            names = [name for name in values if name not in self._credit_get_loosening()]
            changed = [name for name in names if self._credit_is_other(name, after)]
            texts = [(name, self._credit_get_words(name), after._credit_get_words(name), TIGHTER) for name in changed]
            loosened = self._credit_get_changes(values)
        else:
            texts = []
        return [*loosened, *texts]
