"""Installation on data that is already there, and a clean way out."""

from odoo.tools import SQL

LINES = 1000  # so many lines of orders are in memory at a time


def pre_init_hook(env):
    """Prepare what would take long on a large database otherwise."""
    add_unit_price_column(env.cr)


def add_unit_price_column(cr):
    """Add the column of unit prices ourselves: Odoo would work out, and write, each line there ever was."""
    cr.execute("ALTER TABLE sale_order_line ADD COLUMN IF NOT EXISTS credit_price_unit_total double precision")


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


def post_init_hook(env):
    """Open a profile for every customer that trades, in one statement; take limits over from core."""
    fill_unit_prices(env)
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO credit_profile (partner_id, company_id, limit_currency_id, active, limit_type, amount_limit,
                   account_status, dunning_level, is_excluded, lock_count, create_uid, write_uid, create_date,
                   write_date)
            SELECT t.partner_id, t.company_id, c.currency_id, TRUE,
                   CASE WHEN t.amount > 0 THEN 'amount' ELSE 'none' END, COALESCE(t.amount, 0), 'normal', 0,
                   EXISTS (SELECT 1 FROM res_company own WHERE own.partner_id = t.partner_id), 0, 1, 1, %(now)s, %(now)s
              FROM (SELECT d.partner_id, d.company_id,
                           MAX(GREATEST((p.credit_limit->>d.company_id::text)::numeric, 0)) AS amount
                      FROM (SELECT commercial_partner_id AS partner_id, company_id FROM account_move
                             WHERE move_type IN ('out_invoice', 'out_refund') AND commercial_partner_id IS NOT NULL
                             GROUP BY 1, 2
                             UNION
                            SELECT p.commercial_partner_id, so.company_id FROM sale_order so
                              JOIN res_partner p ON p.id = so.partner_invoice_id WHERE so.state = 'sale'
                             GROUP BY 1, 2) d
                      JOIN res_partner p ON p.id = d.partner_id
                     GROUP BY 1, 2) t
              JOIN res_company c ON c.id = t.company_id
                ON CONFLICT (partner_id, company_id) DO NOTHING
            """,
            now=env.cr.now(),
        )
    )


def uninstall_hook(env):
    """Leave core as it was: our indexes on core's tables go with us."""
    for name in (
        "account_move_line_credit_open_items_idx",
        "account_move_credit_drafts_idx",
        "account_move_credit_draft_refunds_idx",
        "account_partial_reconcile_credit_max_date_idx",
        "account_payment_credit_unmatched_idx",
        "account_payment_credit_risk_idx",
        "sale_order_credit_open_orders_idx",
        "sale_order_line_credit_down_payments_idx",
    ):
        env.cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
