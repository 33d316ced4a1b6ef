"""What a change would free: whoever decides on it reads that before, for what is free goes on by itself."""

import json

from odoo import api, fields, models
from odoo.fields import Command

from ..hold.credit_recheck import WAITING
from ..policy.credit_policy import SCOPES

# What a person waits for when the form opens: some seconds. The oldest go first, and the text says that there are more.
MAX_HOLDS = 500
LAST = 2**31  # a policy that is not saved yet comes after those of the same sequence


class CreditChange(models.Model):
    _inherit = "credit.change"

    # what waits of everybody is not for whoever asks
    freed_text = fields.Char(
        "Would Free",
        compute="_compute_freed_text",
        groups="credit_management.group_credit_controller",
        help="Documents on hold that pass with the change, as of now. They go on by themselves.",
    )
    is_previewed = fields.Boolean(
        compute="_compute_is_previewed", help="The change is one of a policy, of which one can see what it would do."
    )

    @api.depends("state", "res_model")
    def _compute_is_previewed(self):
        for change in self:
            is_policys = change.res_model in ("credit.policy", "credit.policy.rule")
            is_gone = change.res_model == "credit.policy" and change.operation == "unlink"
            change.is_previewed = change.state == "waiting" and is_policys and not is_gone

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_freed_text(self):
        for change in self:
            # whoever decides need not open each document
            change.freed_text = change.state == "waiting" and change.sudo()._get_freed_text()

    def action_preview(self):
        """Show what the policy would do today with this change.

        :raise AccessError: for who may not write policies
        """
        self.ensure_one()
        self.check_access("read")
        policy, changes = self.sudo()._get_policy_changes()  # their own rights are asked by the preview
        return policy.with_env(self.env).action_preview(changes)

    def _get_freed_text(self):
        """Return how many documents on hold the change frees now; of what cannot be tried out, how many it may."""
        waiting = self._get_concerned()
        if not waiting:
            return self.env._("No document waits on hold that this could free.")
        looked_at = waiting[:MAX_HOLDS]
        values = {"all": len(looked_at), "all_amount": looked_at._format_amounts()}
        if not self.is_previewed:
            return self.env._(
                "%(all)s documents on hold (%(all_amount)s) of the customers concerned: what passes then goes on by "
                "itself.",
                **values,
            )
        freed = looked_at._get_freed_under(*self._get_policy_tried())
        if len(waiting) > MAX_HOLDS:
            text = self.env._("%(freed)s of the %(all)s oldest documents on hold, %(amount)s of %(all_amount)s")
        else:
            text = self.env._("%(freed)s of %(all)s documents on hold, %(amount)s of %(all_amount)s")
        return text % {**values, "freed": len(freed), "amount": freed._format_amounts()}

    def _get_concerned(self):
        """Return the holds that the change may free, the oldest first: of the customers it is about, or of all."""
        subject = self._get_subject()
        domain = [*WAITING, ("company_id", "child_of", subject._credit_get_companies().ids)]
        if subject._name == "credit.group":
            domain.append(("profile_id", "in", subject.profile_ids._origin.ids))
        elif subject._name == "credit.rating":
            domain.append(("profile_id.rating_id", "in", subject._origin.ids))
        elif profile := subject._credit_get_file()._origin:
            domain.append(("profile_id", "in", (profile | profile.group_id.profile_ids).ids))
        elif "credit_hold_id" in subject._fields:
            domain.append(("id", "in", subject.credit_hold_id.ids))
        elif not self.is_previewed and subject._name != "res.company":
            return self.env["credit.hold"]  # of authorities and the like: they free nothing by themselves
        return self.env["credit.hold"].search(domain, order="id", limit=MAX_HOLDS + 1)

    def _get_policy_changes(self):
        """Return the policy that changes, empty for a new one, and what of it, as values for `write`."""
        record, values = self._get_record(), json.loads(self.values or "{}")
        if self.res_model == "credit.policy":
            return record, values
        if self.operation == "create":
            return record.policy_id.browse(values.get("policy_id")), {"rule_ids": [Command.create(values)]}
        is_gone = self.operation == "unlink" or "policy_id" in values
        step = Command.delete(record.id) if is_gone else Command.update(record.id, values)
        return record.policy_id, {"rule_ids": [step]}

    def _get_policy_tried(self):
        """Return the policy before the change, and after it as a record in memory."""
        policy, changes = self._get_policy_changes()
        return policy, policy._try_out(changes)


class CreditHold(models.Model):
    _inherit = "credit.hold"

    def _format_amounts(self):
        """Return what these documents amount to, by currency."""
        sums = {currency: sum(holds.mapped("amount")) for currency, holds in self.grouped("currency_id").items()}
        return " + ".join(currency.format(amount) for currency, amount in sums.items()) or "0"

    def _get_freed_under(self, policy, changed):
        """Return which of these holds would fall if a policy were another one."""
        freed, ids = self.browse(), {}

        def in_force(profiles, as_of):
            return policy._get_for_profiles_under(changed, profiles, as_of)

        for (model, checkpoint), holds in self._get_recheck_batches().items():
            documents = self.env[model].browse(holds.mapped("res_id")).exists()
            decisions = documents and documents._credit_decide(checkpoint, is_locked=False, in_force=in_force)
            ids = {document.id for document in documents if decisions[document].is_allowed}
            freed |= holds.filtered(lambda hold, ids=ids: hold.res_id in ids)
        return freed


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    def _get_for_profiles_under(self, changed, profiles, as_of):
        """Return ``{profile id: Policy or None}`` as if this policy, empty for a new one, were another one."""
        found = {}
        for company, group in profiles.grouped("company_id").items():
            snapshots = self._get_snapshots_under(changed, company)
            for profile in group:
                applying = next((s for s in snapshots if self._is_applicable(s, profile, as_of)), None)
                found[profile.id] = applying and self._get_policy_of(applying, profile, as_of)
        return found

    def _get_snapshots_under(self, changed, company):
        everyones = self._get_everybodys().search([("state", "=", "on"), ("company_id", "in", [company.id, False])])
        is_on = changed.state == "on" and changed.active and changed.company_id._origin in (company, company.browse())
        policies = [*(everyones - self), *([changed] if is_on else [])]
        ranked = sorted(policies, key=lambda p: (SCOPES.index(p.scope), p.sequence, p._origin.id or LAST))
        return [{**policy._prepare_snapshot(), "policy_id": policy._origin.id} for policy in ranked]
