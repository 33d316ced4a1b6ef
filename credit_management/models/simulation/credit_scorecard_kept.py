"""Changes of a card that were tried out are written to it part by part, as by any edit: what loosens and takes a second
person becomes a change that waits for one."""

from odoo import models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command


class CreditScorecard(models.Model):
    _inherit = "credit.scorecard"

    def _keep(self, changes, reason):
        """Write changes that were tried out, with the rights of who asks.

        :param dict changes: as of `_try_out`
        :param reason: why, for the second person
        :return: how many parts were written, and the changes that wait for a second person
        :raise AccessError: for who may not write scorecards
        """
        self.check_access("write")
        self._try_out(changes)
        written, waiting = 0, self.env["credit.change"]
        for record, operation, values in self._get_steps(changes):
            asked = record._write_or_ask(operation, values)
            if asked and not reason:
                raise UserError(
                    self.env._("This lets more pass than before, so a second person has to apply it: enter a reason.")
                )
            waiting |= waiting.create([{**asked, "reason": reason}] if asked else [])
            written += not asked
        return written, waiting

    def _keep_and_tell(self, changes, reason):
        """Write changes that were tried out, say what became of them, and open the card.

        :raise UserError: where nothing is changed
        """
        if not changes:
            raise UserError(self.env._("%(card)s says this already: change a weight or a rating.", card=self.name))
        written, waiting = self._keep(changes, reason)
        text = self.env._("Changes saved in %(card)s: %(count)s", card=self.name, count=written)
        if waiting:
            text = self.env._("%(saved)s. Waiting for a second person: %(count)s", saved=text, count=len(waiting))
        opened = {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id,
                  "views": [(False, "form")], "target": "main"}
        return {"type": "ir.actions.client", "tag": "display_notification",
                "params": {"type": "warning" if waiting else "success", "message": text, "next": opened}}

    def _get_steps(self, changes):
        """Return ``[(record, operation, values)]`` in an order in which no step is refused for the one after it.

        A rating begins above the next worse one: edges fall from the worst on, and rise from the best on.
        """
        steps = [(self.factor_ids.browse(key), "write", values) for _code, key, values in changes.get("factor_ids", ())]
        commands = changes.get("class_ids", ())
        gone = [self.class_ids.browse(key) for code, key, _values in commands if code == Command.DELETE]
        moved = [(self.class_ids.browse(key), values) for code, key, values in commands if code == Command.UPDATE]
        falling = [step for step in moved if step[1].get("score_from", step[0].score_from) < step[0].score_from]
        rising = [step for step in moved if step not in falling]
        new = [values for code, _key, values in commands if code == Command.CREATE]
        coverage = {name: changes[name] for name in ("coverage_min",) if name in changes}
        return [
            *steps,
            *((line, "unlink", {}) for line in gone),
            *((line, "write", values) for line, values in sorted(falling, key=lambda step: step[0].score_from)),
            *((line, "write", values) for line, values in sorted(rising, key=lambda step: -step[0].score_from)),
            *((self.class_ids.browse(), "create", {**values, "card_id": self.id}) for values in new),
            *([(self, "write", coverage)] if coverage else []),
        ]


class CreditLoosening(models.AbstractModel):
    _inherit = "credit.loosening"

    def _write_or_ask(self, operation, values):
        """Do an operation of a part of a card; where it takes a second person, return what is to be asked for."""
        try:
            with self.env.cr.savepoint():
                getattr(self, operation)(*([] if operation == "unlink" else [values]))
        except RedirectWarning as warning:
            context = warning.args[3]
            return {name.removeprefix("default_"): value for name, value in context.items()}
        return None
