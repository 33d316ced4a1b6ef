"""What waits of a customer, and what was released for it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.decision import get_most_over
from ...engine.request import Request
from ..profile.res_partner import of_profile


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    hold_ids = fields.One2many("credit.hold", "profile_id", "Holds")
    hold_count = fields.Integer(
        compute="_compute_hold_count", help="Documents of the customer that wait for a release."
    )
    release_ids = fields.One2many("credit.release", "profile_id", "Releases")

    def _compute_hold_count(self):
        counts = dict(
            self.env["credit.hold"]._read_group(
                [("profile_id", "in", self.ids), ("state", "=", "open")], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.hold_count = counts.get(profile, 0)

    def action_open_holds(self):
        """Open the documents of the customer that are on hold, or were."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_hold")
        return {**action, "domain": [("profile_id", "=", self.id)], "context": {"search_default_filter_open": 1}}

    def _release(self, reason, date_until, amount_max, amount_total, note=False):
        """Let documents of the customer pass up to an amount each, and all together, until a day; look at its holds.

        :param reason: `credit.reason`
        :raise AccessError: without the rights of a credit manager
        :raise UserError: for the customer's own salesperson, or beyond one's authority
        """
        self.ensure_one()
        self._lock()  # two releases of one customer at the same moment are measured together
        self._check_may_release(amount_total)
        values = {
            "profile_id": self.id,
            "document_name": self.display_name,
            "reason_id": reason.id,
            "note": note,
            "amount_max": amount_max,
            "amount_total": amount_total,
            "date_until": date_until,
        }
        self.env["credit.release"]._credit_ask_first("create", values)
        # written for the log; the right to do it was checked above
        self.env["credit.release"].sudo().create(values)

    def _get_most_over(self, amount_total, key=(False, 0)):
        """Return by how much the limits can be exceeded by documents of so much, with all that was released before.

        :param tuple key: the document that it is about, as (model, id): what was released of it counts once
        """
        as_of = self.company_id._credit_today()
        profile = self.sudo()  # what was released, whoever may see it
        pending = self.env["credit.release"].sudo()._get_pending(profile | profile.group_id.profile_ids, as_of)
        facts = profile._get_facts(as_of, [])[profile.id]
        request = Request(key=("", 0), profile_id=profile.id, checkpoint="", amount=amount_total)
        of_document = {"profile_id": profile.id, "res_model": key[0], "res_id": key[1]}
        own, others = self.env["credit.hold"].new(of_document)._get_more(pending)
        return get_most_over(facts, request, own, others)

    @api.model
    def _check_may_release_customers(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers release a whole customer."))

    def _check_may_release(self, amount_total):
        """Refuse to release a customer without the rights or the authority to it, or one's own."""
        self._check_may_release_customers()
        self.check_access("write")
        if self.env.user in self._credit_get_profiting():
            raise UserError(self.env._("This is your own customer, so somebody else has to release it."))
        most = max(self._get_most_over(amount_total), amount_total)
        refusal = self.env["credit.authority"]._get_refusal(self.env.user, self, most, "over")
        if refusal:
            raise UserError(refusal)


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_hold_count = of_profile(fields.Integer, "hold_count", "Credit Holds")

    def action_open_credit_holds(self):
        """Open the held documents of the customer."""
        return self.credit_profile_id.action_open_holds()

    def _credit_get_sellers(self):
        """Override: and whose documents are held, or who was stopped; whoever forced a hold sells nothing."""
        customers = self._origin.commercial_partner_id
        # whose they are, whoever may see them
        holds = self.env["credit.hold"].sudo().search([("partner_id", "in", customers.ids), ("state", "=", "open")])
        return super()._credit_get_sellers() | holds._get_stopped()
