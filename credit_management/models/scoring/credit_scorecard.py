"""Scorecards (评分卡): which factors make a score, for whom, and which rating follows from it."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain

CUSTOMERS = [("all", "All customers"), ("new", "New customers"), ("known", "Customers that are not new")]


class CreditScorecard(models.Model):
    _name = "credit.scorecard"
    _description = "Scorecard"
    _inherit = ["mail.thread", "credit.control"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="What the card is called beside each of its scores.")
    sequence = fields.Integer(default=10, help="The first card that is for a customer makes its score.")
    active = fields.Boolean(default=True, help="Archived cards score nobody any more; their scores stay.")
    description = fields.Text(translate=True, help="What the card is for, and why it weighs as it does.")
    company_id = fields.Many2one("res.company", index=True, help="The company whose customers it scores. Empty: all.")
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="It scores customers of these countries. Empty: of all."
    )
    legal_class = fields.Selection(
        selection=lambda self: self.env["credit.profile"]._fields["legal_class"]._description_selection(self.env),
        string="Legal Class",
        help="It scores customers of this class. Empty: of all classes, and of none.",
    )
    category_ids = fields.Many2many(
        "res.partner.category", string="Customer Tags", context={"active_test": False},
        help="It scores customers with one of these tags. Empty: all.",
    )
    customers = fields.Selection(
        CUSTOMERS, required=True, default="all",
        help="New is who got the first invoice less than so many months ago, or none yet.",
    )
    months_new = fields.Integer(
        "New For (months)", default=6, aggregator=None, help="So long after the first invoice a customer is a new one."
    )
    coverage_min = fields.Float(
        "Minimum Coverage (%)", default=75.0, aggregator=None,
        help="How much of the weight must have data. Below it the score proposes nothing that happens by itself.",
    )
    factor_ids = fields.One2many("credit.scorecard.factor", "card_id", "Factors", copy=True)
    class_ids = fields.One2many("credit.scorecard.class", "card_id", "Rating by Score", copy=True)
    version_ids = fields.One2many("credit.scorecard.version", "card_id", "Versions")

    _months_new_positive = models.Constraint(
        "CHECK (months_new > 0)", "A customer is a new one for at least one month."
    )
    _coverage_min_is_percent = models.Constraint(
        "CHECK (coverage_min >= 0 AND coverage_min <= 100)", "The minimum coverage is a percentage from 0 to 100."
    )

    # -- for whom ----------------------------------------------------------------------------------

    @api.model
    def _get_cards(self, profiles, day, first_days=None):
        """Return ``{card: profiles}``: the first card that is for each of some customers of one company, as of a day.

        Who has no card is left out.

        :param dict first_days: what `_read_first_days` says of them, if that is known
        """
        company, found = profiles.company_id, {}
        cards = self.sudo().with_context(active_test=True)  # whoever scores need not see every card
        for card in cards.search([("company_id", "in", [*company.ids, False]), ("factor_ids", "!=", False)]):
            if not profiles:
                break
            own = profiles.filtered_domain(card._get_simple_domain())
            if own and card.customers != "all":
                first_days = profiles._read_first_days(day) if first_days is None else first_days
                own = card._filter_by_age(own, day, first_days)
            if own:
                found[card] = own
                profiles -= own
        return found

    def _get_simple_domain(self):
        """Return the domain of the credit files that the card is for, whatever their age."""
        domain = Domain.TRUE
        if self.country_ids:
            domain &= Domain("partner_id.country_id", "in", self.country_ids.ids)
        if self.legal_class:
            domain &= Domain("legal_class", "=", self.legal_class)
        if self.category_ids:
            domain &= Domain("partner_id.category_id", "in", self.category_ids.ids)
        return domain

    def _filter_by_age(self, profiles, day, first_days):
        """Return those of some customers that are new on a day, or are not, as the card asks."""
        until, is_known = day - relativedelta(months=self.months_new), self.customers == "known"
        return profiles.filtered(lambda profile: (first_days.get(profile.id, day) <= until) == is_known)


class CreditScorecardClass(models.Model):
    _name = "credit.scorecard.class"
    _description = "Rating of a Scorecard"
    _inherit = ["credit.scorecard.part"]
    _order = "score_from desc, id"

    card_id = fields.Many2one("credit.scorecard", "Scorecard", required=True, index=True, ondelete="cascade")
    rating_id = fields.Many2one(
        "credit.rating", "Rating", required=True, ondelete="restrict", help="What the score proposes."
    )
    score_from = fields.Float(
        "From Score", digits=(5, 2), aggregator=None, help="The rating is proposed **at or above** this score."
    )

    _once = models.UniqueIndex("(card_id, rating_id)", "Each rating is proposed from one score on.")
    _in_range = models.Constraint("CHECK (score_from >= 0 AND score_from <= 100)", "A score is from 0 to 100.")


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _read_first_days(self, day):
        """Return ``{profile id: day of the first invoice}`` of those of these customers that were invoiced up to a
        day."""
        self.env.flush_all()
        scope = self.env["credit.exposure"]._make_scope_of_batch(day, self)
        rows = self.env.execute_query(self._get_days_customer_sql(scope, tuple(self.ids)))
        return {profile_id: day - timedelta(days) for profile_id, days in rows}
