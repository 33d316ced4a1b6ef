"""Records that go through steps: which state follows which."""

from odoo import models
from odoo.exceptions import UserError


class CreditStepped(models.AbstractModel):
    _name = "credit.stepped"
    _description = "Record That Goes Through Steps"

    _credit_reached_from = {}  # state: those from which a step leads to it

    def _update_state(self, state, **values):
        """Bring records into a state, with what belongs to it. Whoever may take the step is checked by the step.

        :raise UserError: when one of them is in a state from which it is not reached
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in self._credit_reached_from[state]:
                raise UserError(
                    self.env._(
                        "%(document)s is “%(now)s” and cannot become “%(wanted)s”.",
                        document=record.display_name,
                        now=labels[record.state],
                        wanted=labels[state],
                    )
                )
        # see above: what a step writes nobody writes by hand
        self.sudo().write({"state": state, **values})
