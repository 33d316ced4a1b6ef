"""Growth of documents that went through already: noticed on every write path, checked once."""

from contextlib import contextmanager

from odoo import models

from .transaction import get_watched

HAPPENED = {"delivered"}  # what a growth says about the past: a quantity, at the price it had


class CreditGateMixin(models.AbstractModel):
    _inherit = "credit.gate.mixin"

    @contextmanager
    def _credit_watch(self, is_added=False, is_wish=False):
        """Check these documents when what happens inside makes them grow.

        :param bool is_added: the system adds it (a re-invoiced expense): counted and reported, never refused
        :param bool is_wish: a person asks for it, though core does it with all rights

        Writes are nested (an order writes its lines): the outermost one checks, with the final
        figures. Where the weights are kept: see `transaction.py`.
        """
        watched = get_watched(self.env.cr)
        records = self.filtered(lambda record: record._credit_key() not in watched)
        for record in records:
            watched[record._credit_key()] = record._credit_weigh()
        keys = [record._credit_key() for record in records]
        try:
            yield
            before = {key: watched[key] for key in keys}
        finally:
            for key in keys:
                watched.pop(key, None)
        records._credit_check_growth(before, is_added or (self.env.su and not is_wish))

    def _credit_weigh(self):
        # amounts are the same for everyone, and so is the day of the company
        return self.sudo()._credit_get_weight(self.company_id._credit_today())

    def _credit_check_growth(self, before, is_told):
        """Check the records that weigh more than before.

        What the system adds (delivery cost, expenses) and the quantity that was delivered beyond the order is
        counted and reported, not refused: it has happened already. Its price has not.
        """
        grown = {record: record._credit_get_grown(before[record._credit_key()]) for record in self.exists()}
        refused = self.filtered(lambda record: not is_told and grown.get(record, set()) - HAPPENED)
        if refused:
            refused._credit_gate("change")
        told = (self - refused).filtered(grown.get)
        if told:
            told._credit_report_growth()

    def _credit_get_grown(self, before):
        """Return the names of what weighs more than before."""
        after = self._credit_weigh()
        if before.get("customer") != after.get("customer"):
            return {"customer"}
        return {name for name in after if name != "customer" and after[name] > before.get(name, 0.0)}

    def _credit_report_growth(self):
        """Log what the system added, and tell the credit controller where it goes over."""
        enforced = self._credit_get_enforced()._credit_is_checked("change")
        if not enforced:
            return
        decisions = enforced._credit_decide("change")
        enforced._credit_log(decisions)
        for record in enforced.filtered(lambda record: not decisions[record].is_allowed):
            reader = record.company_id.credit_controller_id
            told = record.with_context(lang=reader.lang or self.env.lang)
            reasons = " ".join(told._credit_get_reasons(decisions[record]))
            record.message_post(
                body=told.env._("The document grew by itself beyond what credit allows. %(reasons)s", reasons=reasons),
                partner_ids=reader.partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )
