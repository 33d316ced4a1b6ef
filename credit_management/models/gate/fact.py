"""Facts are derived, so nobody writes them: each column that a statement of facts reads is in one of three lists.

**Refused**: Odoo works it out, nobody has to write it, and once something is checked no person does.
**Watched**: people must write it; a change of it is decided, refused where the debtor of a posted debt would change, or
looked at again. **Harmless**: with the reason why it may change without either.

The lists are of `credit.fact`, by model; a test makes a view of each statement and asks PostgreSQL which columns it
uses: a column in no list fails it.
"""

from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import AccessError

from .guard import get_changed


@dataclass(frozen=True)
class Columns:
    """The columns of a model of core's that facts are read from."""

    refused: frozenset = frozenset()
    watched: frozenset = frozenset()
    harmless: dict = field(default_factory=dict)  # {name, or '*' for all others: why}

    def get_lists(self, name):
        """Return in which lists a column is: exactly one, where nothing was forgotten."""
        lists = [kind for kind in ("refused", "watched", "harmless") if name in getattr(self, kind)]
        return lists or (["harmless"] if "*" in self.harmless else [])


class CreditFact(models.AbstractModel):
    _name = "credit.fact"
    _description = "Columns that facts are read from"

    @api.model
    def _get_columns(self):
        """Return ``{model: Columns}``. Hook: a bridge that brings a source names what it reads.

        A model with refused columns inherits `credit.fact.mixin`, or refuses them as a document under control.
        """
        return {}


class CreditFactMixin(models.AbstractModel):
    _name = "credit.fact.mixin"
    _description = "Record that facts are read from"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: nobody creates what is worked out by the system.

        :raise AccessError: naming the field
        """
        for vals in vals_list:
            self._credit_check_refused(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._credit_check_refused(vals)
        return super().write(vals)

    def _credit_check_refused(self, vals):
        """Refuse to write by hand what facts are read from, once something is checked.

        :raise AccessError: naming the field
        """
        if self.env.su:
            return
        names = self.env["credit.fact"]._get_columns()[self._name].refused & vals.keys()
        written = names and self.env["credit.policy"]._is_any_on() and get_changed(self, names, vals)
        if written:
            label = self._fields[min(written)]._description_string(self.env)
            raise AccessError(self.env._("'%(field)s' is worked out by the system and cannot be written.", field=label))
