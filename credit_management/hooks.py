"""Installation on data that is already there."""

from odoo.tools import SQL

from .models.record.credit_log import KEPT

LINES = 1000  # so many lines of orders are in memory at a time


def pre_init_hook(env):
    """Prepare what would take long on a large database otherwise."""
    add_unit_price_column(env.cr)
    add_order_rate_column(env.cr)
    add_other_columns(env.cr)
    add_parties_columns(env.cr)


def add_unit_price_column(cr):
    """Add the column of unit prices ourselves: Odoo would work out, and write, each line there ever was."""
    cr.execute("ALTER TABLE sale_order_line ADD COLUMN IF NOT EXISTS credit_price_unit_total double precision")


def add_order_rate_column(cr):
    """Add the column of the rates of the last step, and fill it with the rates at which the orders count now.

    Worked out by Odoo it would be the rate of today, and what was confirmed last year would weigh something else.
    """
    cr.execute("ALTER TABLE sale_order ADD COLUMN IF NOT EXISTS credit_currency_rate numeric")
    cr.execute("UPDATE sale_order SET credit_currency_rate = currency_rate WHERE credit_currency_rate IS NULL")


def add_other_columns(cr):
    """Add the columns of drafts for, and of rejected payments of, somebody else: Odoo would look at each there ever
    was."""
    cr.execute("ALTER TABLE account_move ADD COLUMN IF NOT EXISTS credit_is_for_other boolean")
    cr.execute("ALTER TABLE account_payment ADD COLUMN IF NOT EXISTS credit_is_of_other boolean")


def add_parties_columns(cr):
    """Add the columns of who owed and who paid, and fill them where these are two: Odoo would read each match there
    ever was."""
    cr.execute(
        """
        ALTER TABLE account_partial_reconcile ADD COLUMN IF NOT EXISTS credit_debtor_id integer,
                                              ADD COLUMN IF NOT EXISTS credit_payer_id integer;
        UPDATE account_partial_reconcile r SET credit_debtor_id = d.partner_id, credit_payer_id = c.partner_id
          FROM account_move_line d, account_move_line c
         WHERE d.id = r.debit_move_id AND c.id = r.credit_move_id AND d.partner_id IS DISTINCT FROM c.partner_id
        """
    )


def fill_other(env):
    """Find the drafts that bill what somebody else has ordered, and the rejected payments that are booked for somebody
    else."""
    moves = env["account.move"].search([("state", "=", "draft"), ("move_type", "in", ("out_invoice", "out_refund"))])
    env.add_to_compute(moves._fields["credit_is_for_other"], moves)
    moves.flush_recordset(["credit_is_for_other"])
    payments = env["account.payment"].search([("state", "in", ("rejected", "canceled")), ("move_id", "!=", False)])
    env.add_to_compute(payments._fields["credit_is_of_other"], payments)
    payments.flush_recordset(["credit_is_of_other"])


def count_anew(cr):
    """Let PostgreSQL count what our columns and indexes hold: by itself it does so when a tenth of a table has changed,
    which takes months of a large one, and until then it reads all of it for a few rows."""
    cr.execute(
        "ANALYZE account_move, account_move_line, account_partial_reconcile, account_payment, sale_order, "
        "sale_order_line"
    )


def fill_unit_prices(env):
    """Work out the unit price of the few lines that have one: those that were ordered with quantity 0.

    Of all others it stays empty, which counts as none.
    """
    lines = env["sale.order.line"].search(
        [("product_uom_qty", "=", 0), ("display_type", "=", False), ("is_downpayment", "=", False)], order="id"
    )
    for start in range(0, len(lines), LINES):
        batch = lines[start : start + LINES]
        env.add_to_compute(lines._fields["credit_price_unit_total"], batch)
        batch.flush_recordset(["credit_price_unit_total"])
        batch.invalidate_recordset()


def mark_old_releases(cr):
    """Mark the releases that were given before they were measured in all: they stay valid until they end."""
    cr.execute("ALTER TABLE credit_release ADD COLUMN IF NOT EXISTS is_measured boolean")
    cr.execute("UPDATE credit_release SET is_measured = FALSE WHERE is_measured IS NULL")


def bound_exclusions(env):
    """Let orders that are not checked stay so, up to what they amount to now."""
    for order in env["sale.order"].search([("credit_is_excluded", "=", True), ("credit_amount_excluded", "=", 0)]):
        order.credit_amount_excluded = order._credit_get_amount()


def keep_served(env):
    """Let money on account stay with the confirmed orders that it names now."""
    open_orders = [("state", "=", "sale"), ("invoice_status", "!=", "invoiced")]
    env["sale.order"].search(open_orders)._credit_keep_served()


def post_init_hook(env):
    """Open a profile for every customer that trades, in one statement; take limits over from core."""
    fill_unit_prices(env)
    fill_other(env)
    env.flush_all()
    env["credit.profile"]._insert(
        SQL(
            """
            SELECT commercial_partner_id AS partner_id, %(billing)s AS company_id FROM account_move
             WHERE move_type IN ('out_invoice', 'out_refund') AND commercial_partner_id IS NOT NULL
             GROUP BY 1, 2
             UNION
            SELECT p.commercial_partner_id, %(selling)s FROM sale_order so
              JOIN res_partner p ON p.id = so.partner_invoice_id WHERE so.state = 'sale'
             GROUP BY 1, 2
            """,
            billing=env["res.company"]._credit_company_sql(SQL("company_id")),
            selling=env["res.company"]._credit_company_sql(SQL("so.company_id")),
        ),
        env["res.company"].with_context(active_test=False).search([]),
    )
    count_anew(env.cr)


def uninstall_hook(env):
    """Take away what Odoo does not know of: the log's trigger with its function, the table of the version before."""
    env.cr.cache.setdefault(KEPT, [])  # without a table there is nothing to write after the transaction
    env.cr.execute("DROP FUNCTION IF EXISTS credit_log_refuse() CASCADE")
    env.cr.execute("DROP TABLE IF EXISTS credit_decision_old")


def date_old_disputes(env):
    """Give disputes and withdrawals of before their days: of creation and last change, in the zone of the company."""
    day = env["res.company"]._credit_get_day_sql
    env.cr.execute(
        SQL(
            """
            UPDATE credit_dispute d SET date_from = %s, date_to = CASE WHEN d.state = 'settled' THEN %s END,
                   is_date_estimated = TRUE
              FROM res_company c WHERE c.id = d.company_id
            """,
            day(SQL("d.create_date")),
            day(SQL("d.write_date")),
        )
    )
    env.cr.execute(
        SQL(
            """
            UPDATE credit_promise p SET date_withdrawn = %s
              FROM res_company c WHERE c.id = p.company_id AND p.is_withdrawn AND p.date_withdrawn IS NULL
            """,
            day(SQL("p.write_date")),
        )
    )
