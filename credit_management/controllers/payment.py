"""Paying what a statement asks for, with Odoo's own page of overdue invoices."""

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.exceptions import ValidationError
from odoo.http import request, route


class CreditPayment(PortalAccount, PaymentPortal):
    def _get_credit_block(self, profile_id, currency, part):
        """Return the profile and the block of its statement in a currency, if something is to be paid of it.

        :param part: "all" for all that is open
        """
        profile = request.env["credit.profile"]._get_for_portal().filtered(lambda own: own.id == profile_id)
        if not profile:
            return profile, None
        today = profile.company_id._credit_today()
        blocks = profile._get_statement_blocks(profile._get_open_items(today), today)
        blocks = [block.with_everything(today) for block in blocks] if part == "all" else blocks
        payable = [block for block in blocks if block.currency.name == currency and profile._is_payable_online(block)]
        return profile, payable[0] if payable else None

    @route(
        [f"/my/credit/<int:profile_id>/pay/<string:currency>{part}" for part in ("", "/<string:part>")],
        type="http", auth="user", website=True,
    )
    def portal_credit_pay(self, profile_id, currency, part="due", **kwargs):
        """Show how to pay what the statement asks for, or all that is open."""
        profile, block = self._get_credit_block(profile_id, currency, part)
        if not block:
            return request.redirect("/my/credit")
        company, invoices = profile.company_id, block.invoices
        reference = company.get_next_batch_payment_communication() if len(invoices) > 1 else invoices.name
        values = self._get_common_page_view_values(
            {
                "partner": profile.partner_id, "company": company, "total_amount": block.due,
                "currency": block.currency, "amount_residual": block.due, "payment_reference": reference,
                "landing_route": "/my/credit",
                "transaction_route": f"/my/credit/{profile.id}/transaction/{currency}/{part}",
            }
        )
        payment = {"date": block.date_due, "reference": reference, "amount": block.due, "currency": block.currency}
        page = {"page_name": "credit", "payment": payment, "amount": block.due, **values}
        return request.render("account_payment.portal_overdue_invoices_page", page)

    @route(
        [f"/my/credit/<int:profile_id>/transaction/<string:currency>{part}" for part in ("", "/<string:part>")],
        type="jsonrpc", auth="user",
    )
    def portal_credit_transaction(self, profile_id, currency, payment_reference, part="due", **kwargs):
        """Create the transaction; what is paid is what the statement asks for, or all, whatever the page sends.

        :raise ValidationError: when nothing is to be paid any more
        """
        _profile, block = self._get_credit_block(profile_id, currency, part)
        if not block:
            raise ValidationError(request.env._("Nothing is to be paid at the moment."))
        self._validate_transaction_kwargs(kwargs)
        kwargs["amount"] = block.due
        partner = request.env.user.partner_id
        return self._process_transaction(
            partner.id, block.currency.id, block.invoices.ids, payment_reference, **kwargs
        )
