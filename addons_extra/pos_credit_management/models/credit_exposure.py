"""Source of the exposure at the counter: sold on account, in a session that is not closed."""

from odoo import api, models
from odoo.addons.credit_management.models.exposure.component import Component
from odoo.addons.credit_management.models.exposure.credit_profile_figures import component_figure
from odoo.addons.credit_management.models.exposure.shared import ROWS
from odoo.addons.credit_management.models.reading.scope import left_out
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

POS = Component(
    "pos",
    _lt("Sold at the Counter"),
    _lt("Put on account at a point of sale whose session is not closed yet; refunds on account are deducted."),
    label_row=_lt("Sold at the counter"),
    switch="credit_count_pos",
    drawn_as="open",
    listed="orders",
)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_components(self):
        return (*super()._get_components(), POS)

    @api.model
    def _get_sources(self, scope):
        return {**super()._get_sources(scope), "pos": self._get_pos_sql(scope)}

    @api.model
    def _get_presence(self, scope):
        open_sale = SQL(
            "EXISTS (SELECT FROM pos_order po WHERE po.state = 'paid' AND po.account_move IS NULL AND %s)",
            scope.narrow(SQL("po.partner_id")),
        )
        return {**super()._get_presence(scope), "pos": open_sale}

    @api.model
    @left_out("pos", ROWS)
    def _get_pos_sql(self, scope):
        """Paid orders that accounting does not know yet: closing their session, or invoicing them,
        makes a receivable of what is on account. Refunds on account are negative: at most what the goods that come
        back were sold for; what is given back beyond that is nothing before it is booked."""
        return SQL(
            """
            SELECT %(company)s AS company_id, p.commercial_partner_id AS partner_id, 'pos' AS component,
                   'pos.order' AS res_model, po.id AS res_id, po.id AS row_id, po.date_order::date AS date_due,
                   ROUND((later.amount / COALESCE(NULLIF(po.currency_rate, 0), 1))::numeric,
                         own.decimal_places) AS amount,
                   later.amount AS amount_currency, COALESCE(j.currency_id, c.currency_id) AS currency_id
              FROM pos_order po
              JOIN res_partner p ON p.id = po.partner_id
              JOIN res_company c ON c.id = po.company_id
              JOIN res_currency own ON own.id = c.currency_id
              LEFT JOIN pos_config config ON config.id = po.config_id
              LEFT JOIN account_journal j ON j.id = config.journal_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(pay.amount), 0) AS amount
                     FROM pos_payment pay JOIN pos_payment_method m ON m.id = pay.payment_method_id
                    WHERE pay.pos_order_id = po.id AND m.journal_id IS NULL
                       AND (m.split_transactions OR po.to_invoice)
                   OFFSET 0) given
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN given.amount < 0 THEN GREATEST(given.amount, -(%(worth_back)s))
                               ELSE given.amount END AS amount
                   OFFSET 0) later
             WHERE po.state = 'paid' AND po.account_move IS NULL AND later.amount <> 0 AND %(scope)s
            """,
            company=self.env["res.company"]._credit_company_sql(SQL("po.company_id")),
            scope=scope.restrict(SQL("p.commercial_partner_id"), SQL("po.partner_id")),
            worth_back=self._get_pos_worth_back_sql(),
        )

    @api.model
    def _get_pos_worth_back_sql(self):
        """What the goods that come back with order ``po`` of customer ``p`` were sold for, as far as it was not given
        back before, in the currency of the order. Of a sale no more than was paid for it, or is on the customer's
        account: a line says nothing of that."""
        return SQL(
            """
            SELECT COALESCE(SUM(GREATEST(0, LEAST(goods.amount, paid.amount - before.amount))), 0)
              FROM (SELECT was.order_id,
                           SUM(GREATEST(0, LEAST(-l.price_subtotal_incl,
                                                 was.price_subtotal_incl - earlier.amount))) AS amount
                      FROM pos_order_line l
                      JOIN pos_order_line was ON was.id = l.refunded_orderline_id
                     CROSS JOIN LATERAL (
                           SELECT COALESCE(SUM(GREATEST(0, -e.price_subtotal_incl)), 0) AS amount
                             FROM pos_order_line e JOIN pos_order back ON back.id = e.order_id
                            WHERE e.refunded_orderline_id = was.id AND e.id < l.id
                               AND back.state IN ('paid', 'done')) earlier
                     WHERE l.order_id = po.id
                     GROUP BY was.order_id) goods
              JOIN pos_order sale ON sale.id = goods.order_id AND sale.state IN ('paid', 'done')
              JOIN res_partner buyer ON buyer.id = sale.partner_id
                   AND buyer.commercial_partner_id = p.commercial_partner_id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(pay.amount), 0) AS amount
                     FROM pos_payment pay JOIN pos_payment_method m ON m.id = pay.payment_method_id
                    WHERE pay.pos_order_id = sale.id
                       AND (m.journal_id IS NOT NULL OR m.split_transactions OR sale.to_invoice)) paid
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(GREATEST(0, -e.price_subtotal_incl)), 0) AS amount
                     FROM pos_order_line own
                     JOIN pos_order_line e ON e.refunded_orderline_id = own.id AND e.order_id < po.id
                     JOIN pos_order back ON back.id = e.order_id AND back.state IN ('paid', 'done')
                    WHERE own.order_id = sale.id) before
            """
        )


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    amount_pos = component_figure(POS)
