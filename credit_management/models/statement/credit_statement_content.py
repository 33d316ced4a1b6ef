"""What a statement says: read of the ledger once, when it is made, and kept."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date, groupby

KINDS = ("trade", "advance")  # what a customer owes, or has paid in advance; not what is only ours


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    @api.model
    def _make(self, partners, company, kind, date, date_from=False, **values):
        """Make statements of customers, as drafts: all of those that have something to say.

        :param partners: customers (`res.partner`)
        :param company: the whole company, not a branch
        :param date_from: first day of the period, of a statement of movements
        :raise UserError: for a period that is none
        :rtype: credit.statement
        """
        self.check_access("write")
        self._check_period(company, kind, date, date_from)
        partners = partners.commercial_partner_id
        partners.check_access("read")
        rows = self._read_lines(partners, company, kind, date, date_from)
        told = [partner for partner in partners if rows.get(partner.id)]
        return self._keep(
            company,
            [self._prepare(partner, company, kind, date, date_from, rows[partner.id], **values) for partner in told],
        )

    def _prepare(self, partner, company, kind, date, date_from, lines, **values):
        """Return the values of a new statement."""
        return {
            "name": self._get_next_number(company), "partner_id": partner.id, "company_id": company.id,
            "kind": kind, "date": date, "date_from": kind == "movements" and date_from,
            "recipient_id": partner._credit_get_accounting_contact().id,
            "user_id": self._find_responsible(partner, company).id,
            "line_ids": [Command.create(line) for line in lines], **values,
        }

    def _keep(self, company, prepared):
        """Create statements: what they say is written by this step only; whoever calls it has checked the rights."""
        buckets = self.env["credit.bucket.set"].with_context(allowed_company_ids=company.ids)._get_offered()[:1]
        # see above
        return self.sudo().create([{"bucket_set_id": buckets.id, **values} for values in prepared]).sudo(self.env.su)

    @api.model
    def _make_or_explain(self, partners, company, kind, date, date_from=False):
        """Make statements as `_make` does; where nobody has anything to say, say why.

        :raise UserError: naming the first entry, or that there is nothing
        """
        statements = self._make(partners, company, kind, date, date_from)
        if not statements:
            raise UserError(self._get_nothing_text(partners.commercial_partner_id, company, kind, date))
        return statements

    def _get_nothing_text(self, partners, company, kind, date):
        names = ", ".join(partners[:3].mapped("display_name")) + (" …" if len(partners) > 3 else "")
        values = {"customer": names, "date": format_date(self.env, date)}
        if kind == "delivered":
            return self.env._(
                "Nothing that was delivered to %(customer)s up to %(date)s waits for its invoice. Choose a later day.",
                **values,
            )
        # only the day: whose statement it is was checked
        first = self.env["account.move.line"].sudo().search(
            [("partner_id", "child_of", partners.ids), ("company_id", "child_of", company.id),
             ("account_id.account_type", "=", "asset_receivable"), ("parent_state", "=", "posted")],
            order="date", limit=1,
        )
        if first and first.date > date:
            first_date = format_date(self.env, first.date)
            return self.env._(
                "Nothing was booked for %(customer)s up to %(date)s: the first entry is of %(first)s. Choose that day "
                "or a later one.", first=first_date, **values,
            )
        return self.env._(
            "There is nothing to state for %(customer)s as of %(date)s: nothing was open, and nothing was booked in "
            "the period. Choose another day, or a longer period.", **values,
        )

    @api.model
    def _check_period(self, company, kind, date, date_from):
        today = company._credit_today()
        if not date or date > today:
            raise UserError(
                self.env._(
                    "A statement says what was booked up to its day: choose %(today)s or an earlier day.",
                    today=format_date(self.env, today),
                )
            )
        if kind == "movements" and (not date_from or date_from > date):
            raise UserError(
                self.env._(
                    "A statement of movements is of a period: choose a first day that is not after %(date)s.",
                    date=format_date(self.env, date),
                )
            )

    def _get_next_number(self, company):
        # whoever may make statements need not see sequences
        return self.env["ir.sequence"].sudo().with_company(company).next_by_code(self._name)

    def _find_responsible(self, partner, company):
        """Return who is told of the answer: the controller of the customer, else of the company, else who makes it."""
        # everybody's document has a file, and only who works on it is read
        profile = self.env["credit.profile"]._ensure(partner, company).sudo()
        return profile.controller_id or profile.company_id.credit_controller_id or self.env.user

    # -- reading -----------------------------------------------------------------------------------

    @api.model
    def _read_lines(self, partners, company, kind, date, date_from):
        """Return ``{customer id: values of its lines}``; two statements and the documents, for any number of them."""
        self.env.flush_all()
        Exposure = self.env["credit.exposure"]
        scope = Exposure._make_scope_of_day(date, partners.ids)
        items = self._read(Exposure._get_open_items_sql(scope), company, SQL("t.kind IN %s", KINDS))
        moves = self._read(Exposure._get_movements_sql(scope, date_from), company) if kind == "movements" else []
        # the customer's own documents: whose statement it is was checked
        documents = self.env["account.move"].sudo().browse({row["move_id"] for row in (*items, *moves)} - {None})
        documents.fetch(["name", "ref", "invoice_date", "date", "amount_total", "currency_id", "origin_payment_id"])
        found = {}
        for rows in self._by_currency(moves):
            found.setdefault(rows[0]["partner_id"], []).extend(self._prepare_movements(rows, date_from))
        disputed = self._read_disputed(documents)
        for number, row in enumerate(sorted(items, key=lambda row: (row["date_due"], row["id"]))):
            found.setdefault(row["partner_id"], []).append(self._prepare_item(row, number, date, disputed))
        numbers = documents._credit_read_numbers()
        for line in (line for lines in found.values() for line in lines):
            line["numbers"] = numbers.get(line.get("move_id"), False)
        return found

    def _read(self, source, company, condition=SQL("TRUE")):  # noqa: B008 - a constant
        self.env.cr.execute(
            SQL("SELECT t.* FROM (%s) t WHERE t.company_id = %s AND %s", source, company.id, condition)
        )
        return self.env.cr.dictfetchall()

    @api.model
    def _by_currency(self, rows):
        """Return lists of movements, one for each customer and currency."""
        rows.sort(key=lambda row: (row["partner_id"], row["currency_id"], row["date"] is not None,
                                   row["date"], row["move_id"]))
        return [group for _key, group in groupby(rows, lambda row: (row["partner_id"], row["currency_id"]))]

    def _read_disputed(self, documents):
        """Return ``{document id: what is disputed of it}``, in its currency."""
        # what is disputed stands on the statement of whoever sends it
        disputes = self.env["credit.dispute"].sudo().search(
            [("move_id", "in", documents.ids), ("state", "=", "open")]
        )
        return {move.id: sum(group.mapped("amount")) for move, group in disputes.grouped("move_id").items()}

    def _prepare_document(self, move_id):
        move = self.env["account.move"].sudo().browse(move_id)  # see `_read_lines`
        return {
            "move_id": move.id, "name": move.name, "date": move.invoice_date or move.date,
            "reference": move.ref or move.origin_payment_id.memo,
        }

    def _prepare_movements(self, rows, date_from):
        """Return an opening balance, and each movement with the balance after it."""
        currency = self.env["res.currency"].browse(rows[0]["currency_id"])
        opening = rows.pop(0) if rows[0]["move_id"] is None else {"amount_currency": 0, "amount": 0}
        balance = currency.round(float(opening["amount_currency"]))
        lines = [{
            "section": "opening", "currency_id": currency.id, "date": date_from, "amount": balance,
            "amount_balance": balance, "amount_company": opening["amount"],
        }]
        for number, row in enumerate(rows, 1):
            amount = currency.round(float(row["amount_currency"]))
            balance = currency.round(balance + amount)
            lines.append({
                **self._prepare_document(row["move_id"]), "section": "movement", "sequence": number,
                "date": row["date"], "currency_id": currency.id, "amount": amount, "amount_balance": balance,
                "amount_company": row["amount"],
            })
        return lines

    def _prepare_item(self, row, number, date, disputed):
        """Return an open item; a document's disputed amount is taken of its installments, the oldest first."""
        currency = self.env["res.currency"].browse(row["currency_id"])
        amount = currency.round(float(row["amount_currency"]))
        contested = min(disputed.get(row["move_id"], 0.0), max(amount, 0.0))
        disputed[row["move_id"]] = disputed.get(row["move_id"], 0.0) - contested
        move = self.env["account.move"].sudo().browse(row["move_id"])  # see `_read_lines`
        original = move.amount_total if move.currency_id == currency else abs(amount)
        return {
            **self._prepare_document(row["move_id"]), "section": "open", "sequence": number,
            "date_due": row["date_due"], "currency_id": currency.id, "amount": amount,
            "days_late": max((date - row["date_due"]).days, 0) if amount > 0 else 0,
            "amount_original": original if amount > 0 else -original, "amount_company": row["amount"],
            "amount_disputed": contested, "is_advance": row["kind"] == "advance",
        }
