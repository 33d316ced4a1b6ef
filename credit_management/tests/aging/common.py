"""Asking for an aging as the screen does."""

from datetime import date

from ...models.aging.credit_open_item_page import COLUMNS, SUMS
from ..open_item.common import OpenItemCommon

AGGREGATES = [f"{name}:sum" for name in SUMS]
GROUPINGS = (
    "partner_id", "group_id", "user_id", "team_id", "rating_id", "country_id", "company_id", "currency_id",
    "account_id", "kind", "tags", "analytic_account_id",
)


class AgingCommon(OpenItemCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lateness = cls.env.ref("credit_management.bucket_set_lateness")
        cls.years = cls.env.ref("credit_management.bucket_set_years")

    def items_of(self, day, user=None, **switches):
        """Return the model of open items as of a day such as "2026-06-30"."""
        context = {f"credit_aging_{name}": value for name, value in switches.items()}
        items = self.env["credit.open.item"].with_context(credit_aging_as_of=str(day), **context)
        return items.with_user(user) if user else items

    def page(self, day, groupby="partner_id", domain=(), user=None, limit=80, **switches):
        items = self.items_of(day, user, **switches)
        return items.web_read_group(list(domain), [groupby], AGGREGATES, limit=limit)

    def columns(self, day, *partners, **switches):
        """Return what stands in the columns of customers: ``{title, "credits", "beside", "total": amount}``."""
        page = self.page(day, domain=[("partner_id", "in", [partner.id for partner in partners])], **switches)
        totals, titles = page["aging"]["totals"], page["aging"]["columns"]
        found = {column["title"]: totals[name] for column, name in zip(titles, COLUMNS, strict=False)}
        found.update({name: totals[f"amount_{name}"] for name in ("credits", "advance", "beside", "total")})
        return {name: amount for name, amount in found.items() if amount}

    def invoice(self, partner, amount, day, due=None, **values):
        day = str(date.fromisoformat(str(day)))
        return self.make_invoice(partner, amount, invoice_date=day, date=day, invoice_date_due=due or day, **values)

    def pay_on(self, invoice, amount, day, **values):
        return self._register_payment(invoice, payment_date=day, amount=amount, **values)

    def match(self, *moves):
        lines = self.env["account.move"].union(*moves).line_ids
        lines.filtered(lambda item: item.account_type == "asset_receivable").reconcile()
