"""Where a difference between open items and the ledger comes from: looked up only where there is one."""

from odoo.tools import SQL, format_list

EXAMPLES = 3  # documents that are named


class TieReason:
    """Why what is open on an account of a company is not what the ledger says."""

    def __init__(self, summary, company, account):
        self.env, self.options = summary.env, summary.options
        self.company, self.account = company, account
        self.chosen = company._credit_get_tree() & summary.env.companies

    def tell(self):
        """Return in words where the difference comes from, with the amounts and documents."""
        _ = self.env._
        if not self.account.reconcile:
            return _("The account does not allow reconciliation: what is open of its items is not known.")
        found = [self._write(*row) for row in self.env.execute_query(self._get_matches_sql())]
        if self.options.is_netted and self.options.in_document_currency:
            found.append(_("Netted in document currency, items are rounded one by one."))
        return " ".join(found) or _(
            "Neither another account nor another branch explains it: what is matched and what is booked do not agree."
        )

    def _write(self, is_elsewhere, amount, documents):
        values = {
            "amount": self.company.currency_id.format(float(amount)),
            "documents": format_list(self.env, documents[:EXAMPLES]),
        }
        if is_elsewhere:
            return self.env._("%(amount)s is matched with items of another account: %(documents)s.", **values)
        return self.env._("%(amount)s is matched with items of a branch that is not chosen: %(documents)s.", **values)

    def _get_matches_sql(self):
        """Return SQL of ``is of another account, amount, documents``: matches that lower what is open here, and what is
        booked elsewhere."""
        return SQL(
            """
            SELECT other.account_id <> %(account)s, SUM(sign * r.amount), ARRAY_AGG(DISTINCT m.name ORDER BY m.name)
              FROM account_partial_reconcile r
             CROSS JOIN LATERAL (VALUES (r.debit_move_id, r.credit_move_id, -1), (r.credit_move_id, r.debit_move_id, 1))
                   AS side (own_id, other_id, sign)
              JOIN account_move_line own ON own.id = side.own_id AND own.parent_state = 'posted'
              JOIN account_move_line other ON other.id = side.other_id AND other.parent_state = 'posted'
              JOIN account_move m ON m.id = own.move_id
             WHERE own.account_id = %(account)s AND own.company_id IN %(chosen)s AND r.max_date <= %(day)s
               AND (other.account_id <> %(account)s OR other.company_id NOT IN %(chosen)s)
             GROUP BY 1 ORDER BY 1 DESC
            """,
            account=self.account.id, chosen=tuple(self.chosen.ids), day=self.options.as_of,
        )
