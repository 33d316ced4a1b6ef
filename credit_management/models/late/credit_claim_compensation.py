"""The fixed compensation that a notice claims, where its level says so: once for each invoice that is late."""

from odoo import api, models

from ...engine import interest as engine


class CreditDunningClaim(models.Model):
    _inherit = "credit.dunning.claim"

    @api.model
    def _prepare(self, notices, day, get_terms):
        """Override: with the compensations."""
        values = super()._prepare(notices, day, get_terms)
        interests = self._find_compensating(notices, get_terms)
        moves = notices.browse().union(*interests).line_ids.move_id
        done, fees = self._read_compensated(moves), self._read_fees(moves)
        for notice, interest in interests.items():
            lines = notice._get_lines_to_compensate(day).filtered(lambda line: line.move_id not in done)
            values += [line._prepare_compensation(interest, day, fees[line.move_id]) for line in lines]
        return [claim for claim in values if claim["amount"] > 0]

    @api.model
    def _find_compensating(self, notices, get_terms):
        """Return ``{notice: credit.interest}`` of those that claim a compensation: none does of a consumer."""
        terms = {notice: get_terms(notice) for notice in notices}
        found = {
            notice: own.interest for notice, own in terms.items()
            if own.is_compensation and own.interest.compensation_ids
        }
        for company, charged in notices.browse().union(*found).grouped("company_id").items():
            files = self.env["credit.profile"].sudo()._ensure(charged.partner_id, company)  # whoever sends
            consumers = files.filtered(lambda file: file._is_consumer()).partner_id
            found = {notice: interest for notice, interest in found.items() if notice.partner_id not in consumers}
        return found


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    def _get_lines_to_compensate(self, day):
        """Return the first late line of each invoice that the notice duns."""
        late = self.line_ids.filtered(
            lambda line: line.is_dunned and line.amount > 0 and line.date_due and line.date_due < day
            and line.move_id.sudo().move_type in ("out_invoice", "out_receipt")  # see above
        )
        first = {line.move_id: line for line in late.sorted("date_due", reverse=True)}
        return late.filtered(lambda line: first[line.move_id] == line)


class CreditNoticeLine(models.Model):
    _inherit = "credit.notice.line"

    def _prepare_compensation(self, interest, day, fees):
        """Return the values of the compensation of an invoice, above what reminders have cost already."""
        move, company = self.move_id.sudo(), self.notice_id.company_id  # see above
        fixed = interest._get_compensation(move.amount_total, move.currency_id, company, day)
        amount = move.currency_id.round(engine.above(fees, 0.0, fixed))
        values = {"notice_id": self.notice_id.id, "line_id": self.id, "kind": "compensation"}
        return {**values, "amount": amount, "date_until": day}
