"""A row of the log as sentences: when, who, what, what came of it, with which figures."""

from odoo import api, fields, models
from odoo.tools import format_datetime
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

VERDICTS = {
    "pass": _lt("It passed."),
    "warn": _lt("It passed with a warning."),
    "released": _lt("It passed by a release, although rules were hit."),
    "hold": _lt("It was held."),
    "refuse": _lt("It was refused."),
}
LOOSER = {
    "looser": _lt("This loosens the checks."),
    "changed": _lt("This may loosen the checks: nobody can say whether more or less passes by it."),
    "tighter": _lt("This tightens the checks."),
    "merged": _lt("The two files became one, which keeps the stricter of both: nothing was loosened by that."),
}


class CreditLog(models.Model):
    _inherit = "credit.log"

    story = fields.Text("What Happened", compute="_compute_story", help="The row in sentences.")

    @api.depends("kind", "verdict", "findings", "rules", "facts", "exemption", "person_name")
    @api.depends_context("lang", "tz")
    def _compute_story(self):
        for row in self:
            sentences = row._tell_check() if row.kind == "check" else row._tell_act()
            if row.is_undone:
                sentences.append(self.env._("The step did not take place: it ended in an error."))
            row.story = " ".join(filter(None, sentences))

    def _get_told(self):
        """Return what the sentences name."""
        Text = self.env["credit.finding.text"]
        money = {name: Text._format_money(self[name], {}, self) for name in self._fields if name.startswith("amount")}
        steps, nobody = dict(self._get_checkpoints()), self.env._("Somebody")
        return {
            **money,
            "date": format_datetime(self.env, self.date, dt_format="medium"),
            "person": self.person_name or nobody,
            "document": self.document_name or self.env._("a document"),
            "customer": self.customer_name,
            "checkpoint": steps.get(self.checkpoint, self.checkpoint),
            "limit_of": self.limit_name,
            "policy": self.policy_name,
            "field": self.field_name,
            "before": self.value_before or "–",
            "after": self.value_after or "–",
            "reason": (self.reason or "").rstrip(" ."),
        }

    # -- checks ------------------------------------------------------------------------------------

    def _tell_check(self):
        told, verdict = self._get_told(), VERDICTS.get(self.verdict)
        return [
            self.env._(
                "%(date)s: %(person)s brought %(document)s of %(customer)s, %(amount)s, "
                "to the checkpoint %(checkpoint)s.",
                **told,
            ),
            verdict and self.env._(verdict),
            self.exemption_text,
            *(self.findings_text or "").splitlines(),
            *([] if self.exemption else [self._tell_figures(told), self._tell_policy(told)]),
        ]

    def _tell_figures(self, told):
        """Return exposure and limit; of a group, the figures of the group are in the reason."""
        used = self.env._(
            "The customer owed %(amount_exposure_before)s without it and %(amount_exposure_after)s with it", **told
        )
        if not self.limit_name:
            return self.env._("%(used)s; no limit was tested.", used=used)
        if self.amount_over:
            return self.env._(
                "%(used)s; the limit of %(limit_of)s was %(amount_limit)s, exceeded by %(amount_over)s.",
                used=used, **told,
            )
        return self.env._("%(used)s; the limit of %(limit_of)s was %(amount_limit)s.", used=used, **told)

    def _tell_policy(self, told):
        if not self.policy_name:
            return ""
        numbers = {"tested": len(self.rules or []), "hit": len(self.findings or [])}
        return self.env._("Policy %(policy)s tested %(tested)s rules, %(hit)s were hit.", **numbers, **told)

    # -- acts --------------------------------------------------------------------------------------

    def _tell_act(self):
        tell = getattr(self, f"_tell_{self.kind}", self._tell_change)
        loosens = LOOSER.get(self.verdict)
        return [tell(self._get_told()), loosens and self.env._(loosens), self._tell_reason()]

    def _tell_change(self, told):
        if self.verdict == "merged":
            return self.env._("%(date)s: %(person)s merged %(document)s: %(field)s %(before)s → %(after)s.", **told)
        if not self.field_name:
            return self._tell_record(told)
        of_customer = self.customer_name and self.customer_name != self.document_name
        what = f"{told['document']} ({self.customer_name})" if of_customer else told["document"]
        return self.env._(
            "%(date)s: %(person)s changed %(field)s of %(what)s from %(before)s to %(after)s.", what=what, **told
        )

    def _tell_record(self, told):
        """Return what became of a record as a whole."""
        if self.value_before and self.value_after:
            return self.env._("%(date)s: %(person)s, %(document)s: %(before)s → %(after)s.", **told)
        if self.value_after:
            return self.env._("%(date)s: %(person)s added %(document)s.", **told)
        if self.value_before:
            return self.env._("%(date)s: %(person)s deleted %(before)s.", **told)
        return self.env._("%(date)s: %(person)s, %(document)s.", **told)

    def _tell_release(self, told):
        if self.verdict == "tighter":
            return self.env._("%(date)s: %(person)s took back the release of %(document)s (%(customer)s).", **told)
        return self.env._(
            "%(date)s: %(person)s released %(document)s (%(customer)s) up to %(amount_most)s until %(after)s.", **told
        )

    def _tell_merge(self, told):
        return self.env._("%(date)s: %(person)s merged %(customer)s into %(document)s.", **told)

    def _tell_purge(self, told):
        return self.env._("%(date)s: %(person)s opened the log.", **told)

    def _tell_reason(self):
        return self.reason and self.env._("Reason: %(reason)s.", reason=self.reason.rstrip(" ."))
