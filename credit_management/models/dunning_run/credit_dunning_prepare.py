"""How a run is prepared: everything is decided, and becomes notices and reasons. Nothing is sent."""

from collections import namedtuple

from odoo import Command, api, models
from odoo.tools import SQL

from ...engine.dunning import EXHAUSTED, PERHAPS_PAID
from .credit_dunning_omission import DEFECT

Rules = namedtuple("Rules", "run_id company day plans defects account_ids")
BATCH = 500  # records between two commits: a batch takes about a second
QUIETLY = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class CreditDunningRun(models.Model):
    _inherit = "credit.dunning.run"

    def _prepare(self):
        """Make the notices of the run's day, and a row for each customer that is left out.

        A run that was killed while it was being prepared begins anew: nothing of it was sent.
        """
        if self.state == "draft":
            self._update_state("preparing")
        self._forget()
        left = self._decide()
        self.env["ir.cron"]._commit_progress(remaining=len(left) + 1)
        for start in range(0, len(left), BATCH):
            self._write_down(left[start:start + BATCH])
            self.env["ir.cron"]._commit_progress(min(BATCH, len(left) - start))
        self._plan_tasks(self.omission_ids)
        self._update_state("ready")
        if self.is_sent_by_itself:
            self._update_state("sending")
        self.env["ir.cron"]._commit_progress(1)

    def _forget(self):
        self.omission_ids.unlink()
        self._drop_drafts()

    def _read_rules(self, day=None):
        """Return the plans and what is wrong with each: what stays the same while many are decided one by one.

        :param day: as of which day is decided; by default the run's
        """
        day = day or self.date
        plans = self.env["credit.dunning"]._get_plans(self.company_id, day)
        accounts = self.env["account.account"]._credit_get_accounts()
        return Rules(self.id, self.company_id, day, plans, self._read_defects(plans), accounts.ids)

    def _decide(self, partner_ids=None, apart=None):
        """Return ``[(outcome, values of why it is left out, or None)]`` as of now.

        :param partner_ids: of these customers only; None: of all
        :param apart: notices that are left out of account, as they are decided on
        """
        return self._decide_by(self._read_rules(), partner_ids, apart)

    @api.model
    def _decide_by(self, rules, partner_ids=None, apart=None):
        """Return what `_decide` does, by rules that were read before."""
        condition = {} if apart is None else {"apart": SQL("n.run_id = %s", rules.run_id)}
        Dunning = self.env["credit.dunning"]
        outcomes = Dunning._decide(rules.company, rules.day, partner_ids, plans=rules.plans, **condition)
        going = [outcome for outcome in outcomes if outcome.level]
        hits = Dunning._find_perhaps_paid(rules.company, rules.day, going, rules.account_ids)
        return [(outcome, self._get_omission(outcome, hits, rules.defects)) for outcome in outcomes]

    def _read_defects(self, plan_ids):
        # whoever runs need not see the plans
        plans = self.env["credit.dunning.plan"].sudo().with_company(self.company_id).browse(plan_ids)
        return {plan.id: " ".join(plan._get_defects()) for plan in plans}

    @api.model
    def _get_omission(self, outcome, hits, defects):
        """Return why an outcome is left out, as values of a row; None: it becomes a notice."""
        if outcome.reason:
            return {"reason": outcome.reason, "date": outcome.until}
        if outcome.partner_id in hits:
            return {"reason": PERHAPS_PAID, "statement_line_id": hits[outcome.partner_id]}
        if defects[outcome.plan_id]:
            return {"reason": DEFECT, "note": defects[outcome.plan_id]}
        return None

    # -- records -----------------------------------------------------------------------------------

    def _write_down(self, decided):
        """Create the notices, which are returned, and the rows of who is left out."""
        moves = {line.item.move_id for outcome, _omission in decided for line in outcome.lines} - {None}
        self.env["account.move"].browse(moves).fetch(["name"])
        contacts = self._find_contacts({outcome.partner_id for outcome, omission in decided if omission is None})
        notices = self.env["credit.notice"].with_context(**QUIETLY).create(
            [
                {**self._prepare_notice(outcome), **contacts[outcome.partner_id]}
                for outcome, omission in decided if omission is None
            ]
        )
        notices._make_claims(self.date)
        self.env["credit.dunning.omission"].create(
            [self._prepare_omission(outcome, omission) for outcome, omission in decided if omission is not None]
        )
        return notices

    def _prepare_notice(self, outcome):
        return {
            "run_id": self.id, "company_id": self.company_id.id, "partner_id": outcome.partner_id,
            "plan_id": outcome.plan_id, "is_test": bool(self.test_email), "date": self.date,
            "currency_id": outcome.currency_id, **self._prepare_content(outcome),
            "amount_prepared": self._from_units(outcome.amount, outcome.currency_id),
        }

    def _find_contacts(self, partner_ids):
        """Return ``{customer id: who gets its notice, and who gets the answer}``; two searches for all of them."""
        addresses = self.env["res.partner"].search([("parent_id", "in", partner_ids), ("type", "=", "invoice")])
        files = self.env["credit.profile"].search(
            [("company_id", "=", self.company_id.id), ("partner_id", "in", partner_ids)]
        )
        first = {address.parent_id.id: address.id for address in reversed(addresses)}
        controllers = {file.partner_id.id: file.controller_id.id for file in files}
        anybody = (self.company_id.credit_controller_id or self.user_id).id
        return {
            partner_id: {
                "recipient_id": first.get(partner_id, partner_id), "user_id": controllers.get(partner_id) or anybody,
            }
            for partner_id in partner_ids
        }

    def _prepare_content(self, outcome):
        """Return what a notice says, as it is decided now."""
        return {
            "level_id": outcome.level.level_id, "level": outcome.level.number, "date_deadline": outcome.date_deadline,
            "amount_total": self._from_units(outcome.amount, outcome.currency_id),
            "amount_company": self._from_units(outcome.amount_company, self.currency_id.id),
            "line_ids": [Command.clear(), *(Command.create(self._prepare_line(line)) for line in outcome.lines)],
        }

    def _prepare_line(self, line):
        item = line.item
        return {
            "item_id": item.item_id or False, "move_id": item.move_id,
            "name": self.env["account.move"].browse(item.move_id or ()).name or self.env._("Received, not booked yet"),
            "date_due": item.date_due if item.amount > 0 else False,
            "days_late": max((self.date - item.date_due).days, 0) if item.amount > 0 else 0,
            "amount": self._from_units(line.amount, item.currency_id),
            "amount_company": self._from_units(line.amount_company, self.currency_id.id),
            "amount_held": self._from_units(item.amount_held, item.currency_id) if item.amount > 0 else 0,
            "is_dunned": line.is_dunned, "level": line.level, "date_deadline": line.date_deadline,
        }

    def _prepare_omission(self, outcome, omission):
        return {
            "run_id": self.id, "partner_id": outcome.partner_id, "currency_id": outcome.currency_id,
            "amount": self._from_units(outcome.amount, outcome.currency_id),
            "amount_company": self._from_units(outcome.amount_company, self.currency_id.id),
            "level": outcome.level_now, **omission,
        }

    @api.model
    def _from_units(self, units, currency_id):
        """Return an amount of smallest units as Odoo stores it."""
        return units / 10 ** self.env["res.currency"].browse(currency_id).decimal_places

    # -- what somebody has to do ---------------------------------------------------------------------

    def _plan_tasks(self, omissions):
        """Tell whoever is responsible of what a person has to look at: money that may be a customer's, and customers
        for whom no level is left; once, however often they are left out."""
        if self.test_email:
            return
        texts = {
            PERHAPS_PAID: self.env._("Money on the bank may be of this customer: identify it"),
            EXHAUSTED: self.env._("Last dunning level reached: decide what comes next"),
        }
        for reason, text in texts.items():
            partners = omissions.filtered(lambda row, reason=reason: row.reason == reason).partner_id
            if partners:
                self._plan_task(partners, text)

    def _plan_task(self, partners, text):
        files = self.env["credit.profile"].search(
            [("company_id", "=", self.company_id.id), ("partner_id", "in", partners.ids)]
        )
        kind = self.env.ref("mail.mail_activity_data_todo")
        told = self.env["mail.activity"].search(
            [("res_model", "=", files._name), ("res_id", "in", files.ids), ("activity_type_id", "=", kind.id),
             ("summary", "=", text)]
        )
        for file in files.filtered(lambda file: file.id not in told.mapped("res_id")):
            responsible = file.controller_id or self.company_id.credit_controller_id or self.user_id
            file.activity_schedule(
                activity_type_id=kind.id, summary=text, user_id=(responsible or self.env.user).id,
                date_deadline=self.date,
            )
