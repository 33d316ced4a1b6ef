"""Credit files that become one: no row of any table is lost, and nothing is lifted.

Core moves the links to a customer by SQL, and deletes what stands in its way. So the files are brought together before:
what refers to a file is found in the registry, not in a list, and goes to the file that stays; that one keeps the
stricter of what both say.
"""

import math

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.policy import get_strictness
from ..change.measures import ANY, MERGED
from ..gate.transaction import during, get_mark

STATUSES = ("normal", "watch", "stop")
# belong together: a level by hand, and what was said of proceedings
LEVEL_SET = ("is_dunning_level_set", "dunning_level_set", "date_dunning_level_to", "dunning_reason")
PROCEEDINGS = ("proceedings_kind", "date_proceedings_from", "date_proceedings_to", "proceedings_reason")
MERGING = "credit_management.merging"  # on the cursor: the file that goes right now, and what the log says of it


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    def _merge_into(self, sources, target):
        """Bring the files of merged customers into that of the one that stays, company by company.

        Where that one has none, the first of the others becomes it.
        """
        Profile = self.with_context(active_test=False)
        found = Profile.search([("partner_id", "in", (sources | target).ids)], order="id")
        for profiles in found.grouped("company_id").values():
            kept = profiles.filtered(lambda profile: profile.partner_id == target) or profiles[:1]
            for profile in profiles - kept:
                profile._merge_file(kept)

    def _merge_file(self, kept):
        """Move everything of this file to another one, which keeps the stricter of what both say."""
        summary = self._get_merge_summary(kept)
        values = self._get_stricter_values(kept)
        is_limit_taken = self._get_granted_key() < kept._get_granted_key()
        (kept if is_limit_taken else self)._end_temporary_limits()
        (kept | self).release_ids.filtered(lambda release: not release.res_model)._void()
        # another rating plans a review by itself
        asked = {"date_review_next"} if values["date_review_next"] else set()
        if is_limit_taken:
            values.update(self._get_granted_values(values["rating_id"]))
        self._move_rows(kept)
        kept.write({name: value for name, value in values.items() if kept[name] != value or name in asked})
        kept._note_merge(self.display_name, summary)
        with during(self.env.cr, MERGING, {self.id: self.env._("merged into %(file)s", file=kept.display_name)}):
            self._write_core_limit(0.0)
            self.unlink()

    def _credit_log_changes(self, company, changes):
        """Override: what stood in a file that goes has not changed, it became part of another one."""
        into = get_mark(self.env.cr, MERGING, {}).get(self.id)
        if into:
            changes = [(name, before, into, MERGED) for name, before, _after, _most in changes]
        return super()._credit_log_changes(company, changes)

    # -- what stays --------------------------------------------------------------------------------

    @api.model
    def _get_merge_fields(self):
        """Return the fields that say how strict a file is."""
        return [
            *("limit_type", "amount_limit", "limit_currency_id", "date_limit_expiry", "rating_id", "policy_id"),
            *("group_id", "account_status", "status_reason_id", "status_reason", "date_review_next", "is_excluded"),
            *("date_ignore_until", "is_dunning_level_set", "dunning_level_set", "dunning_plan_id"),
            *("is_dunning_blocked", "proceedings_kind"),
        ]

    def _get_merge_summary(self, kept):
        """Return in words where the two files differ: what the one that stays said, and what this one said."""
        differing = [name for name in self._get_merge_fields() if self[name] != kept[name]]
        return self._credit_get_summary(
            [(name, kept._credit_get_text(name), self._credit_get_text(name), ANY) for name in differing]
        )

    def _get_stricter_values(self, kept):
        """Return the values of the file that stays, but for the limit: of each field the stricter one."""
        both = self | kept
        status = max(kept, self, key=lambda profile: STATUSES.index(profile.account_status))
        level = max(kept, self, key=lambda profile: profile.dunning_level)
        proceedings = kept if kept.proceedings_kind or not self.proceedings_kind else self
        rating = max(both.rating_id, key=lambda rating: (rating.sequence, rating.id), default=both.rating_id)
        ignored = [profile.date_ignore_until for profile in both]
        return {
            "active": any(both.mapped("active")),
            "account_status": status.account_status,
            "status_reason_id": status.status_reason_id,
            "status_reason": status.status_reason,
            **{name: level[name] for name in LEVEL_SET},
            "is_dunning_blocked": all(both.mapped("is_dunning_blocked")),
            **{name: proceedings[name] for name in PROCEEDINGS},
            "rating_id": rating,
            "policy_id": self._get_with_stricter_policy(kept).policy_id,
            "group_id": min(both.group_id, key=_get_group_key, default=both.group_id),
            "controller_id": kept.controller_id or self.controller_id,
            "is_excluded": all(both.mapped("is_excluded")),
            "date_ignore_until": all(ignored) and min(ignored),
            "date_review_next": min(filter(None, both.mapped("date_review_next")), default=False),
            "date_limit_expiry": min(filter(None, both.mapped("date_limit_expiry")), default=False),
        }

    def _get_with_stricter_policy(self, kept):
        """Return the file, of both, under the stricter policy of today: its own, or that of everybody like it.

        How strict a policy is has no one measure: the deposit decides, then terms, discount and effects. What the other
        one has stricter, the message of the merge tells.
        """
        today, Policy = self.company_id._credit_today(), self.env["credit.policy"]
        applying = Policy._get_for_profiles(kept | self, today)
        return max(kept, self, key=lambda profile: get_strictness(applying[profile.id]))

    def _get_granted_key(self):
        """Return how strict the granted limit is, own or the rating's: the lower, the stricter.

        An amount is stricter than none, and none than an unlimited one: that has been decided.
        """
        granted = self if self.limit_type != "none" else self.rating_id
        if granted.limit_type == "amount":
            currency = granted.limit_currency_id if granted == self else granted.currency_id
            company = self.company_id
            amount = currency._convert(granted.amount_limit, company.currency_id, company, company._credit_today())
            return (0, amount)
        return (2 if granted.limit_type == "unlimited" else 1, 0.0)

    def _get_granted_values(self, rating):
        """Return the values that grant another file the limit of this one, where it has a rating."""
        if self.limit_type == "none" and rating == self.rating_id:
            return {"limit_type": "none"}
        granted = self if self.limit_type != "none" else self.rating_id
        currency = granted.limit_currency_id if granted == self else granted.currency_id
        return {
            "limit_type": granted.limit_type or "none",
            "amount_limit": granted.amount_limit,
            "limit_currency_id": currency or self.limit_currency_id,
        }

    def _end_temporary_limits(self):
        """End the temporary limits of a file whose limit does not stay: they were granted on top of that."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE credit_limit_request
                   SET date_to = %(yesterday)s, date_to_granted = date_to, date_ended = %(now)s, ender_id = %(user)s
                 WHERE profile_id = %(profile)s AND state = 'approved' AND kind IN ('increment', 'replacement')
                   AND date_to > %(yesterday)s
                """,
                yesterday=SQL("%s::date - 1", self.company_id._credit_today()),
                now=fields.Datetime.now(),
                user=self.env.uid,
                profile=self.id,
            )
        )

    def _note_merge(self, name, summary):
        """Keep in the log and in the messages of the file which one it took over, and where the two differed."""
        self._credit_log_changes(self.company_id, [("partner_id", name, self.display_name, MERGED)])
        self.message_post(
            body=self.env._(
                "The file of %(customer)s was merged into this one, which keeps the stricter of both. "
                "Where they differed (this one → the other): %(summary)s",
                customer=name,
                summary=summary or "–",
            ),
            subtype_xmlid="mail.mt_note",
        )

    # -- what moves --------------------------------------------------------------------------------

    def _move_rows(self, kept):
        """Hand every record that refers to this file over to another one, of whatever model or add-on."""
        self.env.flush_all()
        for Model, field in self._get_references():
            if field.type == "many2many":
                self._move_links(field, kept)
                continue
            if hasattr(Model, "_credit_merge_rows"):  # one per file or day: they become one before
                Model._credit_merge_rows(self, kept)
            self._move_records(Model, field, kept)
        merge = self.env["base.partner.merge.automatic.wizard"]  # moves messages, files, activities, followers
        merge._update_reference_fields_generic(self._name, self, kept)
        self.env.invalidate_all()

    @api.model
    def _get_references(self):
        """Return the (model, field) of stored fields that refer to credit files; what a wizard keeps is not kept."""
        stored = [("relation", "=", self._name), ("store", "=", True), ("ttype", "in", ("many2one", "many2many"))]
        # what there is, whoever merges
        names = self.env["ir.model.fields"].sudo().search(stored).mapped(lambda field: (field.model, field.name))
        models_ = [(self.env[model], name) for model, name in names if model in self.env]
        return [
            (Model, Model._fields[name])
            for Model, name in models_
            if Model._auto and not Model._transient and name in Model._fields and Model._fields[name].store
        ]

    def _move_records(self, Model, field, kept):  # noqa: N803
        """Move records. Where two cannot stand beside each other the database refuses, and nothing is merged: their
        model says how they become one (`_credit_merge_rows`), nothing is deleted for want of it."""
        table, column = SQL.identifier(Model._table), SQL.identifier(field.name)
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = %(kept)s WHERE %(column)s = %(merged)s",
                table=table,
                column=column,
                kept=kept.id,
                merged=self.id,
            )
        )

    def _move_links(self, field, kept):
        values = {
            "table": SQL.identifier(field.relation),
            "own": SQL.identifier(field.column1),
            "file": SQL.identifier(field.column2),
            "kept": kept.id,
            "merged": self.id,
        }
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(own)s, %(file)s)
                SELECT %(own)s, %(kept)s FROM %(table)s WHERE %(file)s = %(merged)s ON CONFLICT DO NOTHING
                """,
                **values,
            )
        )


def _get_group_key(group):
    """Return how strict a credit group is: the lower its limit, the stricter."""
    company = group.env.company
    amount = group.currency_id._convert(group.amount_limit, company.currency_id, company, company._credit_today())
    return (0, amount) if group.active and group.limit_type == "amount" else (1, math.inf)


class CreditSnapshot(models.Model):
    _inherit = "credit.snapshot"

    @api.model
    def _credit_merge_rows(self, merged, kept):
        """Add up the figures of days on which both customers have some: together they owed that much."""
        amounts = [name for name, field in self._fields.items() if field.type == "monetary" and name != "amount_limit"]
        sums = SQL(", ").join(
            SQL("%(name)s = COALESCE(k.%(name)s, 0) + COALESCE(m.%(name)s, 0)", name=SQL.identifier(name))
            for name in amounts
        )
        same_day = SQL("k.profile_id = %s AND m.profile_id = %s AND k.date = m.date", kept.id, merged.id)
        self.env.cr.execute(
            SQL(
                """
                UPDATE credit_snapshot k
                   SET %(sums)s, days_overdue_max = GREATEST(k.days_overdue_max, m.days_overdue_max)
                  FROM credit_snapshot m WHERE %(same_day)s
                """,
                sums=sums,
                same_day=same_day,
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM credit_snapshot m USING credit_snapshot k WHERE %(same_day)s", same_day=same_day)
        )


class CreditBehaviour(models.Model):
    _inherit = "credit.behaviour"

    @api.model
    def _credit_merge_rows(self, merged, kept):
        """Forget what was kept of last night: how the two pay together is worked out again."""
        files = (merged | kept).ids
        self.env.cr.execute(SQL("DELETE FROM credit_behaviour WHERE profile_id IN %s", tuple(files)))
