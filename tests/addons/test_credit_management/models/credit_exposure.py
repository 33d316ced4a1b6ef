"""A component with its source, and a mark of open items."""

from odoo import api, models
from odoo.addons.credit_management.models.exposure.component import Component
from odoo.addons.credit_management.models.exposure.credit_mark import Mark
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

GUARANTEES = Component(
    "guarantees",
    _lt("Guarantees Given"),
    _lt("What we owe to others when the customer does not pay them."),
    label_row=_lt("Guarantee given"),
    drawn_as="open",
)
GUARANTEED = Mark(
    "guaranteed",
    _lt("Guarantee given"),
    "credit.test.guarantee",
    lambda exposure, scope: exposure._get_guaranteed_sql(scope),
)


class CreditExposure(models.AbstractModel):
    _inherit = "credit.exposure"

    @api.model
    def _get_components(self):
        """Override to add the component of this add-on."""
        return (*super()._get_components(), GUARANTEES)

    @api.model
    def _get_sources(self, scope):
        """Override to add what the component is made of."""
        return {**super()._get_sources(scope), "guarantees": self._get_guarantees_sql(scope)}

    @api.model
    def _get_marks(self):
        """Override to add the mark of this add-on."""
        return (*super()._get_marks(), GUARANTEED)

    @api.model
    def _get_guarantees_sql(self, scope):
        """Given guarantees, one row each."""
        return SQL(
            """
            SELECT g.company_id, p.commercial_partner_id AS partner_id, 'guarantees' AS component,
                   'credit.test.guarantee' AS res_model, g.id AS res_id, g.id AS row_id, g.date_end AS date_due,
                   g.amount, g.amount AS amount_currency, g.currency_id
              FROM credit_test_guarantee g
              JOIN res_partner p ON p.id = g.partner_id
             WHERE g.state = 'given' AND %s
            """,
            scope.restrict(SQL("p.commercial_partner_id"), SQL("g.partner_id")),
        )

    @api.model
    def _get_guaranteed_sql(self, scope):
        """The open items of invoices that a given guarantee was asked for by."""
        return SQL(
            """
            SELECT l.id AS item_id, l.amount_residual AS amount, l.amount_residual_currency AS amount_currency,
                   NULL::date AS date_from, g.date_end AS date_to
              FROM credit_test_guarantee g
              JOIN account_move_line l ON l.move_id = g.move_id
              JOIN res_partner p ON p.id = l.partner_id
             WHERE g.state = 'given' AND l.amount_residual > 0 AND %s AND %s
            """,
            scope.restrict_account(SQL("l.account_id")),
            scope.restrict(SQL("p.commercial_partner_id"), SQL("l.partner_id")),
        )
