"""Which fields decide how much may pass, for each model of the rooms above, and what a change makes possible.

What is not named here does not loosen; a test asks for a reason for each such field.
"""

from odoo import api, models
from odoo.exceptions import UserError

from .measures import (
    ANY,
    TIGHTER,
    any_change,
    earlier_rank,
    higher,
    higher_or_none,
    later,
    later_permission,
    limit,
    lower,
    lower_than_all,
    named,
    switched,
)

LIMIT = {"limit_type": limit, "amount_limit": limit}
STATUSES = ("normal", "watch", "stop")
EFFECTS = ("none", "warn", "hold", "refuse")


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "credit.loosening"]

    def _credit_get_companies(self):
        return self

    def _credit_is_effective(self, changes):
        """Override: a branch follows its company, which was asked."""
        return self == self._credit_company() and super()._credit_is_effective(changes)

    @api.model
    def _credit_get_companions(self):
        return (*super()._credit_get_companions(), "credit_is_tz_confirmed")

    def _credit_check_may_ask(self, operation):
        """Override: credit managers set credit up, and need no rights on companies for it."""
        if operation != "write" or not self.env.user.has_group("credit_management.group_credit_manager"):
            return super()._credit_check_may_ask(operation)
        return None

    @api.model
    def _credit_get_loosening(self):
        counted = [name for name in self._fields if name.startswith("credit_count_")]
        return {
            **super()._credit_get_loosening(),
            **named(dict.fromkeys(counted, switched(False))),
            **named(
                {
                    "credit_count_unallocated": switched(True),  # these two lower the exposure
                    "credit_count_received": switched(True),
                    "credit_days_horizon": lower_than_all,
                    "credit_days_promise_grace": higher,
                    "credit_years_log_keep": lower,  # evidence that is gone loosens, too
                    "credit_days_snapshot_keep": lower,
                    "credit_tz": any_change,
                    "account_use_credit_limit": any_change,  # new customers get core's default limit, or none
                    "credit_second_person": lambda name: earlier_rank(name, ("told", "required")),
                }
            ),
        }


class CreditAuthority(models.Model):
    _name = "credit.authority"
    _inherit = ["credit.authority", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    "amount_over_max": _higher_amount,
                    "amount_limit_max": _higher_amount,
                    "is_unlimited": switched(True),
                    "active": any_change,
                    "company_id": any_change,
                    "currency_id": any_change,
                    "rating_ids": any_change,
                    "user_ids": any_change,
                }
            ),
        }

    def _credit_get_creation(self):
        """Override: each amount is compared with that of whoever applies it. The first authority takes away: without
        any, everybody decides on any amount."""
        if not self._credit_get_others():
            return []
        if self.is_unlimited:
            return [("is_unlimited", "", self._credit_get_words("is_unlimited"), ANY)]
        names = ("amount_over_max", "amount_limit_max")
        return [(name, "", self._credit_get_words(name), self._credit_convert(self[name])) for name in names]

    def _credit_get_others(self):
        """Return the other authorities that count where this one does."""
        companies = [] if not self.company_id else [("company_id", "in", [False, self.company_id.id])]
        # whoever may see them; one that is archived does not count
        Authority = self.sudo().with_context(active_test=True)
        return Authority.search([*companies, ("id", "not in", self._origin.ids)])

    @api.model
    def _credit_get_kind(self, name):
        return "over" if name == "amount_over_max" else super()._credit_get_kind(name)

    def _credit_get_gaining(self, operation, vals):
        """Override: who may decide on more afterwards: whoever joins; all where more changes than the persons,
        also whoever leaves with it."""
        after = self.new(vals, origin=self) if operation == "write" else self
        before = self.user_ids if operation == "write" else self.user_ids.browse()
        changed = {name for name in self._credit_get_loosening() if name in vals and self._credit_is_other(name, after)}
        if changed <= {"user_ids"}:
            return after.user_ids._origin - before
        return after.user_ids._origin | before

    def _credit_measure_gone(self):
        """Where nobody has an authority, everybody may decide on any amount."""
        return ANY

    def _credit_convert(self, amount):
        """Return an amount of the authority in the currency of its company."""
        company = self.company_id or self.env.company
        return self.currency_id._convert(amount, company.currency_id, company, company._credit_today())


