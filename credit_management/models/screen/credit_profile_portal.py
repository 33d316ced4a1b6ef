"""What a customer sees of the own account at the portal: open items, aging, limit, requests."""

import math
from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..aging.credit_bucket_set import LATENESS

REASON_LENGTH = 2000
AMOUNT_HIGHEST = 1e12


@dataclass
class Item:
    """One open item of the statement, in company currency and in its own."""

    move: models.BaseModel
    date_due: date
    days_late: int
    amount: float
    amount_currency: float
    disputed_currency: float = 0.0
    numbers: str = ""  # under which the customer knows it, too

    @property
    def is_disputed(self):
        """Whether the customer contests a part of it."""
        return bool(self.disputed_currency)

    @property
    def payable(self):
        """What the customer is asked to pay of it, in its currency: nobody is asked for what is disputed."""
        return self.amount_currency - self.disputed_currency

    @property
    def date_document(self):
        """The day of the document."""
        return self.move.invoice_date or self.move.date

    def get_origin(self, basis):
        """Return the day from which the age of the item counts."""
        return (self.move.delivery_date if basis == "origin" else None) or self.date_document

    @property
    def reference(self):
        """How the customer knows the document: its own order number on an invoice, what it wrote on a payment."""
        return self.move.ref or self.move.origin_payment_id.memo or ""

    @property
    def original(self):
        """The amount of the whole document, in its currency."""
        return math.copysign(self.move.amount_total, self.amount_currency)


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    # -- access --------------------------------------------------------------------------------------

    @api.model
    def _get_for_portal(self):
        """Return the profiles that the current user may see at the portal, with all rights.

        Those of the user's own customer, in each company that shows the page and deals with it.
        """
        customer = self.env.user.partner_id.commercial_partner_id
        if self.env.user._is_public():
            return self.browse()
        # a portal user has no rights on credit records: this method is the access rule
        profiles = self.sudo().search(
            [("partner_id", "=", customer.id), ("company_id.credit_is_portal_shown", "=", True)]
        )
        for company in (self._get_portal_companies(customer) - profiles.company_id).filtered("credit_is_portal_shown"):
            profiles |= self.sudo()._ensure(customer, company)  # see above
        own = self.env.company._credit_company()
        return profiles.sorted(lambda profile: (profile.company_id != own, profile.company_id.id))

    @api.model
    def _get_portal_companies(self, customer):
        """Return the company in use and those in which the customer has open items."""
        # the customer sees all its own items, whatever the companies of the portal user
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "child_of", customer.id),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("amount_residual", "!=", 0),
                ],
                ["company_id"],
            )
        )
        # see above: only which companies these are
        # a portal user may not read companies
        return self.env.company.sudo().union(*(company for (company,) in groups))._credit_company()

    # -- statement -----------------------------------------------------------------------------------

    def _get_portal_values(self):
        """Return what the portal page and the statement show of one profile."""
        self.ensure_one()
        today = self.company_id._credit_today()
        items = self._get_open_items(today)
        company = self.company_id
        return {
            "profile": self,
            "company": company,
            "currency": company.currency_id,
            "date": today,
            "items": items,
            "aging": self._get_aging(items, today),
            "total": company.currency_id.round(sum(item.amount for item in items)),
            "is_limit_shown": company.credit_is_portal_limit_shown and self.limit_state == "amount",
            "request": self._get_portal_request(),
            "blocks": self._get_statement_blocks(items, today),
            "banks": company._credit_get_banks(),
            "promise": self._get_portal_promise(),
        }

    def _get_open_items(self, today):
        """Return the open items as of a day, oldest first; those of the exposure sheet, so that they add up to it."""
        # the customer's own items; whoever may see the statement was decided before
        # the customer's own documents: the profile was found by its partner
        lines = self.env["credit.exposure.line"].sudo().with_context(credit_profile_id=self.id)
        items = [component.name for component in self.env["credit.exposure"]._get_components() if component.is_item]
        rows = lines.search([("profile_id", "=", self.id), ("component", "in", items)])
        items = [
            self._prepare_item(res_id, (today - due).days, group)
            for (res_id, due), group in rows.grouped(lambda row: (row.res_id, row.date_due)).items()
        ]
        self._add_numbers(items)
        return sorted(
            (item for item in items if not self.currency_id.is_zero(item.amount)),
            key=lambda item: (item.date_due, item.move.id),
        )

    def _prepare_item(self, move_id, days_late, rows):
        amount = sum(rows.mapped("amount"))
        return Item(
            move=self.env["account.move"].sudo().browse(move_id),  # the customer's own document
            date_due=rows[0].date_due,
            days_late=days_late,
            amount=amount,
            amount_currency=sum(rows.mapped("amount_currency")),
            disputed_currency=sum(rows.filtered(lambda row: row.component == "disputed").mapped("amount_currency")),
        )

    @api.model
    def _add_numbers(self, items):
        """Write into items under which numbers the customer knows them, beside its reference."""
        moves = self.env["account.move"].sudo().union(*(item.move for item in items))  # the customer's own documents
        found = moves._credit_read_numbers()
        for item in items:
            item.numbers = moves._credit_get_numbers_text(found.get(item.move.id), item.reference)

    def _get_aging(self, items, today):
        """Return ``[(column, title, amount)]`` in the columns that aged receivables open with; credits only when there
        are some."""
        # a portal user reads no settings: these columns are the company's own or everybody's
        offered = self.env["credit.bucket.set"].sudo().with_context(allowed_company_ids=self.company_id.ids)
        buckets = offered._get_offered()[:1]
        if not buckets:
            return []
        titles = [*buckets._get_titles(), self.env._("Credits")]
        amounts, columns = [0.0] * len(titles), buckets._make_buckets()
        for item in items:
            day = item.date_due if buckets.basis in LATENESS else item.get_origin(buckets.basis)
            amounts[columns.column_of(day, today) if item.amount > 0 else -1] += item.amount
        names = [*(f"amount_{number}" for number in range(1, len(titles))), "credits"]
        rows = zip(names, titles, map(self.currency_id.round, amounts), strict=True)
        return [row for row in rows if row[0] != "credits" or row[2]]

    def _get_report_base_filename(self):
        """Return the name of the statement's file."""
        self.ensure_one()
        today = self.company_id._credit_today()
        return self.env._("Statement %(customer)s %(date)s", customer=self.partner_id.name, date=today.isoformat())

    # -- request for more credit ---------------------------------------------------------------------

    def _get_portal_request(self):
        """Return the customer's last request for a limit, as neutral values; False without one.

        What the company's own people propose is not the customer's business.
        """
        # a portal user has no rights on requests, and reads one sentence of the own one:
        # the profile was found by its partner
        Request = self.env["credit.limit.request"].sudo()
        own = [("profile_id", "=", self.id), ("requester_id.share", "=", True), ("state", "!=", "draft")]
        request = Request.search(own, limit=1)
        if not request:
            return False
        values = {
            "date": format_date(self.env, request.create_date),
            "amount": formatLang(self.env, request.amount, currency_obj=request.currency_id),
        }
        return {"is_open": request.state == "submitted", "text": self._get_portal_answer(request.state, values)}

    def _get_portal_answer(self, state, values):
        """Return the sentence about a request in a state, made out of its date and amount."""
        asked = self.env._("On %(date)s you asked for a limit of %(amount)s.", **values)
        answer = {
            "submitted": self.env._("We are looking into it."),
            "approved": self.env._("Granted."),
            "rejected": self.env._("We cannot grant it at the moment."),
        }[state]
        return f"{asked} {answer}"

    def _get_request_currency(self):
        return self.limit_currency_id or self.currency_id

    def _request_from_portal(self, amount_text, reason):
        """Ask for a higher limit in the name of the current portal user.

        One request at a time: the profile is locked, so that two clicks leave one request.

        :param str amount_text: the limit that the customer wishes, as typed
        :param str reason: why
        :return: `credit.limit.request`
        :raise UserError: for bad input, or while another request is open
        """
        self.ensure_one()
        amount = self._check_portal_limit(amount_text)
        reason = self._check_portal_reason(reason)
        self._lock()
        if (self._get_portal_request() or {}).get("is_open"):
            raise UserError(self.env._("Your last request is still open. We will answer it first."))
        # a portal user has no rights on requests; profile and input were checked above
        request = (
            self.env["credit.limit.request"]
            .sudo()
            .create(
                {
                    "profile_id": self.id,
                    "kind": "permanent",
                    "limit_type": "amount",
                    "amount": amount,
                    "currency_id": self._get_request_currency().id,
                    "reason": reason,
                    "requester_id": self.env.uid,
                }
            )
        )
        request.action_submit()
        return request

    @api.model
    def _read_portal_amount(self, text, currency):
        """Return the amount typed, rounded; 0 for what is none."""
        try:
            amount = float(str(text or "").replace(" ", ""))
        except ValueError:
            return 0.0
        return currency.round(amount) if 0 < amount < AMOUNT_HIGHEST else 0.0  # not what is no number

    def _check_portal_limit(self, text):
        """Return the limit typed.

        :raise UserError: when it is no amount, or not above the limit that the customer sees
        """
        currency = self._get_request_currency()
        amount = self._read_portal_amount(text, currency)
        if not amount:
            raise UserError(self.env._("Please enter the limit you need as an amount above zero."))
        is_shown = self.company_id.credit_is_portal_limit_shown and currency == self.currency_id
        if is_shown and self.limit_state == "amount" and amount <= self.amount_limit_effective:
            raise UserError(self.env._("The amount is not above your present limit."))
        return amount

    @api.model
    def _check_portal_reason(self, reason):
        """Return the reason without blanks around it.

        :raise UserError: when there is none, or it is too long
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please tell us why you need more credit."))
        if len(reason) > REASON_LENGTH:
            raise UserError(self.env._("Please shorten the reason to %(count)s characters.", count=REASON_LENGTH))
        return reason
