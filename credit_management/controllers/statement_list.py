"""The statements of a customer at the portal: all that were sent to it, to be confirmed and to be looked up."""

from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.fields import Domain
from odoo.http import request, route

SENT = Domain("state", "!=", "draft")  # a draft was told to nobody
OPEN = Domain("state", "in", ("sent", "no_answer"))


class CreditStatementList(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to count the statements for their cards: of how many an answer is waited for."""
        values = super()._prepare_home_portal_values(counters)
        statements, own = self._get_own_statements()
        if "credit_statement_count" in counters:
            values["credit_statement_count"] = statements.search_count(own, limit=1)
        if "credit_statement_open_count" in counters:
            values["credit_statement_open_count"] = statements.search_count(own & OPEN)
        return values

    @route(["/my/statements", "/my/statements/page/<int:page>"], type="http", auth="user", website=True)
    def portal_statements(self, page=1, sortby=None, filterby=None, search=None, **kwargs):
        """List the statements of the user's customer."""
        statements, domain = self._get_own_statements()
        sortings, filters = self._get_statement_sortings(), self._get_statement_filters()
        sortby = sortby if sortby in sortings else "date"
        filterby = filterby if filterby in filters else "all"
        domain &= filters[filterby]["domain"]
        if search:
            domain &= Domain("name", "ilike", search)
        pages = pager(
            "/my/statements", statements.search_count(domain), page, self._items_per_page,
            url_args={"sortby": sortby, "filterby": filterby, "search": search},
        )
        values = {
            "page_name": "statement", "default_url": "/my/statements", "pager": pages,
            "statements": statements.search(
                domain, order=sortings[sortby]["order"], limit=self._items_per_page, offset=pages["offset"]
            ),
            "searchbar_sortings": sortings, "sortby": sortby, "searchbar_filters": filters, "filterby": filterby,
            "searchbar_inputs": {"name": {"input": "name", "label": request.env._("Search in Number")}},
            "search_in": "name", "search": search,
        }
        layout = self._prepare_portal_layout_values()
        return request.render("credit_management.portal_statements", {**layout, **values})

    def _get_own_statements(self):
        """Return statements with all rights, and the domain of those that the user may see: its own customer's."""
        customer = request.env.user.partner_id.commercial_partner_id
        # a portal user has no rights on statements: this method is the access rule
        return request.env["credit.statement"].sudo(), Domain("partner_id", "=", customer.id) & SENT

    def _get_statement_sortings(self):
        return {
            "date": {"label": request.env._("Date"), "order": "date desc, id desc"},
            "name": {"label": request.env._("Number"), "order": "name desc, id desc"},
            "state": {"label": request.env._("Status"), "order": "state, date desc, id desc"},
        }

    def _get_statement_filters(self):
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {"label": request.env._("To be confirmed"), "domain": OPEN},
            "agreed": {"label": request.env._("Agreed"), "domain": Domain("state", "=", "agreed")},
            "differs": {"label": request.env._("Differs"), "domain": Domain("state", "=", "differs")},
        }
