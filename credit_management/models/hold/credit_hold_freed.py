"""Who is told what has freed a document: its salesperson on it, and whoever did it at the screen."""

from odoo import SUPERUSER_ID, models


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _tell_cause(self, causes):
        """Say what has freed the documents of these holds.

        :param list causes: payments and entries (`account.payment`, `account.move`) that were posted before, and what
            other rooms add
        """
        for hold in self:
            found = [cause for cause in causes if hold._is_freed_by(cause)]
            if found:
                # the system says it: whoever paid has written nothing on the order
                system = hold.with_user(SUPERUSER_ID)
                system._tell_salesperson(lambda env, cause=found[-1]: self._name_cause(env, cause))
        self._show_freed()

    def _is_freed_by(self, cause):
        customer = cause.partner_id.commercial_partner_id
        group = self.profile_id.group_id
        return customer == self.partner_id.commercial_partner_id or (group and customer in group.profile_ids.partner_id)

    def _name_cause(self, env, cause):
        return env._(
            "Freed by %(document)s, registered by %(person)s.", document=cause.name, person=cause.create_uid.name
        )

    def _show_freed(self):
        """Show whoever is at the screen what became free by it, each with its link where they may open it."""
        person = self.env["res.users"].browse(self.env.uid)
        if self and person._is_internal() and person.id != SUPERUSER_ID:
            person._bus_send("credit_management/freed", {"documents": [hold._prepare_freed(person) for hold in self]})

    def _prepare_freed(self, person):
        # whether they may open it is asked as that person
        document = self.env[self.res_model].browse(self.res_id).with_user(person)
        return {
            "name": self.document_name,
            "model": self.res_model,
            "id": self.res_id if document.has_access("read") else False,
        }
