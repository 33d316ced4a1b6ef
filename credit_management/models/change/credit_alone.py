"""Applying an own change without a colleague: later, by an administrator, seen by everybody, and only where nobody else
could have decided for days.

Lowering a colleague's authority tightens and needs nobody. So whoever could have applied the change at some time within
the last days still counts as somebody able: taking that away first makes nobody alone. Nor does making it the
colleague's own: then the same days pass in which they can object.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

HOURS_ALONE = 24  # how long everybody can object before an administrator without a colleague applies an own change
# How long somebody who could decide still counts: a week, so that whoever lost an authority on a Friday, or is away for
# some days, sees what is asked for before it is applied, and a company that lost its second manager works on soon.
DAYS_ABLE = 7


class CreditChange(models.Model):
    _inherit = "credit.change"

    alone_text = fields.Char(
        "Without a Colleague",
        compute="_compute_alone_text",
        help="From when on whoever asked may apply it, as an administrator, because nobody else can.",
    )

    @api.depends("state")
    @api.depends_context("lang", "tz")
    def _compute_alone_text(self):
        for change in self:
            # others' authorities, whoever looks
            since = change.state == "waiting" and change.sudo()._get_date_alone()
            change.alone_text = since and change._get_alone_text(since)

    def _get_own_refusal(self, user):
        """Return why somebody may not apply an own change: only an administrator may, later, who has no colleague."""
        is_author = self.requester_id == user and user.has_group("base.group_system")
        since = self._get_date_alone() if is_author else None
        if not since:
            return self.env._("You asked for it, or it is about your own, so somebody else has to apply it.")
        return self._get_alone_text(since) if fields.Datetime.now() < since else ""

    def _get_alone_text(self, since):
        return self.env._(
            "Nobody else can apply it now. %(person)s, who asked for it, can as an administrator from %(moment)s on: "
            "%(hours)s hours after asking, and %(days)s days after the last moment at which somebody else could have, "
            "also whose authority or rights were taken away since. Everybody concerned has been told.",
            person=self.requester_id.name,
            moment=format_datetime(self.env, since, dt_format="short"),
            hours=HOURS_ALONE,
            days=DAYS_ABLE,
        )

    def _get_date_alone(self):
        """Return from when on whoever asked may apply the change alone; None while somebody else is able to."""
        if self._get_able():
            return None
        days, own = timedelta(days=DAYS_ABLE), set(self._get_profiting().ids)
        waits = [self.create_date + timedelta(hours=HOURS_ALONE)]
        for until, able in self._get_once_able():
            if able - own and not until:
                return None
            if able - own:
                waits.append(until + days)
            elif able - {self.requester_id.id}:  # whose own it is: that may have been made so
                waits.append(self.create_date + days)
        return max(waits)

    def _get_once_able(self):
        """Return ``(until, numbers of users)`` of who could decide on as much within the last days, whose own it may be
        or not; until None for now. A user who is deleted counts as well."""
        since = fields.Datetime.now() - timedelta(days=DAYS_ABLE)
        away = self.env["credit.substitute"]._get_long_absent(since)
        claims = {str(file.company_id.id): (str(file.rating_id.id or 0), self._get_claims_in(file.company_id),
                                            file.company_id.currency_id) for file in self._get_files()}
        return [
            (until, {int(user) for user, where in reaches.items() if _covers(where, claims)} - set(away.ids))
            for until, reaches in self.env["credit.log"]._get_deciders_since(since)
        ]

    def _tell_alone(self):
        """Tell everybody concerned that somebody asks for a change that nobody else can apply now: also who could have,
        and cannot any more."""
        once = set().union(*(able for _until, able in self.sudo()._get_once_able()))  # others' authorities
        witnesses = (self.company_id or self.env.company)._credit_get_witnesses()
        people = (witnesses | self.env["res.users"].browse(once).exists()) - self.requester_id
        asked = self.env._("%(user)s asks for a change.", user=self.requester_id.name)
        body = " ".join(filter(None, (asked, self.alone_text)))
        self.sudo().message_post(  # whoever asks need not read users
            body=body,
            partner_ids=people.sudo().partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )


def _covers(where, claims):
    """Tell whether what somebody could decide on covers all that a change makes possible, wherever it acts.

    :param dict where: of `credit.authority._get_reaches`, of one user, by company where they worked
    :param dict claims: the rating it is about, the claims, and the currency they are in, by company
    """
    if claims.keys() - where.keys():
        return False
    return all(
        reach is None or (amount is not None and currency.compare_amounts(amount, reach) <= 0)
        for company, (rating, most, currency) in claims.items()
        for reach, amount in _pair(where[company].get(rating, where[company]["0"]), most)
    )


def _pair(reaches, most):
    return [(reaches[kind], amount) for kind, amount in most.items()]
