"""What a company counts as exposure, and whether its credit checks are on."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_count_orders = fields.Boolean(
        "Count Open Orders",
        default=True,
        help="Confirmed orders count until they are covered by a posted invoice, tax included, "
        "together with their draft invoices and what was delivered and not invoiced.",
    )
    credit_count_drafts = fields.Boolean(
        "Count Draft Invoices",
        default=True,
        help="Draft customer invoices that do not come from an order count. Draft credit notes never free credit.",
    )
    credit_count_unallocated = fields.Boolean(
        "Count Unallocated Credits",
        default=True,
        help="Payments and posted credit notes not matched to an invoice lower the exposure.",
    )
    credit_count_disputed = fields.Boolean(
        "Count Disputed Amounts",
        default=True,
        help="Disputed amounts stay in the exposure. They never count as overdue.",
    )
    credit_count_in_process = fields.Boolean(
        "Count Payments in Process",
        default=False,
        help="A registered payment frees credit only once it is matched with a bank statement.",
    )
    credit_count_bills = fields.Boolean(
        "Count Bills Receivable",
        default=True,
        help="Payments by a method with a risk period stay in the exposure until that many days have passed.",
    )
    credit_count_received = fields.Boolean(
        "Count Captured Payments",
        default=True,
        help="Captured online payments and payments without an entry lower the exposure.",
    )
    credit_days_horizon = fields.Integer(
        "Credit Horizon (days)",
        default=0,
        help="Orders to be delivered more than so many days from today are left out of the exposure and "
        "come in as time passes. 0: all orders count.",
    )
    credit_days_promise_grace = fields.Integer(
        "Promise Grace (days)",
        default=0,
        help="A promise to pay is broken when more than so many days have passed since the promised day. "
        "0: from the day after it.",
    )
    credit_controller_id = fields.Many2one(
        "res.users",
        "Default Credit Controller",
        help="Who is told of holds of customers that have no controller of their own.",
    )
    credit_is_resumed = fields.Boolean(
        "Confirm Freed Orders",
        default=True,
        help="When the cause of a hold is gone the order confirms by itself. Off: it is freed, and its "
        "salesperson is told to confirm it.",
    )
    credit_is_portal_shown = fields.Boolean(
        "Account Page at the Portal",
        default=True,
        help="Customers see their open items with a statement at the portal, and may ask for more credit.",
    )
    credit_is_portal_limit_shown = fields.Boolean(
        "Limit at the Portal",
        help="Customers see their limit, what they use of it and what is available on their account page.",
    )
    credit_days_snapshot_keep = fields.Integer(
        "Keep Daily Figures (days)",
        default=1100,
        help="Daily figures older than this are reduced to one per month.",
    )

    credit_years_log_keep = fields.Integer(
        "Keep the Credit Log (years)",
        default=10,
        help="Rows of the credit log older than this are removed each month, which leaves a row. At least 1.",
    )

    _credit_years_log_keep_positive = models.Constraint(
        "CHECK (credit_years_log_keep > 0)", "The credit log is kept for at least one year."
    )

    _credit_days_horizon_not_negative = models.Constraint(
        "CHECK (credit_days_horizon >= 0)",
        "The credit horizon cannot be negative. Enter 0 to count all orders.",
    )

    _credit_days_promise_grace_not_negative = models.Constraint(
        "CHECK (credit_days_promise_grace >= 0)", "The grace days of promises cannot be negative."
    )

    def _is_credit_checked(self):
        """Tell whether something is checked in this company. Nothing is checked or blocked before.

        Hook: `policy/` says so where a policy is on.
        """
        self.ensure_one()
        return False
