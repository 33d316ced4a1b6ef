"""Which scores hit which rules: found for all new scores at once; who is not concerned costs no statement."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import following as engine

BATCH = 2_000  # scores that are looked at in one statement: their lines are some ten megabytes


class CreditScore(models.Model):
    _inherit = "credit.score"

    is_rules_due = fields.Boolean(
        readonly=True, copy=False, help="Technical: no rule has looked at it yet. The night does."
    )

    _rules_due_idx = models.Index("(profile_id, date DESC, id DESC) WHERE is_rules_due")

    def _mark_due(self):
        """Override: where a company has rules, they look at new scores."""
        super()._mark_due()
        # the job's, whoever may see the rules
        companies = self.env["credit.score.rule"].sudo().search([]).company_id  # pylint: disable=no-search-all
        if self and companies:
            statement = "UPDATE credit_score SET is_rules_due = TRUE WHERE id = ANY(%s) AND company_id = ANY(%s)"
            self.env.cr.execute(SQL(statement, self.ids, companies.ids))
            self.invalidate_model(["is_rules_due"], flush=False)

    @api.model
    def _get_next_rules_due(self, without):
        """Return the newest score of each of the next customers that rules have not looked at yet.

        :param without: customers whose files somebody has at the moment
        """
        statement = SQL(
            """
            SELECT DISTINCT ON (profile_id) id FROM credit_score WHERE is_rules_due AND profile_id <> ALL(%s)
             ORDER BY profile_id, date DESC, id DESC LIMIT %s
            """,
            list(without), BATCH,
        )
        return self.browse(row[0] for row in self.env.execute_query(statement))

    def _clear_rules_due(self):
        """Note that rules have looked at these scores, and so at those before them."""
        statement = "UPDATE credit_score SET is_rules_due = FALSE WHERE is_rules_due AND profile_id = ANY(%s)"
        self.env.cr.execute(SQL(statement, self.profile_id.ids))
        self.invalidate_model(["is_rules_due"], flush=False)

    def _find_rule_hits(self):
        """Return ``{score: rules}`` of those scores that hit any."""
        rules = self.env["credit.score.rule"].search([])  # pylint: disable=no-search-all
        found, hits = self._read_found(rules), {}
        for rule in rules:
            highest = self._read_highest(rule) if rule.when == engine.FALL else {}
            asked = rule._make_engine_rule()
            for score in self.filtered(lambda score, rule=rule: score.company_id == rule.company_id):
                now, before = found[score.id]
                if now and engine.is_hit(asked, now, before, highest.get(score.id)):
                    hits[score] = hits.get(score, rules.browse()) | rule
        return hits

    def _read_found(self, rules):
        """Return ``{id: (what was found, what was found before it)}``; nothing of customers that are never checked."""
        ranks, reads_lines = self._get_ranks(), engine.WORST in rules.mapped("when")
        columns = "{0}.version_id, {0}.score::float, {0}.has_score, {0}.coverage::float, {0}.rating_id, "
        columns += "{0}.lines" if reads_lines else "NULL"
        statement = SQL(
            f"""
            SELECT s.id, p.is_excluded, {columns.format("s")}, b.id, {columns.format("b")}
              FROM credit_score s
              JOIN credit_profile p ON p.id = s.profile_id
              LEFT JOIN LATERAL (
                   SELECT * FROM credit_score o
                    WHERE o.profile_id = s.profile_id AND (o.date, o.id) < (s.date, s.id)
                      AND o.is_rules_due IS NOT TRUE
                    ORDER BY o.date DESC, o.id DESC LIMIT 1) b ON TRUE
             WHERE s.id = ANY(%s)
            """,  # the columns are our own
            self.ids,
        )
        found = {}
        for id_, is_excluded, *row in self.env.execute_query(statement):
            now, before_id, before = row[:6], row[6], row[7:]
            found[id_] = (
                None if is_excluded else self._make_found(ranks, *now),
                self._make_found(ranks, *before) if before_id else None,
            )
        return found

    @api.model
    def _get_ranks(self):
        """Return ``{rating id: place}``: the best is 0; below all of them is the last place."""
        ratings = self.env["credit.rating"].with_context(active_test=False).search([])  # pylint: disable=no-search-all
        ordered = ratings.sorted(lambda rating: (rating.sequence, rating.id))
        return {**{rating.id: place for place, rating in enumerate(ordered)}, None: len(ordered)}

    @api.model
    def _make_found(self, ranks, version_id, score, has_score, coverage, rating_id, lines):
        version = self.env["credit.scorecard.version"].browse(version_id)
        return engine.Found(
            version_id, score if has_score else None, coverage,
            ranks[rating_id] if has_score and version.definition["classes"] else None,
            version._find_worst(lines) if lines else frozenset(),
        )

    def _read_highest(self, rule):
        """Return ``{id: highest score}`` of the days that a fall is measured in: since the rule acted last, by the
        same version of the card."""
        statement = SQL(
            """
            SELECT s.id, (SELECT MAX(o.score)::float FROM credit_score o
                           WHERE o.profile_id = s.profile_id AND (o.date, o.id) < (s.date, s.id) AND o.has_score
                             AND o.version_id = s.version_id AND (%(days)s = 0 OR o.date_to >= s.date - %(days)s)
                             AND o.id >= COALESCE(a.score_id, 0))
              FROM credit_score s
              LEFT JOIN LATERAL (SELECT MAX(score_id) AS score_id FROM credit_score_act
                                  WHERE rule_id = %(rule)s AND profile_id = s.profile_id) a ON TRUE
             WHERE s.id = ANY(%(ids)s)
            """,
            days=rule.days_within, rule=rule.id, ids=self.ids,
        )
        return dict(self.env.execute_query(statement))


class CreditScorecardVersion(models.Model):
    _inherit = "credit.scorecard.version"

    def _find_worst(self, lines):
        """Return the factors of a score that have the fewest points that each gives.

        :param list lines: what is kept of each factor, see `credit.score.lines`
        """
        points = {key: line[2] for key, line in zip(self._get_keys(), lines, strict=True)}
        return engine.worst_of(points, self._get_given_points())

    def _get_given_points(self):
        """Return ``{factor: points}`` of all that each factor of the version gives."""
        return {
            factor["key"]: [*(band[0] for band in factor["bands"]), *factor["listed"].values()]
            for factor in self.definition["factors"]
        }
