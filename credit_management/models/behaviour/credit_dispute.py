"""Disputes: a part of an invoice that the customer contests (争议)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..exposure.credit_mark import Mark
from ..setup.credit_day import of_today

_lt = LazyTranslate(__name__)
DISPUTE = Mark(
    "dispute",
    _lt("Disputed"),
    "credit.dispute",
    lambda exposure, scope: exposure._get_dispute_marks_sql(scope),
    component="disputed",
    claims=lambda exposure, scope: exposure._get_dispute_claims_sql(scope),
    presence=lambda _exposure, scope: SQL(
        "EXISTS (SELECT FROM credit_dispute d WHERE d.state = 'open' AND %s)", scope.narrow(SQL("d.partner_id"))
    ),
)


class CreditDispute(models.Model):
    _name = "credit.dispute"
    _description = "Credit Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted'), ('amount_residual', '>', 0)]",
        help="The invoice that the customer contests.",
    )
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", store=True, string="Customer")
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        required=True,
        tracking=True,
        help="The contested amount in the currency of the invoice. It stays in the exposure; it does not "
        "count as overdue and is not dunned while the dispute is open.",
    )
    reason = fields.Char(required=True, tracking=True, help="What the customer contests.")
    user_id = fields.Many2one("res.users", "Owner", default=lambda self: self.env.user, help="Who settles the dispute.")
    date_deadline = fields.Date("Settle By", help="By when the dispute should be settled.")
    is_late = of_today(
        "is_late", "Past Deadline", lambda day: Domain("state", "=", "open") & Domain("date_deadline", "<", day),
        "It is open, and should have been settled.", ("state", "date_deadline"),
    )
    state = fields.Selection(
        [("open", "Open"), ("settled", "Settled")],
        "Status",
        default="open",
        required=True,
        tracking=True,
        help="A settled dispute no longer protects the amount.",
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A disputed amount must be above zero.")
    _open_idx = models.Index("(move_id) WHERE state = 'open'")
    _open_partner_idx = models.Index("(partner_id) WHERE state = 'open'")

    @api.depends("move_id", "reason")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = f"{dispute.move_id.name}: {dispute.reason}"

    @api.constrains("amount", "move_id", "state")
    def _check_amount(self):
        for dispute in self.filtered(lambda dispute: dispute.state == "open"):
            total = sum(self.search([("move_id", "=", dispute.move_id.id), ("state", "=", "open")]).mapped("amount"))
            if dispute.currency_id.compare_amounts(total, dispute.move_id.amount_total) > 0:
                raise ValidationError(
                    self.env._(
                        "%(invoice)s amounts to %(total)s: no more than that can be disputed.",
                        invoice=dispute.move_id.name,
                        total=dispute.currency_id.format(dispute.move_id.amount_total),
                    )
                )

    @api.onchange("move_id")
    def _onchange_move_id(self):
        self.amount = self.move_id.amount_residual

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a disputed amount is no longer overdue, which may free held documents."""
        disputes = super().create(vals_list)
        disputes._queue_recheck()
        return disputes

    def write(self, vals):
        """Override: see `create`."""
        result = super().write(vals)
        self._queue_recheck()
        return result

    def _queue_recheck(self):
        self.env["credit.recheck"]._queue(self.partner_id)

    def action_settle(self):
        """Close disputes: their amounts count as overdue again when they are.

        :raise UserError: when one of them is settled already
        """
        if any(dispute.state == "settled" for dispute in self):
            raise UserError(self.env._("This dispute is settled already."))
        self.write({"state": "settled"})
        return True


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_marks(self):
        return (*super()._get_marks(), DISPUTE)

    @api.model
    def _get_dispute_marks_sql(self, scope):
        """Each open item of a disputed invoice with its disputed part, shared out by what is open.

        Disputes are few and a customer's items may be many: they are kept to the customer's by their own
        column, and OFFSET 0 makes PostgreSQL start from them.
        """
        return SQL(
            """
            WITH correction AS MATERIALIZED (%(corrections)s)
            SELECT o.id AS item_id, ROUND(o.amount * o.share, own.decimal_places) AS amount,
                   ROUND(o.amount_currency * o.share, cur.decimal_places) AS amount_currency,
                   o.date_from, NULL::date AS date_to
              FROM (SELECT l.id, l.company_id, l.currency_id, l.amount, l.amount_currency, d.date_from,
                           LEAST(1.0, d.amount / NULLIF(SUM(l.amount_currency) OVER (PARTITION BY d.move_id), 0))
                           AS share
                      FROM (SELECT x.move_id, MIN(x.create_date)::date AS date_from, SUM(x.amount) AS amount
                              FROM credit_dispute x
                             WHERE x.state = 'open' AND %(of_customer)s GROUP BY x.move_id) d
                     CROSS JOIN LATERAL (SELECT i.id, i.company_id, i.account_id, i.currency_id, i.parent_state,
                                                i.amount_residual + COALESCE(c.amount, 0) AS amount,
                                                i.amount_residual_currency + COALESCE(c.amount_currency, 0)
                                                AS amount_currency
                                           FROM account_move_line i LEFT JOIN correction c ON c.item_id = i.id
                                          WHERE i.move_id = d.move_id OFFSET 0) l
                     WHERE %(accounts)s AND l.amount > 0 AND l.parent_state = 'posted') o
              JOIN res_company c ON c.id = o.company_id
              JOIN res_currency own ON own.id = c.currency_id
              JOIN res_currency cur ON cur.id = o.currency_id
            """,
            corrections=self._get_corrections_sql(scope),
            of_customer=scope.narrow(SQL("x.partner_id")),
            accounts=scope.restrict_account(SQL("l.account_id")),
        )
