"""Claims of a notice: its fee, and interest on each item (催款费用, 逾期利息). They outlive the invoice they are about.

A claim is *shown* in the preview, *claimed* with the notice, and open until it is paid, or waived with a reason. It
need not be booked for that; it never is dunned as principal.
"""

from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...engine import interest as engine

SAID = ("claimed", "booked", "waived")  # the customer was told: what was waived is not claimed again either
# what the level of a notice claims: its fee, `credit.interest` (or none), whether the fixed compensation of that, too
ClaimTerms = namedtuple("ClaimTerms", "fee currency interest is_compensation")


class CreditDunningClaim(models.Model):
    _name = "credit.dunning.claim"
    _description = "Claim for Late Payment"
    _order = "notice_id desc, kind, id"
    _rec_name = "kind"

    notice_id = fields.Many2one("credit.notice", required=True, index=True, ondelete="cascade", readonly=True)
    line_id = fields.Many2one(
        "credit.notice.line", "Item", index="btree_not_null", ondelete="cascade", readonly=True,
        help="The item that interest is claimed on; a fee is of the notice.",
    )
    item_id = fields.Many2one(related="line_id.item_id", store=True, index="btree_not_null")
    document = fields.Char(related="line_id.name", string="Document")
    partner_id = fields.Many2one(related="notice_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True)
    kind = fields.Selection(
        [("fee", "Fee"), ("interest", "Interest")], required=True, readonly=True,
        help="A fee is of the notice, interest of one of its items.",
    )
    currency_id = fields.Many2one(related="notice_id.currency_id", store=True)
    amount = fields.Monetary(readonly=True, help="What is claimed, in the currency of the notice.")
    date_from = fields.Date("From", readonly=True, help="First day of interest that was not claimed before.")
    date_until = fields.Date("Until", readonly=True, help="Last day of interest.")
    stretches = fields.Json(readonly=True, help="Days, base and rate, as they were reckoned.")
    explanation = fields.Char(compute="_compute_explanation", help="How it was reckoned.")
    step = fields.Selection(
        [("shown", "Shown"), ("claimed", "Claimed"), ("booked", "Booked"), ("waived", "Waived"),
         ("cancelled", "Cancelled")],
        required=True, readonly=True, default="shown", help="The last step that somebody took.",
    )
    state = fields.Selection(
        [("shown", "Shown"), ("claimed", "Claimed"), ("booked", "Booked"), ("paid", "Paid"), ("waived", "Waived"),
         ("cancelled", "Cancelled")],
        "Status", compute="_compute_state", store=True,
        help="Shown in the preview; claimed with the notice; booked on the customer's account; paid when the entry is "
        "settled; waived with a reason; cancelled when its notice was not sent, or undone.",
    )
    booking_id = fields.Many2one(
        "account.move.line", "Booked As", readonly=True, index="btree_not_null", ondelete="set null",
        help="The item on the customer's account. It is not dunned.",
    )
    reason = fields.Char("Waived Because", readonly=True)
    waived_by_id = fields.Many2one("res.users", "Waived By", readonly=True)
    date_waived = fields.Date("Waived On", readonly=True, help="From that day on nobody asks for it.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A claim is above zero.")
    _live_idx = models.Index("(item_id) WHERE kind = 'interest' AND step IN ('claimed', 'booked', 'waived')")

    @api.depends("step", "booking_id.reconciled", "booking_id.parent_state")
    def _compute_state(self):
        for claim in self:
            booking = claim.sudo().booking_id  # who reads claims need not read the ledger
            is_paid = claim.step == "booked" and booking.reconciled and booking.parent_state == "posted"
            claim.state = "paid" if is_paid else claim.step

    @api.depends("stretches")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for claim in self:
            claim.explanation = "; ".join(claim._explain(*stretch) for stretch in claim.stretches or ())

    def _explain(self, first, last, base, percent, is_daily):
        days = (fields.Date.to_date(last) - fields.Date.to_date(first)).days + 1
        values = {
            "first": format_date(self.env, first), "last": format_date(self.env, last), "days": days,
            "base": self.currency_id.format(base), "percent": f"{percent:.6f}".rstrip("0").rstrip("."),
        }
        if is_daily:
            return self.env._("%(days)s days (%(first)s – %(last)s) × %(base)s at %(percent)s %% a day", **values)
        return self.env._("%(days)s days (%(first)s – %(last)s) × %(base)s at %(percent)s %% a year", **values)

    # -- what may be changed -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: claims are made by their notices only.

        :raise AccessError: for everybody else
        """
        self._check_by_step()
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        self._check_by_step()
        return super().write(vals)

    def _check_by_step(self):
        if not self.env.su:
            raise AccessError(
                self.env._("A claim says what was claimed of the customer: book it, or waive it with a reason.")
            )

    def action_waive(self):
        """Open the dialog that asks why claims are waived."""
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive"),
            "res_model": "credit.dunning.claim.waive",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_claim_ids": self.ids},
        }

    def _waive(self, reason):
        """Waive claims: nobody asks for them any more.

        :raise AccessError: without the rights of a credit controller, or to book invoices
        :raise UserError: without a reason, or for a claim that is not open
        """
        self.check_access("read")
        if not (
            self.env.user.has_group("credit_management.group_credit_controller")
            or self.env.user.has_group("account.group_account_invoice")
        ):
            raise AccessError(self.env._("Only credit controllers and accountants waive claims."))
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why the claim is waived: it stays in the history."))
        self._check_open()
        # what a claim is, nobody writes by hand; the right was checked
        for company, claims in self.sudo().grouped("company_id").items():
            values = {"step": "waived", "reason": reason, "waived_by_id": self.env.uid}
            claims.write({**values, "date_waived": company._credit_today()})
        for notice, claims in self.filtered("notice_id").grouped("notice_id").items():
            text = self.env._("Waived: %(amount)s. %(reason)s", amount=claims._get_total_text(), reason=reason)
            notice.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)  # see above

    def _check_open(self):
        closed = self.filtered(lambda claim: claim.state != "claimed")
        if closed:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(amount)s of %(notice)s is “%(state)s”. Only what is claimed and not booked can be booked or "
                    "waived; what is booked is reversed in the ledger.",
                    amount=closed[0]._get_total_text(), notice=closed[0].notice_id.display_name or closed[0].document,
                    state=labels[closed[0].state],
                )
            )

    def _get_total_text(self):
        return ", ".join(
            currency.format(sum(claims.mapped("amount"))) for currency, claims in self.grouped("currency_id").items()
        )

    def _set_claimed(self):
        """Note that the notice with these claims went out."""
        self.sudo().filtered(lambda claim: claim.step == "shown").step = "claimed"  # written by steps only

    def _cancel(self):
        """Take back what was claimed and neither booked nor waived; return what stays."""
        loose = self.filtered(lambda claim: claim.step in ("shown", "claimed"))
        loose.sudo().step = "cancelled"  # written by steps only
        return self.filtered(lambda claim: claim.step == "booked")

    # -- reckoning ---------------------------------------------------------------------------------

    @api.model
    def _prepare(self, notices, day, get_terms):
        """Return the values of the claims of notices as of a day; three statements for any number of them.

        :param get_terms: returns `ClaimTerms` of a notice
        """
        terms = {notice: get_terms(notice) for notice in notices}
        charged = notices.filtered(lambda notice: terms[notice].interest)
        lines = charged.line_ids.filtered(lambda line: line.amount > 0 and line.item_id)
        items = lines.item_id.sudo()  # whoever sends need not read the ledger
        debts = self.env["credit.interest"]._read_debts(items.ids, day)
        claimed, impute = self._read_claimed(items.ids, notices), self._make_imputer(items.company_id, items, notices)
        found = []
        for notice in notices:
            own = terms[notice]
            found += notice._prepare_fee(own.fee, own.currency, day)
            if own.interest:
                found += notice._prepare_interest(own.interest, debts, impute, claimed, day)
        return found

    @api.model
    def _read_claimed(self, item_ids, notices):
        """Return ``{item id: (interest claimed before, its last day)}``; that of the notices themselves is left out."""
        rows = self.sudo()._read_group(  # whoever sends: no day is claimed twice
            [("item_id", "in", item_ids), ("kind", "=", "interest"), ("step", "in", SAID),
             ("notice_id", "not in", notices.ids)],
            ["item_id"], ["amount:sum", "date_until:max"],
        )
        return {item.id: (amount, last) for item, amount, last in rows}


class CreditNotice(models.Model):
    _inherit = "credit.notice"

    claim_ids = fields.One2many("credit.dunning.claim", "notice_id", "Claims", readonly=True)
    amount_claims = fields.Monetary(
        "Fee and Interest", compute="_compute_amount_claims", store=True,
        help="What was claimed besides what was due. It is open until it is paid, or waived.",
    )

    @api.depends("claim_ids.amount", "claim_ids.step")
    def _compute_amount_claims(self):
        for notice in self:
            claims = notice.claim_ids.filtered(lambda claim: claim.step != "cancelled")
            notice.amount_claims = notice.currency_id.round(sum(claims.mapped("amount")))

    def _prepare_fee(self, fee, currency, day):
        amount = currency._convert(fee, self.currency_id, self.company_id, day) if fee else 0.0
        if self.currency_id.compare_amounts(amount, 0.0) <= 0:
            return []
        return [{"notice_id": self.id, "kind": "fee", "amount": amount}]

    def _prepare_interest(self, interest, debts, impute, claimed, day):
        """Return the values of the interest on each item: all of it up to the day, less what was claimed before."""
        terms, rounding = interest._make_terms(), self.currency_id.rounding
        lines = self.line_ids.filtered(lambda line: line.amount > 0 and line.item_id.id in debts)
        own = [line._lower_debt(debts[line.item_id.id]) for line in lines]
        found = []
        for line, debt in zip(lines, engine.spread(own, self._get_credits()), strict=True):
            before, last = claimed.get(line.item_id.id, (0.0, None))
            imputed = impute(line.item_id.sudo(), terms, debt)  # see above
            amount = engine.interest_since(terms, imputed, day, before, rounding)
            if amount:
                found.append(line._prepare_interest(amount, engine.reckon(terms, imputed, day), last))
        return found

    def _get_credits(self):
        """Return ``[(day, amount)]`` of the credits that the notice takes off."""
        return [(line.date_due or self.date, -line.amount) for line in self.line_ids if line.amount < 0]


class CreditNoticeLine(models.Model):
    _inherit = "credit.notice.line"

    def _lower_debt(self, debt):
        """Return a debt without what the notice does not ask for: it is claimed once it is asked for."""
        return engine.Debt(debt.amount - self.amount_held, debt.date_due, debt.paid) if self.amount_held else debt

    def _prepare_interest(self, amount, stretches, last):
        """Return the values of the interest on an item, with the stretches of after what was claimed before."""
        return {"notice_id": self.notice_id.id, "line_id": self.id, **prepare_interest(amount, stretches, last)}


def prepare_interest(amount, stretches, last):
    """Return the values of a claim of interest, with the stretches of after what was claimed before.

    :param last: the last day of what was claimed before, if anything was
    """
    new = [stretch for stretch in stretches if not last or stretch.last > last] or stretches
    first = max(new[0].first, last + engine.DAY) if last and new[-1].last > last else new[0].first
    return {
        "kind": "interest", "amount": amount, "date_from": first, "date_until": stretches[-1].last,
        "stretches": [
            [max(stretch.first, first).isoformat(), stretch.last.isoformat(), float(stretch.base),
             stretch.rate.percent, stretch.rate.is_daily]
            for stretch in new
        ],
    }
