"""An assessment in the words of the domain: who prepares it, what is missing, who approves it."""

from datetime import date

from odoo import Command

from ..scoring.common import LATE, ScoringCommon

GREY = {
    "assets": 2000, "assets_current": 800, "liabilities": 1300, "liabilities_current": 500, "equity": 700,
    "retained_earnings": 300, "ebit": 160,
}  # Z″ 2.58


class AssessmentCommon(ScoringCommon):
    """A customer rated C with a limit of 1,000; the calendar's checklist asks for nothing unless a test says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_policy("limit_exceeded")
        cls.customer = cls.make_customer(1000)
        cls.profile = cls.profile_of(cls.customer)
        cls.profile.rating_id = cls.rating("C")
        cls.preparer = cls.make_user("controller", login="preparer")
        cls.manager = cls.make_user("manager", login="approver")
        cls.kind = cls.env["credit.review.kind"].create({"name": "Bare", "sequence": 0})

    def assess(self, user=None, profile=None, **values):
        """Press *Assess*, and fill in what is asked for."""
        action = (profile or self.profile).with_user(user or self.preparer).sudo(False).action_assess()
        assessment = self.env["credit.assessment"].with_user(user or self.preparer).browse(action["res_id"])
        if values:
            assessment.write({"reason": "Pays on time", **values})
        return assessment

    def submitted(self, **values):
        """Return an assessment that asks for the rating A, unless the values say otherwise, and waits."""
        asked = {"rating_id": self.rating("A").id, "override_reason": "The parent stands in for it", **values}
        assessment = self.assess(**asked)
        assessment.action_submit()
        return assessment

    def approve(self, assessment, user=None):
        assessment.with_user(user or self.manager).action_approve()

    def ask_for(self, *items):
        """Let the kind of review ask for evidence: ``(name, source)`` or with more values."""
        self.kind.item_ids = [
            Command.create({"name": item[0], "source": item[1], **(item[2] if len(item) > 2 else {})})
            for item in items
        ]

    def enter(self, amounts=None, year=None, user=None):
        lines = [
            Command.create({"item": item, "amount": amount, "is_known": True})
            for item, amount in (amounts or GREY).items()
        ]
        day = date((year or self.today.year - 1), 12, 31)
        return self.env["credit.financials"].with_user(user or self.preparer).create(
            {"profile_id": self.profile.id, "date_end": day, "line_ids": lines}
        )

    def rows(self, assessment, section):
        return {row["name"]: row for row in assessment[f"{section}_rows"]}


__all__ = ["GREY", "LATE", "AssessmentCommon"]
