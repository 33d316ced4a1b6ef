"""Reason codes of releases and account statuses; how one is kept in a text that each reads in the own language."""

import re

from odoo import api, fields, models

CODED = re.compile(r"reason:(\d+)\|(.*)", re.DOTALL)


class CreditReason(models.Model):
    _name = "credit.reason"
    _description = "Credit Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="The reason as people choose it.")
    sequence = fields.Integer(default=10, help="Order in the choice.")
    active = fields.Boolean(default=True, help="Archived reasons can no longer be chosen.")
    kind = fields.Selection(
        [("release", "Release"), ("reject", "Rejection"), ("status", "Account status")],
        "Used For",
        required=True,
        default="release",
        help="What the reason can be given for.",
    )

    def _write_code(self, words):
        """Return this reason and what somebody added in words, as a text that `_read_code` reads in any language."""
        return f"reason:{self.id}|{words or ''}" if self else words or ""

    @api.model
    def _read_code(self, text):
        """Return a text of `_write_code` in the reader's language; any other text is what somebody wrote."""
        coded = CODED.fullmatch(text or "")
        if not coded:
            return text or ""
        # a word of the house, whoever reads what was decided
        reason = self.sudo().browse(int(coded[1])).exists()
        return ": ".join(filter(None, [reason.name, coded[2]]))
