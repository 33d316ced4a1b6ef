"""What facts are read from: the columns of core's models, and who may change each."""

from odoo import api, models

from ..gate.fact import Columns

SETTINGS = "set up by accountants or administrators for everybody, not for a document"
LINES = "lines are looked at where they are written"
ENTERED = "hours and costs that somebody has entered: what is delivered of a service follows them"
DECIDED = "of a draft: decided with the whole invoice when it is posted; core keeps it on a posted one"
ISSUED = "core refuses it on posted entries"
POSTED = "of a posted move it stays: `ledger` refuses it to persons"
NAMING = "a text that says which order money is for, once: what an order was let through with stays with it"
LINKED = "only the system writes it: reversals, payments, matching"
NUMBERED = "which matches belong together: no amount is read from it"

# of orders: what growth and falls are watched for, and what nobody writes
WATCHED_FIELDS = frozenset({
    "amount_tax", "amount_total", "amount_untaxed", "commitment_date", "company_id", "currency_id", "currency_rate",
    "date_order", "fiscal_position_id", "order_line", "partner_id", "partner_invoice_id", "payment_term_id",
    "pricelist_id",
})
COMPUTED_FIELDS = frozenset({
    "amount_tax", "amount_total", "amount_untaxed", "credit_amount_excluded", "credit_currency_rate",
    "credit_excluded_by_id", "credit_is_excluded_within", "currency_rate", "invoice_status",
})
COMPUTED_LINE_FIELDS = frozenset({
    "credit_price_unit_total", "invoice_lines", "invoice_status", "is_downpayment", "is_expense", "move_ids",
    "price_reduce_taxinc", "price_subtotal", "price_tax", "price_total", "qty_delivered_method", "qty_invoiced",
    "qty_to_invoice", "state",
})

