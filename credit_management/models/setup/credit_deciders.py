"""Who could decide on how much, at which time: a row of the log whenever that changes.

What somebody could decide on yesterday does not end with the act that takes it away: see `change/credit_alone.py`. So
what is noted is the answer (who, where, for which rating, up to how much), as plain values that no later act changes.
It held until the next row; nobody writes the log. Acts that change it note it before and after; the nightly job and
whoever asks for a change note it, too, so no other way of taking something away goes unseen.
"""

import contextlib
from collections import namedtuple

from odoo import api, models

# what an authority asks about a customer
Standing = namedtuple("Standing", ["company_id", "rating_id"])
NOTED = [("res_model", "=", "credit.authority"), ("res_id", "=", 0), ("kind", "=", "change"), ("is_undone", "=", False)]


class CreditAuthority(models.Model):
    _name = "credit.authority"
    _inherit = "credit.authority"

    @api.model_create_multi
    def create(self, vals_list):
        """Override to note who decides: the first authority takes away from all others."""
        with self.env["credit.log"]._noting_deciders():
            return super().create(vals_list)

    def write(self, vals):
        """Override: see `create`."""
        with self.env["credit.log"]._noting_deciders():
            return super().write(vals)

    def unlink(self):
        """Override: see `create`."""
        with self.env["credit.log"]._noting_deciders():
            return super().unlink()

    @api.model
    def _get_reaches(self):
        """Return how far each credit manager's own authority goes today, where they work, in company currency.

        :return: ``{user: {company: {rating: {kind: amount}}}}``, numbers as text; None for any amount, rating ``"0"``
            for customers whose rating no authority names
        :rtype: dict
        """
        # whoever asks need not read groups
        managers = self.env.ref("credit_management.group_credit_manager").sudo().all_user_ids.filtered("active")
        # whoever asks; an archived one does not count
        everyones = self.sudo().with_context(active_test=True).search([])  # pylint: disable=no-search-all
        return {
            str(user.id): {str(company.id): everyones._get_reaches_in(company, user)
                           for company in user.company_ids._credit_company()}
            for user in managers
        }

    def _get_reaches_in(self, company, user):
        valid = self.filtered(lambda authority: authority.company_id in (company, company.browse()))
        as_of, none = company._credit_today(), self.rating_ids.browse()
        return {
            str(rating.id or 0): {
                kind: valid._get_reach_of(user, Standing(company, rating), as_of, kind) for kind in ("over", "limit")
            }
            for rating in (none, *self.rating_ids)
        }


class CreditLog(models.Model):
    _inherit = "credit.log"

    @api.model
    @contextlib.contextmanager
    def _noting_deciders(self):
        """Note who could decide before what happens inside, and who can after it."""
        if not self.env.registry.ready:
            yield
            return
        self._note_deciders()
        yield
        self._note_deciders()

    @api.model
    def _note_deciders(self):
        """Add a row where somebody can decide on something else than what was noted last."""
        reaches, log = self.env["credit.authority"]._get_reaches(), self.sudo()  # the log is nobody's to write
        last = log.search(NOTED, limit=1).facts
        if last != reaches:
            values = {
                "kind": "change",
                "res_model": "credit.authority",
                "res_id": 0,
                "facts": reaches,
                "document_name": self.env._("Credit managers and their authorities"),
                "field_name": self.env._("Persons Who Decide on Changes"),
                "value_before": str(len(last)) if last else "",
                "value_after": str(len(reaches)),
            }
            log._append([values])

    @api.model
    def _get_deciders_since(self, since):
        """Return what anybody could decide on at some time since a moment.

        :return: ``(until, reaches)``, the latest first: see `credit.authority._get_reaches`; until None for now
        :rtype: list
        """
        log = self.sudo()  # a permission depends on it, whoever asks
        rows = log.search([*NOTED, ("date", ">=", since)]) + log.search([*NOTED, ("date", "<", since)], limit=1)
        now = self.env["credit.authority"]._get_reaches()
        ends = [self.env.cr.now(), *rows.mapped("date")]
        noted = list(zip(ends, rows.mapped("facts"), strict=False))
        if noted and noted[0][1] == now:
            noted = noted[1:]
        return [(None, now), *noted]

    @api.model
    def _cron_seal(self):
        """Override: what nobody has noted is noted before the day is sealed."""
        self._note_deciders()
        return super()._cron_seal()
