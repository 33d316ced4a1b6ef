"""The customer's page: open items, statement, limit, and a request for more credit."""

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import UserError
from odoo.http import request, route

REPORT = "credit_management.action_report_credit_statement"


class CreditPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to add the card of the credit page with the number of open items."""
        values = super()._prepare_home_portal_values(counters)
        profiles = request.env["credit.profile"]._get_for_portal()
        if not counters:  # the page itself; what is counted later may be counters only, each with its place there
            values["is_credit_shown"] = bool(profiles)
        if "credit_item_count" in counters:
            values["credit_item_count"] = sum(
                len(profile._get_open_items(profile.company_id._credit_today())) for profile in profiles
            )
        return values

    @route("/my/credit", type="http", auth="user", website=True)
    def portal_my_credit(self, **kwargs):
        """Show the customer's account in each company."""
        profiles = request.env["credit.profile"]._get_for_portal()
        if not profiles:
            return request.redirect("/my")
        return self._render_credit(profiles)

    def _render_credit(self, profiles, **values):
        return request.render(
            "credit_management.portal_my_credit",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "credit",
                "accounts": [profile._get_portal_values() for profile in profiles],
                **values,
            },
        )

    @route("/my/credit/<int:profile_id>/statement", type="http", auth="user", website=True)
    def portal_credit_statement(self, profile_id, report_type="html", download=False, **kwargs):
        """Return the statement of open items as a page or as a PDF."""
        profile = self._get_credit_profile(profile_id)
        if not profile or report_type not in ("html", "pdf"):
            return request.redirect("/my")
        return self._show_report(profile, report_type, REPORT, download=bool(download))

    @route("/my/credit/<int:profile_id>/request", type="http", auth="user", website=True, methods=["POST"])
    def portal_credit_request(self, profile_id, amount=None, reason=None, **kwargs):
        """Take a request for more credit; show the page again with what is wrong with it."""
        profile = self._get_credit_profile(profile_id)
        if not profile:
            return request.redirect("/my")
        try:
            profile._request_from_portal(amount, reason)
        except UserError as error:
            profiles = request.env["credit.profile"]._get_for_portal()
            typed = {"profile_id": profile.id, "amount": amount, "reason": reason, "message": str(error)}
            return self._render_credit(profiles, error=typed)
        return request.redirect("/my/credit?sent=1")

    def _get_credit_profile(self, profile_id):
        """Return the profile if it is one of the user's own, empty otherwise."""
        profiles = request.env["credit.profile"]._get_for_portal()
        return profiles.filtered(lambda profile: profile.id == profile_id)

    @route("/my/credit/<int:profile_id>/promise", type="http", auth="user", website=True, methods=["POST"])
    def portal_credit_promise(self, profile_id, currency=None, amount=None, date=None, note=None, **kwargs):
        """Take the day on which the customer pays."""
        return self._answer(profile_id, lambda profile: profile._promise_from_portal(currency, amount, date, note))

    @route("/my/credit/<int:profile_id>/disagree", type="http", auth="user", website=True, methods=["POST"])
    def portal_credit_disagree(self, profile_id, move_id=None, reason=None, **kwargs):
        """Take what the customer contests."""
        move = int(move_id) if str(move_id or "").isdecimal() else 0
        return self._answer(profile_id, lambda profile: profile._disagree_from_portal(move, reason))

    def _answer(self, profile_id, take):
        """Take an answer and thank for it; show the page again with what is wrong with it."""
        profile = self._get_credit_profile(profile_id)
        if not profile:
            return request.redirect("/my")
        try:
            take(profile)
        except UserError as error:
            profiles = request.env["credit.profile"]._get_for_portal()
            return self._render_credit(profiles, wrong_answer={"profile_id": profile.id, "message": str(error)})
        return request.redirect("/my/credit?sent=2")
