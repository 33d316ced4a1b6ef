"""Which terms a document is proposed, by who pays it, and what they take the place of."""

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...engine import terms as engine

# what the documents call their terms, and what else says who pays, and whether they are still written
TERMS = {"sale.order": "payment_term_id", "account.move": "invoice_payment_term_id"}
KEPT = ("credit_terms_before_id", "credit_terms_rule_id")


class CreditTermsProposal(models.AbstractModel):
    _name = "credit.terms.proposal"
    _description = "Document that is proposed terms of payment"

    credit_terms_before_id = fields.Many2one(
        "account.payment.term", "Instead Of", compute="_compute_credit_terms_before", store=True, precompute=True,
        copy=False, help="The customer's own terms, which credit policy has shortened on this document.",
    )
    credit_terms_rule_id = fields.Many2one(
        "credit.policy.terms", "Terms by Rule", compute="_compute_credit_terms_before", store=True, precompute=True,
        copy=False, ondelete="set null",
        help="The rule of the policy that the terms were shortened by.",
    )
    credit_terms_text = fields.Char(
        "Why These Terms", compute="_compute_credit_terms_text",
        help="What the customer reads: which terms take the place of its own, and why.",
    )

    def _auto_init(self):
        # no document of before was proposed anything: an empty column takes no time, however many there are
        for name in () if self._abstract else KEPT:
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, "int4")
        return super()._auto_init()

    @api.depends(lambda self: [TERMS[self._name], "partner_id"] if self._name in TERMS else [])
    def _compute_credit_terms_before(self):
        proposed = self._credit_propose_terms()
        for document in self:
            own, rule = document._credit_get_replaced(proposed)
            document.credit_terms_before_id, document.credit_terms_rule_id = own, rule

    @api.depends("credit_terms_before_id")
    @api.depends_context("lang")
    def _compute_credit_terms_text(self):
        for document in self:
            document.credit_terms_text = document._credit_write_terms_text()

    def _credit_get_terms(self):
        """Return the terms of the document."""
        return self[TERMS[self._name]]

    def _credit_get_payer(self):
        """Return the customer that pays the document."""
        raise NotImplementedError

    def _credit_propose_terms(self):
        """Return ``{document: (terms, own terms, policy)}`` of those whose customers do not have what they agreed on.

        Nothing is looked up where no policy says anything of terms.
        """
        Policy = self.env["credit.policy"]
        asked = self.filtered(lambda document: document.company_id and document._credit_get_payer()
                              and Policy._bounds_terms(document.company_id._credit_company()))
        proposed = {}
        for company, documents in asked.grouped("company_id").items():
            profiles = documents._credit_read_profiles(company)
            for document in documents:
                found = document._credit_propose(profiles.get(document._credit_get_payer().id), company)
                if found:
                    proposed[document] = found
        return proposed

    def _credit_read_profiles(self, company):
        """Return ``{customer id: credit file}`` of who pays; whoever has none yet is not rated."""
        payers = self.env["res.partner"].union(*(document._credit_get_payer() for document in self))
        domain = [("partner_id", "in", payers._origin.ids), ("company_id", "=", company._credit_company().id)]
        # what is proposed does not depend on who makes the document
        Profile = self.env["credit.profile"].sudo().with_context(active_test=False)
        return {profile.partner_id.id: profile for profile in Profile.search(domain)}

    def _credit_propose(self, profile, company):
        Policy, payer = self.env["credit.policy"], self._credit_get_payer()
        profile = profile or self.env["credit.profile"].new({"partner_id": payer.id, "company_id": company.id})
        as_of = company._credit_today()
        policy = Policy._get_for_profiles(profile, as_of)[profile.id]
        own = payer.sudo().with_company(company).property_payment_term_id  # whoever makes the document
        offers = own._credit_get_offers(company.id)
        offer = policy and engine.propose(policy, own._credit_make_offer(), offers)
        if not offer or offer.terms_id == own.id:
            return None
        return own.browse(offer.terms_id), own, policy

    def _credit_get_replaced(self, proposed):
        """Return the own terms that those of the document have taken the place of as proposed, and by which rule."""
        terms, own, policy = proposed.get(self) or (None, None, None)
        if not terms or not own or terms != self._credit_get_terms():
            return False, False
        return own, policy.terms_rule_id or False

    def _credit_write_terms_text(self):
        """Return for the customer why its terms are not those it is used to; nothing where they are."""
        before, terms = self.credit_terms_before_id, self._credit_get_terms()
        if not before or not terms:
            return False
        # words for the customer: whoever writes the document reads them
        told = self.sudo().credit_terms_rule_id.reason or self.env._("these are the terms we can offer you at present")
        return self.env._(
            "%(terms)s instead of %(before)s, because %(reason)s.", terms=terms.name, before=before.name,
            reason=told.rstrip(" .。"),
        )