COLUMNS = {
    "res.partner": Columns(
        refused=frozenset({"commercial_partner_id"}),
        watched=frozenset({"parent_id", "is_company"}),  # room `merge`
    ),
    "sale.order": Columns(
        refused=COMPUTED_FIELDS,
        watched=(WATCHED_FIELDS - COMPUTED_FIELDS) | {"state", "transaction_ids"},
        harmless={"name": NAMING, "client_order_ref": NAMING},
    ),
    "sale.order.line": Columns(
        refused=COMPUTED_LINE_FIELDS | {"untaxed_amount_invoiced"},
        # each write is weighed before and after, whatever it writes: see `documents/sale_order_lowered.py`
        watched=frozenset({
            "order_id", "product_uom_qty", "product_uom_id", "qty_delivered", "display_type", "product_id",
            "price_unit", "discount", "tax_ids", "company_id", "currency_id", "analytic_line_ids",
            "reached_milestones_ids", "pos_order_line_ids",
        }),
    ),
    "account.move": Columns(
        refused=frozenset({
            "amount_total", "amount_total_signed", "amount_residual", "commercial_partner_id", "payment_state",
            "credit_is_for_other", "amount_total_in_currency_signed",
        }),
        watched=frozenset({"state", "move_type", "partner_id", "statement_line_id"}),
        harmless={
            "invoice_currency_rate": f"a typed rate that makes the debt small stops the invoice; {POSTED}",
            "invoice_date_due": DECIDED,
            "invoice_date": DECIDED,
            "currency_id": DECIDED,
            "company_id": DECIDED,
            "delivery_date": "where terms begin with it; what is posted does not become due later by it",
            "journal_id": ISSUED,
            "date": "the day of the books: where it is the due day, it does not move later",
            "invoice_payment_term_id": DECIDED,
            "taxable_supply_date": DECIDED,
            "line_ids": LINES,
            "invoice_line_ids": LINES,
            "payment_reference": NAMING,
            "matched_payment_ids": "payments and their invoices say it of each other; no amount is read from it",
            "ref": NAMING,
            "origin_payment_id": POSTED,
            "reversed_entry_id": POSTED,
        },
    ),
    "account.move.line": Columns(
        refused=frozenset({
            "amount_residual", "amount_residual_currency", "parent_state", "price_total", "price_subtotal",
            "reconciled", "is_refund", "payment_id", "statement_line_id",
        }),
        watched=frozenset({"partner_id", "date_maturity", "sale_line_ids"}),
        harmless={
            "account_id": "a debt stays on an account whose debts are counted, and is posted on one: room `ledger`",
            "journal_id": POSTED,
            "debit": ISSUED,
            "credit": ISSUED,
            "balance": ISSUED,
            "amount_currency": ISSUED,
            "company_id": POSTED,
            "company_currency_id": "that of its company: core follows it",
            "currency_id": POSTED,
            "date": POSTED,
            "move_id": ISSUED,
            "display_type": DECIDED,
            "quantity": DECIDED,
            "price_unit": DECIDED,
            "discount": DECIDED,
            "tax_ids": DECIDED,
            "product_id": DECIDED,
            "product_uom_id": DECIDED,
            "name": NAMING,
            "matching_number": LINKED,
            "matched_debit_ids": LINKED,
            "matched_credit_ids": LINKED,
            "full_reconcile_id": LINKED,
        },
    ),
    "account.payment": Columns(
        refused=frozenset({"amount_company_currency_signed", "is_matched", "is_reconciled", "credit_is_of_other"}),
        # all but the state stay on a confirmed payment: room `ledger`
        watched=frozenset({
            "state", "amount", "currency_id", "date", "journal_id", "move_id", "partner_id", "partner_type",
            "payment_method_line_id", "payment_transaction_id", "payment_type",
        }),
        harmless={
            "company_id": "that of its journal, which stays",
            "memo": NAMING,
        },
    ),
    "account.analytic.line": Columns(harmless={"*": ENTERED}),
    "project.milestone": Columns(harmless={"*": f"{ENTERED}; the bridge of projects measures when it falls"}),
    "account.account": Columns(watched=frozenset({"account_type", "non_trade"}), harmless={"*": SETTINGS}),
    "account.partial.reconcile": Columns(
        refused=frozenset({
            "amount", "company_id", "credit_amount_currency", "credit_move_id", "debit_amount_currency",
            "debit_move_id", "max_date",
        }),
        harmless={"*": NUMBERED},
    ),
    "account.full.reconcile": Columns(harmless={"*": NUMBERED}),
    "account.bank.statement.line": Columns(harmless={"*": "what the bank says, entered by accountants"}),
    "payment.transaction": Columns(
        refused=frozenset({
            "state", "amount", "currency_id", "sale_order_ids", "payment_id", "provider_id", "last_state_change",
        }),
    ),
    "res.company": Columns(harmless={"*": SETTINGS}),
    "res.currency": Columns(harmless={"*": SETTINGS}),
    "res.currency.rate": Columns(harmless={"*": SETTINGS}),
    "uom.uom": Columns(harmless={"*": SETTINGS}),
    "account.payment.method.line": Columns(harmless={"*": SETTINGS}),
}


class CreditFact(models.AbstractModel):
    _inherit = "credit.fact"

    @api.model
    def _get_columns(self):
        """Override to name what the sources of this add-on read of core's models."""
        return {**super()._get_columns(), **COLUMNS}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _create_down_payment_section_line_if_needed(self):
        """Override of `sale`: people make down payments by its wizard, and call nothing else one."""
        self.check_access("write")
        return super(SaleOrder, self.sudo())._create_down_payment_section_line_if_needed()  # the system's lines

    def _create_down_payment_lines_from_base_lines(self, *arguments, **keywords):
        """Override of `sale`: see `_create_down_payment_section_line_if_needed`."""
        self.check_access("write")
        order = super(SaleOrder, self.sudo())  # the system's lines
        lines = order._create_down_payment_lines_from_base_lines(*arguments, **keywords)
        return lines.sudo(self.env.su)  # as whoever asked


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "credit.fact.mixin"]
