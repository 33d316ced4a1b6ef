"""A customer for whom guarantees are given."""

from odoo.addons.credit_management.tests.common import CreditCommon


class GuaranteeCommon(CreditCommon):
    @classmethod
    def make_guarantee(cls, partner, amount, **values):
        return cls.env["credit.test.guarantee"].create(
            {"name": "Guarantee", "partner_id": partner.id, "amount": amount, **values}
        )

    @classmethod
    def make_given(cls, partner, amount, **values):
        guarantee = cls.make_guarantee(partner, amount, **values)
        guarantee.action_give()
        return guarantee
