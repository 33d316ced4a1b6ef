"""Money on the bank that nobody has identified: whose it may be (待认领款). Who may have paid is not written to."""

from datetime import timedelta
from itertools import accumulate

from odoo import api, models
from odoo.tools import SQL

DAYS_BACK = 120  # a line that nobody has identified for four months is no payment that is on its way
CUSTOMERS_ALIKE = 3  # an amount alone points to a customer where no more than so many owe it
NORMAL = "regexp_replace(upper(%s), '[^A-Z0-9]', '', 'g')"


class CreditDunning(models.AbstractModel):
    _inherit = "credit.dunning"

    @api.model
    def _find_perhaps_paid(self, company, day, outcomes, account_ids=None):
        """Return ``{partner id: id of a bank line}`` of the customers whose payment an unidentified line may be.

        A line is somebody's who is named on it (as its partner, by bank account, by a number of an invoice, by name),
        or whose amount it is: of one item, of several from the oldest on, of all, where few owe the same.

        :param outcomes: the notices that would be sent
        :param account_ids: receivable accounts, where many are asked about one by one
        """
        if not outcomes:
            return {}
        amounts = [entry for outcome in outcomes for entry in self._list_amounts(outcome)]
        moves = [(outcome.partner_id, line.item.move_id) for outcome in outcomes for line in outcome.lines]
        self.env.flush_all()
        account_ids = account_ids or self.env["account.account"]._credit_get_accounts().ids
        return dict(self.env.execute_query(self._get_hits_sql(company, day, amounts, moves, account_ids)))

    @api.model
    def _list_amounts(self, outcome):
        """Return ``[(partner, currency, amount)]`` that a payment of the customer may have, in smallest units."""
        open_amounts = [line.item.amount for line in outcome.lines]
        asked = [line.amount for line in outcome.lines]
        found = {*open_amounts, *accumulate(open_amounts), *asked, *accumulate(asked), outcome.amount}
        return [(outcome.partner_id, outcome.currency_id, amount) for amount in found if amount > 0]

    @api.model
    def _get_hits_sql(self, company, day, amounts, moves, account_ids):
        columns = [list(column) for column in zip(*amounts, strict=True)]
        partners, documents = (list(column) for column in zip(*moves, strict=True))
        return SQL(
            """
            WITH line AS MATERIALIZED (%(lines)s),
                 owing AS (SELECT * FROM unnest(%(partners)s::int[], %(currencies)s::int[], %(amounts)s::bigint[])
                                    x (partner_id, currency_id, amount)),
                 document AS (SELECT * FROM unnest(%(owners)s::int[], %(documents)s::int[]) x (partner_id, move_id)),
                 named AS (%(named)s),
                 alike AS MATERIALIZED (SELECT DISTINCT l.id, o.partner_id, l.currency_id, l.units
                             FROM line l JOIN owing o ON o.currency_id = l.currency_id AND o.amount = l.units
                            WHERE l.id NOT IN (SELECT id FROM named)),
                 common AS (%(common)s)
            SELECT partner_id, MIN(id) FROM (
                   SELECT id, partner_id FROM named
                    UNION
                   SELECT id, partner_id FROM alike WHERE id NOT IN (SELECT id FROM common)) hit
             WHERE partner_id IN (SELECT partner_id FROM owing)
             GROUP BY partner_id
            """,
            lines=self._get_unidentified_sql(company, day),
            partners=columns[0], currencies=columns[1], amounts=columns[2], owners=partners, documents=documents,
            named=self._get_named_sql(),
            common=self._get_common_sql(account_ids),
        )

    @api.model
    def _get_common_sql(self, account_ids):
        """The lines whose amount many customers have open, whoever of them is decided on: it points to nobody."""
        return SQL(
            """
            SELECT a.id
              FROM (SELECT DISTINCT id, currency_id, units FROM alike) a
              JOIN res_currency cur ON cur.id = a.currency_id
              JOIN account_move_line i ON i.currency_id = a.currency_id AND i.parent_state = 'posted'
                   AND i.amount_residual_currency = a.units / (10 ^ cur.decimal_places)::numeric
             WHERE i.account_id IN %s AND i.reconciled IS NOT TRUE
             GROUP BY a.id
            HAVING COUNT(DISTINCT i.partner_id) > %s
            """,
            account_ids,
            CUSTOMERS_ALIKE,
        )

    @api.model
    def _get_unidentified_sql(self, company, day):
        """The bank lines with money that came in and that nobody has identified."""
        return SQL(
            """
            SELECT st.id, p.commercial_partner_id AS partner_id, st.currency_id, st.payment_ref, st.partner_name,
                   st.account_number, ROUND(st.amount * 10 ^ cur.decimal_places)::bigint AS units
              FROM account_bank_statement_line st
              JOIN account_move m ON m.id = st.move_id AND m.state = 'posted'
              JOIN res_currency cur ON cur.id = st.currency_id
              LEFT JOIN res_partner p ON p.id = st.partner_id
             WHERE st.is_reconciled IS NOT TRUE AND st.amount > 0 AND st.company_id IN %s AND m.date >= %s
            """,
            tuple(company._credit_get_tree().ids),
            day - timedelta(days=DAYS_BACK),
        )

    @api.model
    def _get_named_sql(self):
        """Who is named on a line: as its partner, by an account, by a number of a document, by name."""
        return SQL(
            """
            SELECT id, partner_id FROM line WHERE partner_id IS NOT NULL
             UNION
            SELECT l.id, p.commercial_partner_id
              FROM line l
              JOIN res_partner_bank b ON b.sanitized_acc_number = %(account)s
              JOIN res_partner p ON p.id = b.partner_id
             UNION
            SELECT l.id, d.partner_id
              FROM document d
              JOIN account_move m ON m.id = d.move_id
             CROSS JOIN LATERAL (VALUES (%(name)s), (%(reference)s)) number (text)
              JOIN (SELECT line.id, %(token)s AS text FROM line
                     CROSS JOIN regexp_split_to_table(line.payment_ref, '[\\s,;:]+') token) l
                ON l.text = number.text AND length(number.text) > 3
             UNION
            SELECT l.id, p.id
              FROM (SELECT DISTINCT partner_id FROM document) d
              JOIN res_partner p ON p.id = d.partner_id
              JOIN line l ON %(payer)s = %(customer)s AND length(p.name) > 3
            """,
            account=self._normal("l.account_number"),
            name=self._normal("m.name"),
            reference=self._normal("m.payment_reference"),
            token=self._normal("token"),
            payer=SQL("lower(trim(l.partner_name))"),
            customer=SQL("lower(trim(p.name))"),
        )

    @api.model
    def _normal(self, column):
        """SQL for a text without what people write differently: spaces, signs, small letters."""
        return SQL(NORMAL % column)
