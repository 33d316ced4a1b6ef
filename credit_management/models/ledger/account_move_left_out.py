"""An invoice is not left out of dunning unseen: what is not dunned reaches no level, and nothing is held for it.

A customer as a whole goes the way of everything that loosens (`change/`). A single invoice is a controller's daily
work: it is limited to those with credit rights, and kept in the log, draft or posted. So is a plan of its own, which
may come later, or never.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..record.words import in_every_language

PLAN, LEFT_OUT = "credit_dunning_plan_id", "no_followup"


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: see `write`."""
        moves = super().create(vals_list)
        for move, vals in zip(moves, vals_list, strict=True):
            if vals.get(PLAN):
                move._credit_note_dunning(PLAN, "", move._credit_get_plan_words())
        return moves

    def write(self, vals):
        """Override of `account`: who gives an invoice another plan is a credit controller, and is named in the log.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if PLAN not in vals:
            return super().write(vals)
        given = {move: move._credit_get_plan_words() for move in self if move[PLAN].id != (vals[PLAN] or False)}
        result = super().write(vals)
        for move, before in given.items():
            move._credit_note_dunning(PLAN, before, move._credit_get_plan_words())
        return result

    def _credit_get_plan_words(self):
        return in_every_language(self, lambda told: told[PLAN].name or "")

    def _credit_note_dunning(self, name, before, after):
        """Refuse, or keep in the log, that an invoice is dunned otherwise.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        if self.move_type not in ("out_invoice", "out_receipt") or self._credit_is_of_claims():  # claims never are
            return
        if self._credit_is_person():
            raise AccessError(
                self.env._(
                    "%(invoice)s: only a credit controller leaves an invoice out of dunning, or has it dunned by "
                    "another plan. Ask one, or note a dispute or a promise of the customer.",
                    invoice=self.display_name,
                )
            )
        if self.partner_id and self.company_id._is_credit_checked():
            self._credit_log_dunning(name, before, after)

    def _credit_log_dunning(self, name, before, after):
        profile = self._credit_get_profiles()[self]
        amount = self.amount_residual_signed if self.state == "posted" else self.amount_total_signed
        values = {
            **profile._get_log_values(), "kind": "change", "verdict": "looser", "res_model": self._name,
            "res_id": self.id, "document_name": self._credit_get_name_words(),
            "field_name": in_every_language(self, lambda told: told._fields[name]._description_string(told.env)),
            "value_before": before, "value_after": after, "amount_most": amount,
        }
        self.env["credit.log"].sudo()._append([values])  # the log is written for every user


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    no_followup = fields.Boolean(copy=False)  # a copy would be left out, and nobody would have said so

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: see `write`."""
        items = super().create(vals_list)
        left_out = [item for item, vals in zip(items, vals_list, strict=True) if vals.get(LEFT_OUT)]
        self.browse().union(*left_out)._credit_note_left_out()
        return items

    def write(self, vals):
        """Override of `account`: who leaves an invoice out of dunning is a credit controller, and is named in the log.

        :raise AccessError: for persons without credit rights, once something is checked
        """
        left_out = self.filtered(lambda item: not item[LEFT_OUT]) if vals.get(LEFT_OUT) else self.browse()
        left_out._credit_note_left_out()
        return super().write(vals)

    def _credit_note_left_out(self):
        """Refuse, or keep in the log, that what these items are of is not dunned."""
        debts = self.filtered(lambda item: item.account_type == "asset_receivable")
        for move in debts.move_id:
            no, yes = (
                in_every_language(move, lambda told, is_so=is_so: told.env._("Yes") if is_so else told.env._("No"))
                for is_so in (False, True)
            )
            move._credit_note_dunning(LEFT_OUT, no, yes)
