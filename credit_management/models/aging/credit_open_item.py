"""Open items as rows: as of a day, each in one column of an aging."""

from lxml import etree
from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine.aging import MAX_COLUMNS
from .credit_bucket_set import LATENESS

_lt = LazyTranslate(__name__)

# what a group is called that has none
WITHOUT = {
    "customer": _lt("Without customer"),
    "country": _lt("Without country"),
    "credit group": _lt("Without credit group"),
    "rating": _lt("Without rating"),
    "salesperson": _lt("Without salesperson"),
    "sales team": _lt("Without sales team"),
    "tags": _lt("Without tags"),
    "analytic account": _lt("Without analytic account"),
}
KIND_LABELS = [
    ("trade", "Receivable"),
    ("exchange", "Exchange difference"),
    ("nobody", "Without customer"),
    ("other", "Not trade"),
    ("advance", "Advance"),
]
FOR_THE_MACHINE = ("part", "item_id", "date_booked", "shown_currency_id", "company_currency_id")
# the day an item was due before it was moved later, and the one that is planned: see `credit_open_item_planned.py`
ORIGINAL = SQL("LEAST(first.credit_date_due_first, i.date_due)")
PLANNED = SQL("GREATEST(plan.date_to, i.date_due)")


def column_field(number):
    """Return the field of what stands in a column; what the column is called depends on the set in use."""
    return fields.Monetary(
        f"Column {number}", readonly=True, currency_field="shown_currency_id", help="What stands in this column."
    )


