"""Authority: who may release how much, for which ratings, and who stands in for whom."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CreditAuthority(models.Model):
    _name = "credit.authority"
    _description = "Credit Authority"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="For instance 'Controllers' or 'Head of finance'.")
    sequence = fields.Integer(default=10, help="Order in the list.")
    active = fields.Boolean(default=True, help="An archived authority no longer counts.")
    company_id = fields.Many2one("res.company", help="Company in which the authority counts. Empty: all.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the amounts.",
    )
    user_ids = fields.Many2many("res.users", string="Users", required=True, help="Who has this authority.")
    amount_over_max = fields.Monetary(
        "Over Limit Up To",
        aggregator=None,
        help="These users release documents that go over the limit by **at most** this amount.",
    )
    amount_limit_max = fields.Monetary(
        "Limits Up To",
        aggregator=None,
        help="These users approve limits of **at most** this amount; unlimited needs 'Any Amount'.",
    )
    is_unlimited = fields.Boolean("Any Amount", help="No amount is too high for these users.")
    # archived ratings are those of their customers, here and wherever something is for some ratings only
    rating_ids = fields.Many2many(
        "credit.rating", string="Ratings", context={"active_test": False},
        help="Ratings the authority is for. Empty: all, and customers without one.",
    )

    _amounts_not_negative = models.Constraint(
        "CHECK (amount_over_max >= 0 AND amount_limit_max >= 0)", "The amounts of an authority cannot be negative."
    )

    @api.model
    def _get_refusal(self, user, profile, amount, kind):
        """Return why a user may not decide on an amount, or an empty string.

        Without any authority record in the company everybody of the group may decide.

        :param user: who wants to decide
        :param profile: the `credit.profile` concerned
        :param float amount: amount over the limit (kind ``'over'``) or new limit (kind ``'limit'``), in
            company currency; ``None`` for an unlimited limit
        """
        return self._get_standings(user, [(profile, amount)], kind)[0][0]

    @api.model
    def _get_standings(self, user, claims, kind):
        """Return ``(refusal, reach)`` for each ``(profile, amount)``; the authorities are read once.

        :return: the refusal as `_get_refusal` gives it, and how far the authority goes, in words; both may be empty
        """
        company = next((profile.company_id for profile, _amount in claims if profile.company_id), self.env.company)
        as_of = company._credit_today()  # whoever decides, decides today
        everyones = self._get_counting({profile.company_id.id for profile, _amount in claims})
        people = user | self.env["credit.substitute"]._get_represented(user, as_of)
        return [everyones._get_standing(people, profile, amount, kind, as_of) for profile, amount in claims]

    @api.model
    def _get_counting(self, company_ids):
        """Return the authorities that count in some companies, whatever the caller's context asks for: an archived one
        no longer does."""
        # whoever decides
        return self.sudo().with_context(active_test=True).search([("company_id", "in", [False, *company_ids])])

    @api.model
    def _get_reach(self, user, profile, as_of, kind="over"):
        """Return the most that a user may decide on, in company currency, as whom the user stood in for on a day;
        None for any amount."""
        everyones = self._get_counting(profile.company_id.ids)
        people = user | self.env["credit.substitute"]._get_represented(user, as_of)
        return everyones._get_reach_of(people, profile, as_of, kind)

    def _get_reach_of(self, people, profile, as_of, kind):
        """Return the most that people may decide on, where only these authorities count: see `_get_reach`."""
        own = self._get_own(people, profile)
        if not self or any(own.mapped("is_unlimited")):
            return None
        return max((authority._get_amount(kind, profile.company_id, as_of) for authority in own), default=0.0)

    @api.model
    def _may_still(self, user, profile, amount, kind, group="credit_management.group_credit_manager"):
        """Tell whether somebody is still here, of a group, and could decide today on what he once decided: himself, not
        as a substitute."""
        if not user.active or not user.has_group(group):
            return False
        everyones = self._get_counting(profile.company_id.ids)
        return not everyones._get_standing(user, profile, amount, kind, profile.company_id._credit_today())[0]

    def _get_own(self, people, profile):
        """Return those of these authorities that people have over a customer."""
        return self.filtered(lambda a: a.user_ids & people and (not a.rating_ids or profile.rating_id in a.rating_ids))

    @api.constrains("company_id")
    def _check_company_is_whole(self):
        self.company_id._credit_check_is_whole()

    @api.onchange("user_ids", "is_unlimited")
    def _onchange_first(self):
        """Warn who makes the first authority: until then everybody of the group decides on any amount."""
        if self._origin or self.search_count([], limit=1):
            return None
        group = self.env.ref("credit_management.group_credit_controller").sudo()  # managers are in it
        unlimited = self.user_ids._origin if self.is_unlimited else self.env["res.users"]
        losing = group.all_user_ids.filtered("active") - unlimited
        if not losing:
            return None
        people = ", ".join(losing.sudo().mapped("name"))  # names of colleagues, whichever company they are in
        message = self.env._(
            "This is the first authority. From now on only those named in authorities decide, up to their amounts; "
            "until now everybody did on any amount. These lose that: %(people)s. Give somebody any amount, or nobody "
            "can change rules and authorities.",
            people=people,
        )
        return {"warning": {"title": self.env._("The First Authority"), "message": message}}

    def _get_amount(self, kind, company, as_of):
        """Return how far the authority goes, in the currency of a company."""
        amount = self.amount_over_max if kind == "over" else self.amount_limit_max
        return self.currency_id._convert(amount, company.currency_id, company, as_of)

    def _get_standing(self, people, profile, amount, kind, as_of):
        valid = self.filtered(lambda authority: authority.company_id in (profile.company_id, self.company_id.browse()))
        own = valid._get_own(people, profile)
        if not valid or any(authority._covers(amount, kind, profile.company_id, as_of) for authority in own):
            return "", own._get_reach_text(kind)
        return self._get_refusal_text(own, profile, amount, kind), ""

    def _get_reach_text(self, kind):
        if not self:
            return ""
        return self.env._("any amount") if any(self.mapped("is_unlimited")) else self._format_best(kind)

    def _format_best(self, kind):
        name = "amount_over_max" if kind == "over" else "amount_limit_max"
        best = max(self, key=lambda authority: authority[name])
        return best.currency_id.format(best[name])

    def _covers(self, amount, kind, company, as_of):
        if self.is_unlimited:
            return True
        if amount is None:
            return False
        return company.currency_id.compare_amounts(amount, self._get_amount(kind, company, as_of)) <= 0

    def _get_refusal_text(self, own, profile, amount, kind):
        if not own and not profile.rating_id:
            return self.env._("You have no authority over this. Ask a colleague who has.")
        if not own:
            return self.env._(
                "You have no authority over customers rated %(rating)s. Ask a colleague who has.",
                rating=profile.rating_id.name,
            )
        return self.env._(
            "Your authority reaches %(authority)s; this needs %(amount)s. Ask a colleague with a higher authority.",
            authority=own._format_best(kind),
            amount=profile.currency_id.format(amount) if amount is not None else self.env._("any amount"),
        )


class CreditSubstitute(models.Model):
    _name = "credit.substitute"
    _description = "Substitute During Absence"
    _order = "date_from desc, id"

    user_id = fields.Many2one("res.users", "Absent", required=True, help="Whose authority is lent.")
    substitute_id = fields.Many2one("res.users", "Substitute", required=True, help="Who has it in between.")
    date_from = fields.Date(required=True, default=lambda self: self.env.company._credit_today(), help="First day.")
    date_to = fields.Date(required=True, help="Last day.")

    _dates_in_order = models.Constraint("CHECK (date_from <= date_to)", "The absence cannot end before it starts.")

    @api.constrains("user_id", "substitute_id")
    def _check_other(self):
        if any(substitute.user_id == substitute.substitute_id for substitute in self):
            raise ValidationError(self.env._("Nobody can stand in for themselves."))

    @api.depends("user_id", "substitute_id")
    def _compute_display_name(self):
        for substitute in self:
            substitute.display_name = f"{substitute.substitute_id.name} ← {substitute.user_id.name}"

    @api.model
    def _get_represented(self, user, as_of):
        """Return the users for whom ``user`` stands in on a day."""
        return self._find("substitute_id", user, as_of).user_id

    @api.model
    def _get_absent(self, users):
        """Return which of the users somebody stands in for today."""
        return self._find("user_id", users, self.env.company._credit_today()).user_id

    @api.model
    def _get_long_absent(self, since):
        """Return who has been away since a moment, and is: whoever wrote that down later says nothing of it."""
        today = self.env.company._credit_today()
        days = [("date_from", "<=", since.date()), ("date_to", ">=", today), ("write_date", "<=", since)]
        return self.sudo().search(days).user_id  # who is away, whoever asks

    @api.model
    def _find(self, name, users, as_of):
        domain = [(name, "in", users.ids), ("date_from", "<=", as_of), ("date_to", ">=", as_of)]
        return self.sudo().search(domain)  # whoever stands in, and for whom
