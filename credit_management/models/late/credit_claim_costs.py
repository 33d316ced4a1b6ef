"""Costs of reminders beside the fixed compensation: only what all of them are above it is claimed."""

from odoo import api, fields, models

from ...engine import interest as engine
from ..notice.credit_dunning_claim import SAID
from ..notice.credit_notice import SAID as SENT

ASKED = [step for step in SAID if step != "waived"]


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    amount_costs = fields.Monetary(
        "Costs of the Reminder", readonly=True, copy=False,
        help="The fee of its level. The fixed compensations of its invoices are taken off before it is claimed.",
    )


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"

    @api.model
    def _prepare(self, notices, day, get_terms):
        """Override: a fee is claimed as far as the costs of all reminders are above the fixed compensations."""
        values = super()._prepare(notices, day, get_terms)
        fees = {claim["notice_id"]: claim["amount"] for claim in values if claim["kind"] == "fee"}
        charged = notices.filtered(lambda notice: notice.id in fees)
        if not charged:
            return values
        said, earlier = self._read_said(charged, values), self._read_costs(charged)
        for notice in charged.sudo():  # a notice is written by steps only
            notice.amount_costs = fees[notice.id]
        for claim in values:
            if claim["kind"] == "fee":
                number = claim["notice_id"]
                claim["amount"] = engine.above(said[number], earlier[number], claim["amount"])
        return [claim for claim in values if claim["amount"] > 0]

    @api.model
    def _read_said(self, notices, values):
        """Return ``{notice id: compensations of its invoices, and fees of reminders before, that were claimed}``.

        :param values: of the claims that are being made: a notice may claim a compensation itself
        """
        moves = notices.line_ids.move_id
        compensations, fees = self._read_compensations(moves), self._read_fees(moves)
        found = {
            notice.id: sum(compensations.get(move, 0.0) + fees.get(move, 0.0) for move in notice.line_ids.move_id)
            for notice in notices
        }
        for claim in values:
            if claim["kind"] == "compensation" and claim["notice_id"] in found:
                found[claim["notice_id"]] += claim["amount"]
        return found

    @api.model
    def _read_compensations(self, moves):
        """Return ``{invoice: fixed compensation that was claimed}``."""
        return dict(self.sudo()._read_group(  # whoever sends
            [("move_id", "in", moves.ids), ("kind", "=", "compensation"), ("step", "in", ASKED)],
            ["move_id"], ["amount:sum"],
        ))

    @api.model
    def _read_costs(self, notices):
        """Return ``{notice id: costs of the notices before that list one of its invoices}``."""
        Line = self.env["credit.notice.line"].sudo()  # whoever sends
        rows = Line._read_group(
            [("move_id", "in", notices.line_ids.move_id.ids), ("notice_id", "not in", notices.ids),
             ("notice_id.state", "in", SENT), ("notice_id.is_test", "=", False)],
            ["notice_id", "move_id"],
        )
        found = {}
        for notice in notices:
            before = {other for other, move in rows if move in notice.line_ids.move_id}
            found[notice.id] = sum(other.amount_costs for other in before)
        return found

    @api.model
    def _read_fees(self, moves):
        """Return ``{invoice: fees that were claimed by notices that list it}``; each fee for one of them only."""
        claims = self.sudo().search(  # whoever asks
            [("kind", "=", "fee"), ("step", "in", ASKED), ("notice_id.line_ids.move_id", "in", moves.ids)]
        )
        found = dict.fromkeys(moves, 0.0)
        for claim in claims:
            found[(claim.notice_id.line_ids.move_id & moves)[:1]] += claim.amount
        return found
