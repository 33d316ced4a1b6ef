"""Nobody raises or lifts a cap alone, whatever the way: over RPC, by import, by mass edit, as any role."""

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from ..change.test_loosening_kinds import KindsCommon


@tagged("post_install", "-at_install")
class TestCapLoosening(KindsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cap = cls.env["credit.cap"].sudo().create(
            {"profile_id": cls.profile.id, "subject": "document", "amount": 300}
        )

    def test_raising_it_takes_two_persons_up_to_what_it_allows_then(self):
        change = self.ask(self.cap, {"amount": 900}, self.manager)
        self.assertEqual(change.amount_most, 900)
        with self.assertRaisesRegex(UserError, "somebody else"), self.env.cr.savepoint():
            change.with_user(self.manager).action_apply()
        change.with_user(self.colleague).action_apply()
        self.assertEqual(self.cap.amount, 900)

    def test_raising_it_takes_an_authority_that_reaches_as_far(self):
        self.assertAsked(self.cap, {"amount": 6000}, 6000)

    def test_lifting_it_makes_the_limit_possible(self):
        change = self.ask(self.cap, {}, self.manager, "unlink")
        self.assertEqual((change.amount_most, change.is_any), (self.profile.amount_limit, False))

    def test_no_role_raises_it_alone_on_any_path(self):
        for role in ("sales", "biller", "credit_user", "controller", "manager"):
            user = self.make_user(role, login=f"cap-{role}")
            cap = self.cap.with_user(user)
            file = self.profile.with_user(user)
            steps = (
                lambda cap=cap: cap.write({"amount": 1000}),
                lambda cap=cap: cap.unlink(),
                lambda cap=cap: cap.write({"profile_id": self.profile.copy_data()[0]["partner_id"]}),
                lambda cap=cap: cap.load([".id", "amount"], [[str(cap.id), "1000"]]) and self._fail_unless_kept(),
                lambda file=file: file.write({"cap_ids": [(1, self.cap.id, {"amount": 1000})]}),
                lambda file=file: file.write({"cap_ids": [(5,)]}),
            )
            for step in steps:
                with self.subTest(role):
                    self.assertRefused(step)
            self.assertEqual((self.cap.exists().amount, self.cap.profile_id), (300, self.profile))

    def assertRefused(self, step):  # noqa: N802
        """Check that a step is refused: without the right, or for want of a second person."""
        try:
            with self.env.cr.savepoint():
                step()
        except (AccessError, RedirectWarning, UserError):
            return
        self.fail("nobody refused it")

    def _fail_unless_kept(self):
        """An import reports its refusals: nothing is written."""
        self.env.invalidate_all()
        self.assertEqual(self.cap.amount, 300)
        raise UserError("refused")

    def test_a_lower_cap_is_given_at_once(self):
        self.cap.with_user(self.manager).amount = 200
        self.env["credit.cap"].with_user(self.manager).create(
            {"profile_id": self.profile.id, "subject": "orders", "percent": 50}
        )
        self.assertEqual(self.profile.cap_ids.sorted("id").mapped("amount_most"), [200, self.profile.amount_limit / 2])
