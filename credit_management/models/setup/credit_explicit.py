"""Records that decide something take what is said explicitly, and nothing that somebody made a default of.

A default of a user, of the company's administrator or of a caller's context fills in what is not named: on a permission
that would be a value that nobody has decided. What people may not write takes what its field declares, and so does
everything that the system writes on somebody's behalf.
"""

from odoo import api, models


class CreditExplicit(models.AbstractModel):
    _name = "credit.explicit"
    _description = "Record That Takes No Defaults of Anybody"

    _credit_explicit_prefix = ""  # how the names of the fields begin that are meant; all of a model of ours

    @api.model
    def default_get(self, fields):
        """Override: see above."""
        explicit = [name for name in fields if self._credit_is_explicit(name)]
        free = [name for name in fields if name not in explicit]
        return {**super().default_get(free), **self._credit_get_declared(explicit)}

    @api.model
    def _credit_is_explicit(self, name):
        """Tell whether a field takes no defaults: no person writes it here."""
        is_meant = name in self._fields and name.startswith(self._credit_explicit_prefix)
        return is_meant and (self.env.su or self._fields[name].readonly)

    @api.model
    def _credit_get_declared(self, names):
        """Return the defaults that fields declare, as Odoo writes them."""
        declared = [self._fields[name] for name in names if self._fields[name].default]
        values = {field: field.convert_to_cache(field.default(self), self, validate=False) for field in declared}
        return {field.name: field.convert_to_write(value, self) for field, value in values.items()}