class CreditOpenItem(models.Model):
    _name = "credit.open.item"
    _inherit = ["credit.aging.options"]
    _description = "Open Item"
    _auto = False
    _order = "date_due, id"
    _rec_name = "document_name"

    kind = fields.Selection(
        KIND_LABELS,
        readonly=True,
        help="Receivables stand in a column of their age. The rest is shown beside them, so that all of it is the "
        "ledger's: exchange differences that are booked later, items without a customer, and accounts that are not "
        "trade.",
    )
    company_id = fields.Many2one("res.company", readonly=True, help="Whose credit it is: a branch's is its company's.")
    branch_id = fields.Many2one("res.company", "Booked In", readonly=True, help="The company or branch of the entry.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, falsy_value_label=WITHOUT["customer"]
    )
    country_id = fields.Many2one("res.country", readonly=True, falsy_value_label=WITHOUT["country"])
    group_id = fields.Many2one(
        "credit.group", "Credit Group", readonly=True, falsy_value_label=WITHOUT["credit group"]
    )
    rating_id = fields.Many2one("credit.rating", readonly=True, falsy_value_label=WITHOUT["rating"])
    user_id = fields.Many2one(
        "res.users", "Salesperson", readonly=True, falsy_value_label=WITHOUT["salesperson"],
        help="The salesperson of the invoice, else of the customer.",
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, falsy_value_label=WITHOUT["sales team"]
    )
    account_id = fields.Many2one("account.account", readonly=True)
    move_id = fields.Many2one("account.move", "Document", readonly=True)
    item_id = fields.Many2one("account.move.line", "Journal Item", readonly=True)
    document_name = fields.Char("Document Number", readonly=True)
    reference = fields.Char(
        "Customer's Reference", readonly=True, help="The customer's own number: of the order, or what it wrote."
    )
    date = fields.Date("Booked", readonly=True, help="Accounting date: the item counts from this day.")
    date_document = fields.Date("Document Date", readonly=True, help="Date of the invoice, else of the entry.")
    date_origin = fields.Date(
        "Origin",
        readonly=True,
        help="The day on which the receivable arose: of the delivery where it is known, else "
        "of the document. It stays through extensions.",
    )
    date_due = fields.Date("Due", readonly=True, help="When the installment is due.")
    date_booked = fields.Date(
        "Difference Booked", readonly=True, help="When the exchange difference is booked: Odoo does it at month's end."
    )
    days_late = fields.Integer(readonly=True, aggregator="max", help="Days since the due date, as of the day.")
    amount = fields.Monetary(
        "Open", readonly=True, currency_field="company_currency_id", aggregator=None, help="In company currency."
    )
    company_currency_id = fields.Many2one("res.currency", "Company Currency", readonly=True)
    amount_currency = fields.Monetary(
        "In Document Currency",
        readonly=True,
        currency_field="currency_id",
        aggregator=None,
        help="What is open in the currency of the document.",
    )
    currency_id = fields.Many2one("res.currency", "Document Currency", readonly=True)
    shown_currency_id = fields.Many2one("res.currency", "Currency Shown", readonly=True)
    amount_total = fields.Monetary(
        "Total", readonly=True, currency_field="shown_currency_id", help="All columns together: what the ledger says."
    )
    amount_credits = fields.Monetary(
        "Credits",
        readonly=True,
        currency_field="shown_currency_id",
        help="Payments and credit notes that are not matched. Netted, they are taken off the oldest items first.",
    )
    amount_advance = fields.Monetary(
        "Advances",
        readonly=True,
        currency_field="shown_currency_id",
        help="On the accounts of customers' advances that the settings name. They are never netted.",
    )
    amount_beside = fields.Monetary(
        "Beside",
        readonly=True,
        currency_field="shown_currency_id",
        help="Exchange differences, items without a customer, and accounts that are not trade: in no column.",
    )
    (
        amount_1, amount_2, amount_3, amount_4, amount_5, amount_6,
        amount_7, amount_8, amount_9, amount_10, amount_11, amount_12,
    ) = map(column_field, range(1, MAX_COLUMNS + 1))

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Override of `base`: nobody is offered to group by what is there for the machine."""
        found = super().fields_get(allfields, attributes)
        for name in found.keys() & set(FOR_THE_MACHINE):
            found[name]["groupable"] = False
        return found

    @property
    def _table_query(self):
        self.env.flush_all()
        return self._get_rows_sql(self._get_options())

    @api.model
    def _get_rows_sql(self, options):
        """Return SQL with the rows of this model."""
        return self._share_rows_sql(self._get_whole_rows_sql(options), options)

    @api.model
    def _get_whole_rows_sql(self, options):
        """Return SQL with a row per open item.

        OFFSET 0: the column of an item is worked out once, not once per column.
        """
        day = self._get_counted_day_sql(options)
        items, asked = self._get_items_sql(options), self._list_asked_sql(options)
        is_said = options.is_planned or options.is_cover_shown  # what was said of items reads them once more
        return SQL(
            """
            %(with_items)s
            SELECT x.*, %(columns)s
              FROM (SELECT i.id, i.kind, i.company_id, i.branch_id, i.partner_id, i.account_id, i.move_id, i.item_id,
                           i.date, i.date_due, i.date_booked, i.amount, i.amount_currency, i.currency_id,
                           m.name AS document_name, m.ref AS reference, p.country_id, f.group_id, f.rating_id,
                           m.team_id, COALESCE(m.invoice_user_id, p.user_id) AS user_id,
                           COALESCE(m.invoice_date, i.date) AS date_document,
                           COALESCE(m.delivery_date, m.invoice_date, i.date) AS date_origin,
                           CASE WHEN i.kind = 'trade' AND i.amount > 0
                                THEN GREATEST(%(as_of)s - %(due)s, 0) END AS days_late,
                           c.currency_id AS company_currency_id, %(currency)s AS shown_currency_id,
                           %(shown)s AS amount_total, %(number)s AS number, %(asked)s
                      FROM %(items)s i
                      LEFT JOIN res_company c ON c.id = i.company_id
                      LEFT JOIN account_move m ON m.id = i.move_id
                      LEFT JOIN res_partner p ON p.id = i.partner_id
                      LEFT JOIN credit_profile f ON f.partner_id = i.partner_id AND f.company_id = i.company_id
                      %(joins)s
                    OFFSET 0) x
            """,
            with_items=SQL("WITH credit_item AS MATERIALIZED (%s)", items) if is_said else SQL(),
            items=SQL("credit_item") if is_said else SQL("(%s)", items),
            due=day if options.basis in LATENESS else SQL("i.date_due"),
            as_of=options.as_of,
            currency=self._get_shown_currency_sql(options),
            columns=self._get_columns_sql(options),
            shown=self._get_shown_sql(options),
            number=self._get_column_sql(options, day),
            asked=SQL(", ").join(columns for columns, _join in asked),
            joins=SQL(" ").join(join for _columns, join in asked),
        )

    @api.model
    def _list_asked_sql(self, options):
        """Return ``[(SQL of columns, SQL of the join they need)]`` of what is read only where somebody asks for it:
        else the columns hold nothing, and nothing is joined."""
        return []

    @api.model
    def _get_items_sql(self, options):
        """The open items of the day; netted, at what the customer's credits leave of each."""
        Exposure = self.env["credit.exposure"]
        items = Exposure._get_open_items_sql(Exposure._make_scope_of_day(options.as_of, self._get_asked_customers()))
        return self._get_netted_sql(items, options) if options.is_netted else items

    @api.model
    def _get_asked_customers(self):
        """Return the customers that are asked for alone, which is faster; who may be seen is decided by rules."""
        asked = self.env.context.get("credit_aging_partner_id")
        asked = [asked] if isinstance(asked, int) and asked else asked
        return asked if isinstance(asked, list) and all(isinstance(one, int) for one in asked) else None

    @api.model
    def _get_netted_sql(self, items, options):
        """What is left of each item after the customer's credits were taken off what is due first, and of each credit.

        In document currency within each of them: it is not known at which rate one would pay the other.
        """
        value = SQL("amount_currency") if options.in_document_currency else SQL("amount")
        customer = SQL("kind, company_id, partner_id")
        customer = SQL("%s, currency_id", customer) if options.in_document_currency else customer
        return SQL(
            """
            SELECT n.id, n.item_id, n.kind, n.company_id, n.branch_id, n.account_id, n.partner_id, n.contact_id,
                   n.move_id, n.date, n.date_due, n.date_booked, n.currency_id,
                   ROUND((n.amount * n.rest / n.value)::numeric, own.decimal_places) AS amount,
                   ROUND((n.amount_currency * n.rest / n.value)::numeric, cur.decimal_places) AS amount_currency
              FROM (SELECT side.*, CASE
                           WHEN kind <> 'trade' THEN value
                           WHEN value > 0 THEN LEAST(value, GREATEST(0, SUM(GREATEST(value, 0)) OVER first
                                                                        + SUM(LEAST(value, 0)) OVER customer))
                           ELSE GREATEST(value, LEAST(0, SUM(LEAST(value, 0)) OVER first
                                                         + SUM(GREATEST(value, 0)) OVER customer)) END AS rest
                      FROM (SELECT i.*, %(value)s AS value FROM (%(items)s) i) side
                     WHERE value <> 0
                    WINDOW customer AS (PARTITION BY %(customer)s),
                           first AS (PARTITION BY %(customer)s ORDER BY date_due, id)) n
              JOIN res_currency cur ON cur.id = n.currency_id
              JOIN res_company company ON company.id = n.company_id
              JOIN res_currency own ON own.id = company.currency_id
             WHERE n.rest <> 0
            """,
            value=value,
            items=items,
            customer=customer,
        )

    # -- columns -----------------------------------------------------------------------------------

    @api.model
    def _get_counted_day_sql(self, options):
        """SQL for the day from which the age of item ``i`` is counted."""
        return {
            "due": SQL("i.date_due"),
            "original": ORIGINAL,
            "planned": PLANNED,
            "document": SQL("COALESCE(m.invoice_date, i.date)"),
            "origin": SQL("COALESCE(m.delivery_date, m.invoice_date, i.date)"),
        }[options.basis]

    @api.model
    def _get_column_sql(self, options, day):
        """SQL for the number of the one column in which item ``i`` stands."""
        firsts = options.buckets.first_days(options.as_of)
        cases = [SQL("WHEN %s >= %s THEN %s", day, first, number) for number, first in enumerate(firsts, 1)]
        return SQL(
            "CASE WHEN i.kind = 'advance' THEN -2 WHEN i.kind <> 'trade' THEN -1 WHEN i.amount < 0 THEN 0 %s "
            "ELSE %s END",
            SQL(" ").join(cases),
            len(firsts) + 1,
        )

    @api.model
    def _get_columns_sql(self, options):
        """SQL for the amounts of row ``x``: all of them but one are 0."""
        numbers = {"amount_advance": -2, "amount_beside": -1, "amount_credits": 0}
        numbers.update((f"amount_{number}", number) for number in range(1, len(options.buckets.columns) + 1))
        amounts = [
            SQL("CASE WHEN x.number = %s THEN x.amount_total ELSE 0 END AS %s", number, SQL.identifier(name))
            for name, number in numbers.items()
        ]
        rest = range(len(options.buckets.columns) + 1, MAX_COLUMNS + 1)
        amounts += [SQL("0 AS %s", SQL.identifier(f"amount_{number}")) for number in rest]
        return SQL(", ").join(amounts)

    # -- money -------------------------------------------------------------------------------------

    @api.model
    def _get_shown_currency(self):
        """Return the currency that companies are added up in: their own, or that of the company in use."""
        own = self.env.companies._credit_company().sudo().currency_id  # of a branch's company, maybe not among his
        return own if len(own) == 1 else self.env.company.currency_id

    @api.model
    def _get_rates(self, options):
        """Return ``{company: rate}`` of companies whose amounts are converted, on the day of the aging."""
        shown = self._get_shown_currency()
        companies = self.env.companies._credit_company().sudo()  # see above
        return {
            company: company.currency_id._get_conversion_rate(
                company.currency_id, shown, self.env.company, options.as_of
            )
            for company in companies if company.currency_id != shown
        }

    @api.model
    def _get_shown_sql(self, options, amount=SQL("i.amount"), amount_currency=SQL("i.amount_currency")):  # noqa: B008
        """SQL for an amount of item ``i`` as it is shown and added up.

        :param SQL amount: in the currency of the company
        :param SQL amount_currency: in that of the item
        """
        if options.in_document_currency:
            return SQL("COALESCE(%s, 0)", amount_currency)
        rates = self._get_rates(options)
        if not rates:
            return SQL("COALESCE(%s, 0)", amount)
        cases = SQL(" ").join(SQL("WHEN %s THEN %s", company.id, rate) for company, rate in rates.items())
        places = self._get_shown_currency().decimal_places
        return SQL("ROUND((COALESCE(%s, 0) * CASE i.company_id %s ELSE 1 END)::numeric, %s)", amount, cases, places)

    @api.model
    def _get_shown_currency_sql(self, options):
        return SQL("i.currency_id") if options.in_document_currency else SQL("%s", self._get_shown_currency().id)

    # -- the search --------------------------------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Override of `base`: the sets of columns are filters of the search, and favourites keep them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        place = arch.find(".//separator[@name='bucket_sets']") if view_type == "search" else None
        if place is not None:
            for buckets in reversed(self.env["credit.bucket.set"]._get_offered()):
                place.addnext(self._make_switch("set", buckets))
            plans, place = self._get_offered_plans(), arch.find(".//separator[@name='plans']")
            for plan in reversed(plans) if len(plans) > 1 and place is not None else ():
                place.addnext(self._make_switch("plan", plan))
        return arch, view

    @api.model
    def _make_switch(self, name, record):
        return etree.Element(
            "filter", name=f"{name}_{record.id}", string=record.name,
            context=repr({f"credit_aging_{name}": record.id}),
        )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """Override of `base`: the search changes with the sets of columns."""
        key = super()._get_view_cache_key(view_id, view_type, **options)
        offered = self.env["credit.bucket.set"]._get_offered(), self._get_offered_plans()
        names = [(record.id, record.name) for records in offered for record in records]
        return (*key, *names) if view_type == "search" else key

    # -- documents ---------------------------------------------------------------------------------

    def action_open_document(self):
        """Open the document of an item."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }


