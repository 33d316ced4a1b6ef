"""Between which days disputes, promises and covers held: an aging as of a day shows those of that day."""

from odoo import api, fields, models
from odoo.tools import SQL


class CreditDispute(models.Model):
    _inherit = "credit.dispute"

    date_from = fields.Date(
        "Since",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._credit_today(),
        help="The day on which the dispute began.",
    )
    date_to = fields.Date(
        "Until", readonly=True, copy=False, help="The day on which it was settled: from then on it protects nothing."
    )
    is_date_estimated = fields.Boolean(
        "Days Estimated", readonly=True, copy=False, help="From before the days of disputes were kept."
    )

    def write(self, vals):
        """Override: the day of settling is kept, and forgotten when the dispute is open again."""
        result = super().write(vals)
        if "state" in vals and "date_to" not in vals:
            for company, disputes in self.grouped("company_id").items():
                day = company._credit_today() if vals["state"] == "settled" else False
                super(CreditDispute, disputes).write({"date_to": day})
        return result


class CreditPromise(models.Model):
    _inherit = "credit.promise"

    date_withdrawn = fields.Date(
        "Withdrawn On", readonly=True, copy=False, help="From this day on the promise no longer counts."
    )

    def write(self, vals):
        """Override: the day of withdrawing is kept."""
        if vals.get("is_withdrawn") and "date_withdrawn" not in vals:
            for company, promises in self.grouped("company_id").items():
                super(CreditPromise, promises).write({**vals, "date_withdrawn": company._credit_today()})
            return True
        return super().write(vals)


class CreditCover(models.Model):
    _inherit = "credit.cover"

    percent_share = fields.Float(
        "Covered Share (%)",
        default=100.0,
        aggregator=None,
        tracking=True,
        help="Which part of each debt is covered, the oldest first, together at most the amount of the cover.",
    )

    effect = fields.Selection(
        [("none", "None: it is shown only"), ("limit", "Raises the customer's own limit")],
        required=True,
        default="none",
        tracking=True,
        help="Whether the cover lets the customer owe more: its share of the amount is added to the own limit while it "
        "is valid. The limit of a credit group stays.",
    )

    _limit_idx = models.Index("(profile_id) WHERE active AND effect = 'limit'")
    _percent_share_of_whole = models.Constraint(
        "CHECK (percent_share > 0 AND percent_share <= 100)", "The covered share is above 0 and at most 100 percent."
    )


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_dispute_claims_sql(self, scope):
        """The disputes that held on the day, as a `Mark` wants them: shared by what is open of the invoice."""
        return SQL(
            """
            SELECT d.partner_id, %(company)s AS company_id, ARRAY[d.move_id] AS move_ids, d.amount, 1.0 AS share,
                   TRUE AS is_by_document, d.id, d.date_from, d.date_to
              FROM credit_dispute d
             WHERE d.date_from <= %(day)s AND (d.date_to IS NULL OR d.date_to > %(day)s) AND %(scope)s
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("d.company_id")),
            day=scope.as_of,
            scope=scope.restrict(SQL("d.partner_id")),
        )

    @api.model
    def _get_promise_claims_sql(self, scope):
        """The promises that ran on the day: from the day they were given to the promised one, grace days included."""
        return SQL(
            """
            SELECT f.partner_id, f.company_id, named.move_ids, pr.amount_company AS amount, 1.0 AS share,
                   FALSE AS is_by_document, pr.id, pr.date_noted AS date_from, pr.date_promised AS date_to
              FROM credit_promise pr
              JOIN credit_profile f ON f.id = pr.profile_id
              JOIN res_company c ON c.id = f.company_id
             CROSS JOIN LATERAL (SELECT ARRAY_AGG(rel.account_move_id) AS move_ids
                                   FROM account_move_credit_promise_rel rel WHERE rel.credit_promise_id = pr.id) named
             WHERE pr.date_noted <= %(day)s AND pr.date_promised + c.credit_days_promise_grace >= %(day)s
               AND (pr.date_withdrawn IS NULL OR pr.date_withdrawn > %(day)s) AND %(scope)s
            """,
            day=scope.as_of,
            scope=scope.restrict(SQL("f.partner_id")),
        )

    @api.model
    def _get_cover_claims_sql(self, scope):
        """The covers that were valid on the day."""
        return SQL(
            """
            SELECT f.partner_id, f.company_id, NULL::int[] AS move_ids,
                   CASE WHEN v.currency_id = c.currency_id THEN v.amount ELSE v.amount * %(rate)s END AS amount,
                   v.percent_share / 100.0 AS share, FALSE AS is_by_document, v.id, v.date_from, v.date_to
              FROM credit_cover v
              JOIN credit_profile f ON f.id = v.profile_id
              JOIN res_company c ON c.id = f.company_id
             WHERE v.active AND v.date_from <= %(day)s AND (v.date_to IS NULL OR v.date_to >= %(day)s) AND %(scope)s
            """,
            rate=self._get_rate_sql(SQL("v.currency_id"), scope.as_of),
            day=scope.as_of,
            scope=scope.restrict(SQL("f.partner_id")),
        )
