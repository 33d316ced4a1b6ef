"""Releases in the log: who let what pass, up to which amount, until when, why; and who took it back."""

from odoo import api, models

from ..record.words import in_every_language


class CreditRelease(models.Model):
    _inherit = "credit.release"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a release is logged."""
        releases = super().create(vals_list)
        releases._log("looser", lambda release: ("", release.date_until.isoformat()))
        return releases

    def _void(self):
        """Override: so is its end."""
        self._log("tighter", lambda release: (release.date_until.isoformat(), ""))
        return super()._void()

    def _log(self, verdict, get_values):
        """Keep what happens to these releases.

        :param get_values: returns until when one ran before, and after
        """
        self.env["credit.log"].sudo()._append(  # the log is written for everybody, and by nobody else
            [
                {
                    **release.profile_id._get_log_values(),
                    "kind": "release",
                    "verdict": verdict,
                    "res_model": release.res_model or None,
                    "res_id": release.res_id or None,
                    "document_name": in_every_language(release, lambda told: told.display_name),
                    "field_name": in_every_language(self, lambda told: told._credit_get_label("date_until")),
                    "value_before": get_values(release)[0],
                    "value_after": get_values(release)[1],
                    "amount_most": release.amount_max,
                    "reason": in_every_language(release, _get_reason),
                }
                for release in self
            ]
        )


def _get_reason(release):
    return ": ".join(filter(None, (release.reason_id.name, release.note)))