class CreditSubstitute(models.Model):
    _name = "credit.substitute"
    _inherit = ["credit.substitute", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        names = ("user_id", "substitute_id", "date_from", "date_to")
        return {**super()._credit_get_loosening(), **named(dict.fromkeys(names, any_change))}

    def _credit_measure_new(self):
        return ANY

    def _credit_get_profiting(self):
        return self.substitute_id


class CreditRating(models.Model):
    _name = "credit.rating"
    _inherit = ["credit.rating", "credit.control"]

    def _credit_measure_gone(self):
        """Without it, its customers have no limit of it, and policies for it are for nobody."""
        return ANY if self._credit_is_used() else TIGHTER

    def _credit_is_used(self):
        """Tell whether customers, policies or authorities refer to this rating, whoever may see them."""
        names = (("credit.profile", "rating_id"), ("credit.policy", "rating_ids"), ("credit.authority", "rating_ids"))
        # whoever may see them
        models_ = ((self.env[model].sudo().with_context(active_test=False), name) for model, name in names)
        return any(model.search_count([(name, "in", self.ids)], limit=1) for model, name in models_)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_bounding(self):
        """An authority for some ratings would be one for all without the last of them."""
        # whoever may see them, also archived ones
        authorities = self.env["credit.authority"].sudo().with_context(active_test=False)
        bounded = authorities.search([("rating_ids", "in", self.ids)]).filtered(lambda a: a.rating_ids <= self)
        if bounded:
            raise UserError(
                self.env._(
                    "The authority %(authority)s is for this rating only. Without it, it would be for all customers: "
                    "change or archive the authority first, or archive the rating.",
                    authority=bounded[0].name,
                )
            )

    @api.model
    def _credit_get_loosening(self):
        measures = {**LIMIT, "currency_id": limit, "months_review": any_change}
        return {**super()._credit_get_loosening(), **named(measures)}


class CreditGroup(models.Model):
    _name = "credit.group"
    _inherit = ["credit.group", "credit.control"]

    def _credit_get_companies(self):
        """Override: a group acts where its members are."""
        return self._get_all_members().company_id or super()._credit_get_companies()

    def _credit_measure_gone(self):
        """Without it, its members have no limit of it."""
        members = self.env["credit.profile"].sudo().with_context(active_test=False)  # whoever may see them
        return ANY if members.search_count([("group_id", "in", self.ids)], limit=1) else TIGHTER

    def _credit_get_profiting(self):
        return self._get_all_members().partner_id._credit_get_sellers()

    @api.model
    def _credit_get_loosening(self):
        measures = {**LIMIT, "currency_id": limit, "date_limit_expiry": later, "active": switched(False)}
        return {**super()._credit_get_loosening(), **named(measures), "profile_ids": any_change("profile_ids")}


class CreditProfile(models.Model):
    _name = "credit.profile"
    _inherit = ["credit.profile", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    **LIMIT,
                    "limit_currency_id": limit,
                    "date_limit_expiry": later,
                    "date_review_next": later,
                    "date_ignore_until": later_permission,
                    "is_excluded": switched(True),
                    "account_status": lambda name: earlier_rank(name, STATUSES),
                    "legal_class": _other_than_known,
                    "rating_id": any_change,
                    "policy_id": any_change,
                    "group_id": any_change,
                }
            ),
        }

    def _credit_get_log_values(self, company):
        return self.sudo()._get_log_values()  # the log is written for everybody

    def _credit_measure_new(self):
        """A file that is created with an exemption, a rating, a group or a policy has it from the first moment."""
        exempt = self.is_excluded or self.date_ignore_until
        if exempt or self.rating_id or self.policy_id or self.group_id or self.limit_type == "unlimited":
            return ANY
        # a limit that was typed with the file; one that core has for every new customer is no one's act
        return self._convert_limit(self.amount_limit) if self.limit_type == "amount" else TIGHTER

    @api.model
    def _credit_get_companions(self):
        return (*super()._credit_get_companions(), "status_reason_id", "status_reason")

    def _credit_get_profiting(self):
        return self.partner_id._credit_get_sellers()

    def _credit_get_file(self):
        return self


class CreditPolicy(models.Model):
    _name = "credit.policy"
    _inherit = ["credit.policy", "credit.control"]

    def _credit_is_effective(self, changes):
        return self.state == "on" or any(change[0] == "state" for change in changes)

    def _credit_measure_new(self):
        """A policy that is created as on may be more lenient than the one that applies now."""
        return ANY if self.state == "on" else TIGHTER

    @api.model
    def _credit_get_loosening(self):
        scope = ("scope", "profile_ids", "group_ids", "rating_ids", "company_id", "sequence", "date_from", "date_to")
        return {
            **super()._credit_get_loosening(),
            **named(
                {
                    **dict.fromkeys((*scope, "exclusion_domain", "is_match_all"), any_change),
                    "state": any_change,
                    "active": switched(False),
                    "days_terms_max": higher_or_none,
                    "terms_blocked_ids": _fewer,
                    "percent_discount_max": higher_or_none,
                    "percent_deposit": lower,
                }
            ),
        }


