"""What was rejected: it stays so until something changes, and says by whom and why.

Pressing *Confirm* on an order that was rejected, and has not changed, tells the rejection again and opens no hold: the
controller has answered, and would be asked the same question by a button. What changes the answer opens one by itself
(another amount, less over the limit, less overdue, a reason that is gone, a customer who signs or pays). Whoever has
something new to say asks for a release, in words: then the document is on the desk again, with the earlier rejection
on it.
"""

from odoo import models
from odoo.exceptions import UserError


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    def _credit_hold_again(self):
        """Put a rejected document on the desk again: somebody has something new to say.

        :raise UserError: when nothing stops it any more
        """
        self.ensure_one()
        checkpoint = self.sudo().credit_hold_id.checkpoint  # the list of holds is the controllers'
        decision = self._credit_decide(checkpoint)[self]
        if decision.is_allowed:
            raise UserError(
                self.env._("Nothing stops %(document)s any more: go on with it.", document=self.display_name)
            )
        logged = self._credit_log({self: decision})
        self._credit_hold(checkpoint, {self: decision}, logged)

    def _credit_get_rejection_text(self):
        """Return by whom and why the document was rejected, as far as the reader may know it."""
        hold = self.sudo().credit_hold_id  # a salesperson sees who rejected it and why
        day = self._credit_write_day(hold.date_closed or hold.write_date)
        if not self._credit_sees_figures():
            return self.env._("Rejected by the credit department on %(day)s.", day=day)
        said = "; ".join(word.rstrip(" .。!！") for word in (hold.reject_reason_id.name, hold.reject_note) if word)
        return self.env._(
            "Rejected by %(user)s on %(day)s: %(said)s.", user=hold.rejected_by_id.name, day=day, said=said
        )

    def _credit_get_way_after_rejection(self):
        """Return what a salesperson can do about a rejection that stands."""
        return self.env._(
            "Nothing has changed since, so nobody is asked again. Change what was rejected, or ask for release and say "
            "what is new."
        )

    def _credit_get_panel_rejection(self, decision):
        if self.credit_hold_state != "rejected":
            return False
        is_kept = not decision.is_allowed and bool(self._credit_get_rejected({self: decision}))
        return {"text": self._credit_get_rejection_text(), "is_kept": is_kept}
