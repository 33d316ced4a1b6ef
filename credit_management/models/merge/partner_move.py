"""Customers that get another parent: what they owe follows them to their new commercial entity."""

from odoo import api, models
from odoo.exceptions import UserError

from ..change.measures import ANY, TIGHTER


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "credit.loosening"]

    _credit_authority_kind = "over"

    # -- what a move makes possible ----------------------------------------------------------------

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **dict.fromkeys(("parent_id", "is_company", "commercial_partner_id"), _moved),
        }

    def _credit_is_effective(self, changes):
        """Override: most partners that get another parent are contacts: that changes nobody's credit."""
        return any(change[3] is not TIGHTER for change in changes)

    def _credit_get_checked_files(self):
        """Return the credit files of these customers, also archived ones, where credit is checked."""
        files = self.env["credit.profile"].sudo().with_context(active_test=False)  # whoever may see them
        found = files.search([("partner_id", "in", self._origin.ids)])
        return found.filtered(lambda profile: profile.company_id._is_credit_checked())

    def _credit_has_standing(self):
        """Tell whether a customer owes something, has open documents, or a file in which something was decided."""
        decided = self._credit_get_checked_files().filtered(
            lambda file: file.limit_type == "amount" or file.account_status != "normal" or file.dunning_level
            or file.rating_id or file.group_id or file.policy_id
        )
        return bool(decided or self._credit_get_owing() or self._credit_has_open_documents())

    def _credit_get_profiting(self):
        return self._credit_get_entities()._credit_get_sellers()

    def _credit_get_entities(self):
        """Return whose credit it is: by what its parent and its kind say now, also of a record in memory."""
        parent = self.browse() if self.is_company else self.parent_id
        said = parent.commercial_partner_id or self
        return (said | self.commercial_partner_id)._origin  # in memory the stored one is still that of before

    def _credit_get_companies(self):
        """Override: where it has a file."""
        return self._credit_get_checked_files().company_id or super()._credit_get_companies()

    def _credit_get_file(self):
        return self._credit_get_checked_files()[:1]

    def _credit_get_log_values(self, company):
        return {
            **super()._credit_get_log_values(company),
            "customer_ref": self._origin.id,
            "customer_name": self.name,
        }

    def _credit_check_may_ask(self, operation):
        """Override: to make debts count for another customer is the business of credit.

        :raise UserError: without credit rights
        """
        if not self.env.su and not self.env.user.has_group("credit_management.group_credit_controller"):
            raise UserError(
                self.env._(
                    "%(customer)s has a credit file of its own: only a credit controller can make it part of another "
                    "customer, because its debts would count there.",
                    customer=self.display_name,
                )
            )
        return super()._credit_check_may_ask(operation)

    # -- the move ----------------------------------------------------------------------------------

    def write(self, vals):
        """Override of `base`: what a customer owes follows it to its new commercial entity.

        :raise UserError: when somebody without credit rights moves a customer that owes something
        :raise RedirectWarning: when it takes a second person
        """
        is_moved = bool({"parent_id", "is_company", "commercial_partner_id"} & vals.keys())
        if is_moved:
            self._credit_check_move()
            self._credit_note_move({name: vals[name] for name in vals if name in self._credit_get_loosening()})
        freed = self._credit_get_freed_orders() if is_moved else {}
        result = super().write(vals)
        if is_moved:
            self._credit_follow_parent()
            orders = self.env["sale.order"].union(*freed)
            orders.filtered(lambda o: o.partner_invoice_id.commercial_partner_id != freed[o])._credit_unfree()
        return result

    def _credit_note_move(self, vals):
        """Refuse, or log and tell, a move as a whole: core writes kind and parent one after the other."""
        for partner in self:
            super(ResPartner, partner)._credit_note_loosening("write", vals, partner._credit_get_changes(vals))

    def _credit_note_loosening(self, operation, vals, changes, is_logged=True):
        """Override: see `_credit_note_move`."""

    def _credit_check_move(self):
        """Refuse to hide debts behind another customer's limit."""
        if self.env.su or self.env.user.has_group("credit_management.group_credit_controller"):
            return
        owing = self._credit_get_owing()
        if owing:
            raise UserError(
                self.env._(
                    "%(customer)s owes %(amount)s: its parent or its kind can only be changed by a credit "
                    "controller, because its debts would count for another customer.",
                    customer=owing[0].partner_id.display_name,
                    amount=owing[0].currency_id.format(owing[0].amount_exposure),
                )
            )
        if self._credit_has_open_documents():
            raise UserError(
                self.env._(
                    "%(contact)s has open orders, invoices or payments that count for %(customer)s: only a credit "
                    "controller can make them count for another customer.",
                    contact=self[0].display_name,
                    customer=self[0].commercial_partner_id.display_name,
                )
            )

    def _credit_get_owing(self):
        """Return the credit files of these customers that owe something where credit is checked."""
        return self._credit_get_checked_files().filtered(lambda profile: profile.amount_exposure > 0)

    def _credit_has_open_documents(self):
        """Tell whether documents that use credit are made out to these partners or their contacts, or money is theirs
        that an order may have been let through with."""
        # a debt is a debt in any company
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        checked = companies.filtered(lambda company: company._is_credit_checked()).ids
        own = [("company_id", "in", checked), ("partner_invoice_id", "child_of", self.ids)]
        orders = self.env["sale.order"].sudo()  # whoever may not see them must not hide them either
        if orders.search_count([*own, ("state", "=", "sale"), ("invoice_status", "!=", "invoiced")], limit=1):
            return True
        items = [
            ("company_id", "in", checked),
            ("partner_id", "child_of", self.ids),
            ("parent_state", "=", "posted"),
            ("account_type", "=", "asset_receivable"),
            ("amount_residual", "!=", 0),
        ]
        drafts = [
            ("company_id", "in", checked), ("partner_id", "child_of", self.ids), ("state", "=", "draft"),
            ("move_type", "in", ["out_invoice", "out_receipt"]),
        ]
        received = [  # without an entry
            ("company_id", "in", checked), ("partner_id", "child_of", self.ids), ("state", "=", "in_process"),
            ("move_id", "=", False),
        ]
        documents = {"account.move.line": items, "account.move": drafts, "account.payment": received}
        # as above
        return any(self.env[model].sudo().search_count(domain, limit=1) for model, domain in documents.items())

    def _credit_get_freed_orders(self):
        """Return ``{order: customer}`` of those that are free of the check, made out to these partners or their
        contacts."""
        # whoever moves a contact need not see all of its orders
        orders = self.env["sale.order"].sudo().search(
            [("credit_is_excluded", "=", True), ("partner_invoice_id", "child_of", self.ids)]
        )
        return {order: order.partner_invoice_id.commercial_partner_id for order in orders}

    def _credit_follow_parent(self):
        """What a customer owes counts for its new commercial entity: that one needs a profile, and
        the holds of both are looked at again."""
        # drafts are whose their customer is by now: core asks that once; whoever moves the customer need not see them
        drafts = self.env["account.move"].sudo().search([("state", "=", "draft"), ("partner_id", "child_of", self.ids)])
        self.env.add_to_compute(drafts._fields["commercial_partner_id"], drafts)
        # whoever moves the customer need not see its credit file
        profiles = self.env["credit.profile"].sudo().search([("partner_id", "in", self.ids)])
        moved = profiles.filtered(lambda profile: profile.partner_id != profile.partner_id.commercial_partner_id)
        for profile in moved:
            profile._ensure(profile.partner_id, profile.company_id)
            profile.active = False
        if moved:
            self.env["credit.recheck"]._queue(moved.partner_id)


def _moved(before, after):
    """Measure a customer that becomes part of another one: what it may owe is that one's from now on."""
    is_other = after._credit_get_entities() - before.commercial_partner_id
    return ANY if is_other and before._credit_has_standing() else TIGHTER