class CreditPolicyRule(models.Model):
    _name = "credit.policy.rule"
    _inherit = ["credit.policy.rule", "credit.control"]

    def _credit_get_whole_text(self):
        """Override: what it did at each checkpoint, and from where on."""
        labels = dict(self._get_checkpoints())
        effects = [
            f"{labels[checkpoint]}: {self._credit_get_text(f'effect_{checkpoint}')}"
            for checkpoint, effect in self._get_effects().items()
            if effect != "none"
        ]
        return f"{self.display_name} ({'; '.join(filter(None, [self.threshold_text, *effects]))})"

    def _credit_is_effective(self, changes):
        return self.policy_id.state == "on"

    @api.model
    def _credit_get_loosening(self):
        effects = [name for name in self._fields if name.startswith("effect_")]
        return {
            **super()._credit_get_loosening(),
            **named(dict.fromkeys(effects, lambda name: earlier_rank(name, EFFECTS))),
            **named(dict.fromkeys(("amount", "days", "days_grace", "level", "amount_tolerance"), higher)),
            **named(dict.fromkeys(("criterion", "domain", "percent", "policy_id"), any_change)),
            **named(dict.fromkeys(("is_status_watch", "is_status_stop", "is_blank_hit"), switched(False))),
            **named({"days_ahead": lower}),
        }

    def _credit_measure_new(self):
        """One more rule is stricter, but where all have to be hit."""
        return ANY if self.policy_id.is_match_all else TIGHTER

    def _credit_measure_gone(self):
        return TIGHTER if self.policy_id.is_match_all else ANY


class CreditDepositRule(models.Model):
    _name = "credit.deposit.rule"
    _inherit = ["credit.deposit.rule", "credit.control"]

    def _credit_get_whole_text(self):
        """Override: how much, and of whom."""
        return f"{self.display_name} ({self.asked})"

    def _credit_is_effective(self, changes):
        return self.policy_id.state == "on"

    @api.model
    def _credit_get_loosening(self):
        conditions = ("rating_ids", "category_ids", "term_ids", "is_overdue", "days_overdue", "is_new", "days_customer",
                      "percent_index", "amount_from", "amount_to", "amount_most", "kind", "policy_id")
        asked = dict.fromkeys(("percent", "amount", "amount_step"), lower)
        return {**super()._credit_get_loosening(), **named({**dict.fromkeys(conditions, any_change), **asked})}

    def _credit_measure_gone(self):
        return ANY


class CreditPolicyTerms(models.Model):
    _name = "credit.policy.terms"
    _inherit = ["credit.policy.terms", "credit.control"]

    def _credit_is_effective(self, changes):
        return self.policy_id.state == "on"

    @api.model
    def _credit_get_loosening(self):
        names = ("policy_id", "rating_ids", "date_from", "date_to", "payment_term_id")
        return {
            **super()._credit_get_loosening(),
            **named(dict.fromkeys(names, any_change)),
            **named(dict.fromkeys(("days_max", "percent_discount_max"), higher)),
            **named({"is_discount_bound": switched(False)}),
        }

    def _credit_measure_new(self):
        """One more bound is stricter; terms that it names are also given to whoever has none."""
        return ANY if self.payment_term_id else TIGHTER

    def _credit_measure_gone(self):
        return ANY


class CreditTermsCeiling(models.Model):
    _name = "credit.terms.ceiling"
    _inherit = ["credit.terms.ceiling", "credit.control"]

    @api.model
    def _credit_get_loosening(self):
        names = ("company_id", "country_ids", "country_group_id", "debtor")
        return {
            **super()._credit_get_loosening(),
            **named(dict.fromkeys(names, any_change)),
            **named({"days": higher, "active": switched(False)}),
        }

    def _credit_measure_gone(self):
        return ANY


def _fewer(name):
    """Return the measure of a set of what is not allowed, which loosens when something leaves it."""
    return lambda before, after: ANY if before[name]._origin - after[name]._origin else TIGHTER


def _other_than_known(name):
    """Return the measure of a class that was not known at first: to name it loosens nothing."""
    return lambda before, after: ANY if before[name] else TIGHTER


def _higher_amount(name):
    """Return the measure of an amount that somebody may decide on: the new one, where it is higher."""
    return lambda before, after: after._credit_convert(after[name]) if after[name] > before[name] else TIGHTER
