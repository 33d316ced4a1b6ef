"""Paying what a statement says is past due, by whoever has its page, with Odoo's own page of overdue invoices."""

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.exceptions import ValidationError
from odoo.http import request, route

from .statement import CreditStatementPortal


class CreditStatementPayment(CreditStatementPortal, PortalAccount, PaymentPortal):
    def _get_statement_part(self, statement_id, access_token, currency):
        """Return the statement, and its part in a currency if something is to be paid of it."""
        statement = self._get_statement(statement_id, access_token)
        if not statement:
            return statement, None
        payer = self._get_statement_payer(statement)
        payable = [
            part for part in statement._get_parts()
            if part.currency.name == currency and statement._is_payable_online(part, payer)
        ]
        return statement, payable[0] if payable else None

    @route("/my/statements/<int:statement_id>/pay/<string:currency>", type="http", auth="public", website=True)
    def portal_statement_pay(self, statement_id, currency, access_token=None, **kwargs):
        """Show how to pay what is past due of a statement."""
        statement, part = self._get_statement_part(statement_id, access_token, currency)
        if not part:
            return request.redirect(statement.get_portal_url() if statement else "/my")
        amount = statement._get_payable(part)[1]
        address = statement.get_portal_url()
        values = self._get_common_page_view_values(
            {
                "partner": statement.partner_id, "company": statement.company_id, "total_amount": amount,
                "currency": part.currency, "amount_residual": amount, "payment_reference": statement.name,
                "landing_route": address,
                "transaction_route": f"/my/statements/{statement.id}/transaction/{currency}",
            },
            access_token=statement.access_token,
        )
        today = statement.company_id._credit_today()
        payment = {"date": today, "reference": statement.name, "amount": amount, "currency": part.currency}
        page = {"page_name": "statement", "statement": statement, "payment": payment, "amount": amount, **values}
        return request.render("account_payment.portal_overdue_invoices_page", page)

    @route("/my/statements/<int:statement_id>/transaction/<string:currency>", type="jsonrpc", auth="public")
    def portal_statement_transaction(
        self, statement_id, currency, payment_reference=None, access_token=None, **kwargs
    ):
        """Create the transaction; what is paid is what the statement asks for, whatever the page sends.

        :raise ValidationError: when nothing is to be paid any more
        """
        statement, part = self._get_statement_part(statement_id, access_token, currency)
        if not part:
            raise ValidationError(request.env._("Nothing is to be paid at the moment."))
        self._validate_transaction_kwargs(kwargs)
        invoices, kwargs["amount"] = statement._get_payable(part)
        payer = self._get_statement_payer(statement)
        return self._process_transaction(payer.id, part.currency.id, invoices.ids, statement.name, **kwargs)
