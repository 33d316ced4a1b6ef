"""The page of a notice: the customer reads what it lists, and pays all of it or a part. Its token opens it for
60 days.
"""

from odoo.addons.account_payment.controllers.payment import PaymentPortal
from odoo.addons.account_payment.controllers.portal import PortalAccount
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.http import request, route

from .page import CreditPage

PER_PAGE = 80


class CreditNoticePortal(CreditPage, PortalAccount, PaymentPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: how many notices the customer got."""
        values = super()._prepare_home_portal_values(counters)
        if "credit_notice_count" in counters:
            values["credit_notice_count"] = request.env["credit.notice"].sudo().search_count(  # the user's own
                self._get_own_notices(), limit=PER_PAGE
            )
        return values

    def _get_own_notices(self):
        """Return the domain of the notices that the customer got."""
        own = Domain("partner_id", "=", request.env.user.partner_id.commercial_partner_id.id)
        return own & Domain("state", "=", "sent") & Domain("is_test", "=", False)

    @route("/my/notices", type="http", auth="user", website=True)
    def portal_notices(self, **kwargs):
        """Show the notices that the customer got."""
        notices = request.env["credit.notice"].sudo().search(self._get_own_notices(), limit=PER_PAGE)  # the user's own
        return request.render(
            "credit_management.portal_notices",
            {**self._prepare_portal_layout_values(), "page_name": "notice", "notices": notices,
             "totals": notices._get_open_totals()},
        )

    @route("/my/notices/<int:notice_id>", type="http", auth="public", website=True)
    def portal_notice(self, notice_id, access_token=None, **kwargs):
        """Show what a notice lists, what is still open of it, and how to pay it."""
        notice = self._get_notice(notice_id, access_token)
        if not notice:
            return request.redirect("/my")
        _invoices, total, claims = notice._get_payable()
        request.update_context(lang=notice.env.lang)
        return request.render(
            "credit_management.portal_notice",
            {
                **self._prepare_portal_layout_values(), "page_name": "notice", "notice": notice, "total": total,
                "claims": notice._get_open_claims(), "claims_total": claims, "still": notice._get_still_open(),
                "paying": notice._get_paying(total) if total else None, "access_token": access_token,
                "is_costs_first": notice.company_id._credit_get_payment_order() == "costs",
                "is_payable": not request.env.user._is_internal()
                and notice._is_payable_online(self._get_notice_payer(notice)),
            },
        )

    @route("/my/notices/<int:notice_id>/pdf", type="http", auth="public")
    def portal_notice_pdf(self, notice_id, access_token=None, **kwargs):
        """Return the letter that went out; of a draft, as it is now."""
        notice = self._get_notice(notice_id, access_token)
        if not notice:
            return request.redirect("/my")
        name = f"{notice._get_report_base_filename()}.pdf"
        return self._make_file(name, notice.file_id.raw or notice._draw(), "application/pdf")

    @route("/my/notices/<int:notice_id>/pay", type="http", auth="public", website=True)
    def portal_notice_pay(self, notice_id, access_token=None, amount=None, **kwargs):
        """Show how to pay an amount on a notice."""
        notice = self._get_notice(notice_id, access_token)
        if not notice or not notice._is_payable_online(self._get_notice_payer(notice)):
            return request.redirect(notice.get_portal_url() if notice else "/my")
        amount = notice._fit_amount(self._cast_as_float(amount))
        values = self._get_common_page_view_values(
            {
                "partner": notice.partner_id, "company": notice.company_id, "total_amount": amount,
                "currency": notice.currency_id, "amount_residual": amount, "payment_reference": notice.name,
                "landing_route": notice.get_portal_url(), "transaction_route": f"/my/notices/{notice.id}/transaction",
            },
            access_token=notice.access_token,
        )
        payment = {
            "date": notice.company_id._credit_today(), "reference": notice.name, "amount": amount,
            "currency": notice.currency_id,
        }
        page = {"page_name": "notice", "notice": notice, "payment": payment, "amount": amount, **values}
        return request.render("account_payment.portal_overdue_invoices_page", page)

    @route("/my/notices/<int:notice_id>/transaction", type="jsonrpc", auth="public")
    def portal_notice_transaction(self, notice_id, amount=None, payment_reference=None, access_token=None, **kwargs):
        """Create the transaction: never more than what is still open of what the notice lists and claims.

        :raise ValidationError: when nothing is to be paid any more
        """
        notice = self._get_notice(notice_id, access_token)
        if not notice or not notice._get_payable()[1]:
            raise ValidationError(request.env._("Nothing is to be paid at the moment."))
        self._validate_transaction_kwargs(kwargs)
        kwargs["amount"] = notice._fit_amount(self._cast_as_float(amount))
        invoices = notice._get_payable()[0].sorted("invoice_date_due")
        payer = self._get_notice_payer(notice)
        values = self._process_transaction(payer.id, notice.currency_id.id, invoices.ids, notice.name, **kwargs)
        # whoever pays writes no transaction
        transaction = request.env["payment.transaction"].sudo().search([("reference", "=", values["reference"])])
        transaction.credit_notice_id = notice
        return values

    def _get_notice(self, notice_id, access_token):
        """Return the notice with all rights, if it may be seen here; nothing of what nobody was told."""
        notice, is_by_token = self._find_document("credit.notice", notice_id, access_token)
        if not notice:
            return None
        user = request.env.user
        notice = notice.with_user(user).sudo()  # who may see it was decided
        if not user._is_internal() and not (notice._is_page_open() if is_by_token else notice._is_told()):
            return None
        return notice.with_context(lang=notice._get_language() if user._is_public() else user.lang)

    def _get_notice_payer(self, notice):
        user = request.env.user
        return notice.partner_id if user._is_public() else user.partner_id
