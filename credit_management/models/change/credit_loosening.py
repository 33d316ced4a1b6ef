"""Whatever loosens a check takes a second person, or at least is told and logged: one mechanism for every field.

A model names its loosening fields with a measure, in `_credit_get_loosening`: what the change of one field makes
possible at most. A person's write, creation or deletion that loosens something is refused where the company asks for a
second person, and becomes a `credit.change` that somebody else applies; elsewhere it is done at once, and told. What
tightens is done at once. Everything that is named is logged, whoever changes it.

Nobody loosens alone what is their own, neither way: then a second person is asked for in any case.

Before the first policy is switched on everything is free. The system (data files, migrations, jobs, and methods that
have decided about rights themselves) is not a person. A method that writes with all rights what a person asked for
says so before, by `_credit_ask_first`.
"""

import json
import math
from contextlib import contextmanager
from datetime import date, datetime

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tools import format_date

from ..record.words import in_every_language, read_words
from .measures import ANY, MERGED, TIGHTER, Unclear

PERSON, TOLD = "required", "told"
TOGETHER = "credit_management.log_together"  # rows of the log that are written together, beside the cursor


class CreditLoosening(models.AbstractModel):
    _name = "credit.loosening"
    _description = "Record whose changes may loosen the credit check"

    _credit_authority_kind = "limit"  # which amount of an authority bounds it: see `credit.authority`

    # -- what a model says ---------------------------------------------------------------------------

    @api.model
    def _credit_get_loosening(self):
        """Return ``{field: measure}`` of the fields that decide how much may pass.

        A measure is called with the record and the value before and after, and returns `TIGHTER`, `ANY` or the most
        that becomes possible, in company currency (see `measures.py`). Hook: an add-on names its own fields.
        """
        return {}

    @api.model
    def _credit_get_companions(self):
        """Return the names of the fields that are written together with a loosening one: its reasons."""
        return ()

    def _credit_measure_new(self):
        """Return what the creation of this record makes possible at most: `TIGHTER` by default."""
        return TIGHTER

    def _credit_measure_gone(self):
        """Return what the deletion of this record makes possible at most: `TIGHTER` by default."""
        return TIGHTER

    def _credit_get_companies(self):
        """Return the companies in which a change of this record acts; those that check anything, by default."""
        company = self.company_id if "company_id" in self._fields else self.env["res.company"]
        # a change acts where it acts, whatever companies the user has
        return company._credit_company() or self.env["res.company"].sudo().search([("parent_id", "=", False)])

    def _credit_is_effective(self, changes):
        """Tell whether these changes of the record decide anything now: those of a policy that is off do not."""
        return True

    # -- entrances -----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: what a new record loosens takes a second person, or is told.

        :raise RedirectWarning: where the company asks for a second person
        """
        records = super().create(vals_list)
        records._credit_check_numbers(self._credit_get_loosening())
        for record, vals in zip(records, vals_list, strict=True):
            record._credit_note_loosening("create", vals, record._credit_get_creation())
        return records

    def write(self, vals):
        """Override: see `create`."""
        changes = {record: record._credit_get_changes(vals) for record in self}
        for record, found in changes.items():
            record._credit_note_loosening("write", vals, found)
        result = super().write(vals)
        self._credit_check_numbers(self._credit_get_loosening().keys() & vals.keys())
        return result

    def _credit_check_numbers(self, names):
        """Refuse what is no number, or one without end: nothing is above it, and no measure finds it looser.

        :raise ValidationError: naming the field
        """
        written = self.sudo()  # whoever may read it
        for name in names:
            if self._fields[name].type == "float" and not all(map(math.isfinite, written.mapped(name))):
                label = self._credit_get_label(name)
                raise ValidationError(self.env._("'%(field)s' takes a number.", field=label))

    def unlink(self):
        """Override: see `create`."""
        for record in self:
            record._credit_note_loosening("unlink", {}, record._credit_get_what("unlink", {}))
        return super().unlink()

    def _credit_ask_first(self, operation, vals):
        """Say what is going to be written with all rights, on behalf of a person; the write logs it.

        :raise RedirectWarning: where the company asks for a second person
        """
        if not self.env.su:
            changes = self._credit_get_what(operation, vals)
            self._credit_note_loosening(operation, vals, changes, is_logged=False)

    # -- the mechanism -------------------------------------------------------------------------------

    def _credit_get_creation(self):
        """Return what the creation of the record loosens, as one change; nothing, mostly."""
        most = self._credit_measure_new()
        return [] if most is TIGHTER else [("", "", self.display_name or self._description, most)]

    def _credit_get_what(self, operation, vals):
        """Return what an operation would change: see `_credit_get_changes`."""
        if operation == "create":
            # with all rights, as it will be made: the defaults of whoever asks are not part of it
            return self.sudo().new(vals)._credit_get_creation()
        if operation == "unlink":
            whole = in_every_language(self, lambda told: told._credit_get_whole_text())
            return [("", whole, "", self._credit_measure_gone())]
        return self._credit_get_changes(vals)

    def _credit_get_whole_text(self):
        """Return what the log keeps of a record that goes: its name. Hook: what else it said."""
        return self.display_name

    def _credit_get_changes(self, vals):
        """Return ``[(field, before, after, most)]`` of what values would change of the named fields, in words."""
        measures = {name: measure for name, measure in self._credit_get_loosening().items() if name in vals}
        if not measures:
            return []
        after = self.new(vals, origin=self)
        return [
            (name, self._credit_get_words(name), after._credit_get_words(name), measure(self, after))
            for name, measure in measures.items()
            if self._credit_is_other(name, after)
        ]

    def _credit_is_other(self, name, after):
        """Tell whether a field differs in a record in memory; what would be made with it is another one."""
        if self._fields[name].relational:
            found = after[name]
            return self[name] != found._origin or len(found._origin) < len(found)
        return self[name] != after[name]

    def _credit_get_words(self, name):
        """Return the value of a field as the log keeps it: see `words.py`."""
        if self._fields[name].type in ("char", "text", "integer", "float", "monetary"):
            return self._credit_get_text(name)  # the same in every language
        return in_every_language(self, lambda told: told._credit_get_text(name))

    def _credit_get_text(self, name):
        """Return the value of a field in words."""
        value, field = self[name], self._fields[name]
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value or "")
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type in ("monetary", "float") and value:
            return f"{value:,.2f}"
        return "" if value in (False, None) else str(value)

    def _credit_note_loosening(self, operation, vals, changes, is_logged=True):
        """Refuse, or log and tell, changes of this record.

        :raise RedirectWarning: where a person loosens something and the company asks for a second one, or it is
            the person's own
        """
        if not changes:
            return
        acting = self.new(vals) if operation == "create" and not self else self
        sides = acting._credit_get_sides(operation, vals)
        if not any(side._credit_is_effective(changes) for side in sides):
            return
        loosened = [change for change in changes if change[3] is not TIGHTER]
        # whether something is checked there, whoever asks
        checking = self._credit_get_acting(sides).filtered(lambda company: company._is_credit_checked())
        is_person = not self.env.su and bool(checking)
        elsewhere = checking - self.env.user.company_ids._credit_company()
        is_second = PERSON in checking.mapped("credit_second_person") or bool(elsewhere)
        if loosened and is_person and (is_second or self.env.user in acting._credit_get_gaining(operation, vals)):
            acting._credit_ask_second_person(operation, vals, loosened)
        if is_logged and self._credit_is_kept(operation, loosened):
            # what acts in several companies is read in each of them
            self._credit_log_changes(checking if len(checking) == 1 else checking.browse(), changes)
        if loosened and is_person:
            acting._credit_tell(checking, loosened)

    def _credit_get_sides(self, operation, vals):
        """Return the record as it is, and as it will be where a write moves it, or what belongs to it: what is prepared
        where nothing acts would otherwise be moved to where it does."""
        fields = [self._fields[name] for name in vals if name in self._fields] if operation == "write" else []
        is_moved = any(field.relational for field in fields)
        return [self, self.new(vals, origin=self)] if is_moved else [self]

    @api.model
    def _credit_get_acting(self, sides):
        """Return the companies in which a change acts, before and after."""
        # whoever asks
        return self.env["res.company"].union(*(side._credit_get_companies()._origin for side in sides)).sudo()

    def _credit_is_kept(self, operation, loosened):
        """Tell whether what happens is logged: all that is written, and what loosens."""
        return bool(loosened) or operation == "write"

    def _credit_ask_second_person(self, operation, vals, loosened):
        """Refuse, and offer the way forward: a change that somebody else applies.

        :raise AccessError: for who may not ask for it either
        :raise RedirectWarning: else
        """
        self._credit_check_may_ask(operation)
        values = {
            "res_model": self._name,
            "res_id": 0 if operation == "create" else self.id,
            "operation": operation,
            "values": json.dumps(vals, default=_to_json),
            **self._credit_describe(loosened),
        }
        action = self.env["ir.actions.act_window"]._for_xml_id("credit_management.action_credit_change_ask")
        message = self.env._(
            "%(record)s: %(changes)s. This lets more pass than before, so a second person has to apply it. "
            "Ask for it with a reason. Nothing was saved yet: to save the other changes of this form now, "
            "take this one back first.",
            record=values["record_name"],
            changes=values["summary"],
        )
        context = {f"default_{name}": value for name, value in values.items()}
        raise RedirectWarning(message, action["id"], self.env._("Ask a Second Person"), context)

    def _credit_measure(self, operation, vals):
        """Return what a change that is asked for makes possible, as values of `credit.change`.

        :raise UserError: when it loosens nothing: then it can be done at once
        """
        changes = self._credit_get_what(operation, vals)
        loosened = [change for change in changes if change[3] is not TIGHTER]
        if not loosened:
            raise UserError(self.env._("This loosens nothing: it needs no second person."))
        subject = self.sudo().new(vals) if operation == "create" else self  # as above
        shown = subject._credit_get_shown(operation, vals, loosened)
        acting = self._credit_get_acting(subject._credit_get_sides(operation, vals))
        return {
            **subject._credit_describe(loosened),
            "company_id": acting.id if len(acting) == 1 else False,
            "record_name": in_every_language(subject, lambda told: told._credit_describe(loosened)["record_name"]),
            "summary": in_every_language(subject, lambda told: told._credit_get_summary(shown)),
        }

    def _credit_describe(self, loosened):
        """Return what changes are about and what they make possible at most, as values of `credit.change`."""
        most, companies = max(change[3] for change in loosened), self._credit_get_companies()
        return {
            "record_name": self.display_name or read_words(self.env, loosened[0][2]) or self._description,
            "summary": self._credit_get_summary(loosened),
            "is_any": most == ANY,
            "amount_most": 0.0 if most == ANY else most,
            "company_id": companies.id if len(companies) == 1 else False,
        }

    def _credit_get_profiting(self):
        """Return the users who profit from a change of this record: none by default."""
        return self.env["res.users"]

    def _credit_get_gaining(self, operation, vals):
        """Return the users who profit from what is done to this record: whose it was before, and whose it will be."""
        after = self.new(vals, origin=self) if operation == "write" else self
        return (self._credit_get_profiting() | after._credit_get_profiting())._origin

    @api.model
    def _credit_get_kind(self, name):
        """Return which amount of an authority bounds the change of a field: see `_credit_authority_kind`."""
        return self._credit_authority_kind

    def _credit_get_file(self):
        """Return the credit file that a change of this record is about: authorities may be for some ratings only."""
        return self.env["credit.profile"]

    def _credit_check_may_ask(self, operation):
        """Refuse to ask for what one may not do oneself, together with a second person.

        :raise AccessError: without the right to the operation
        """
        self.check_access(operation)

    @api.model
    def _credit_get_summary(self, changes):
        """Return changes in words: 'Limit Amount: 1,000.00 → 9,000.00'."""
        texts = []
        for name, before, after, _most in changes:
            label = self._credit_get_label(name) if name else self._description
            told = [read_words(self.env, words) or "–" for words in (before, after)]
            texts.append(f"{label}: {' → '.join(told)}")
        return "; ".join(texts)

    @api.model
    def _credit_get_label(self, name):
        return self._fields[name]._description_string(self.env)

    @api.model
    def _credit_get_label_words(self, name):
        return in_every_language(self, lambda told: told._credit_get_label(name)) if name else ""

    @api.model
    def _credit_get_verdict(self, most):
        """Return what the log says of a change, by its measure."""
        if isinstance(most, Unclear):
            return "changed"
        return {TIGHTER: "tighter", MERGED: "merged"}.get(most, "looser")

    def _credit_log_changes(self, company, changes):
        """Keep who changed what, from what, to what, and what that makes possible at most."""
        rows = (
            [
                {
                    **self._credit_get_log_values(company),
                    "kind": "change",
                    "res_model": self._name,
                    "res_id": self._origin.id or None,
                    "document_name": in_every_language(self, lambda told: told.display_name),
                    "field_name": self._credit_get_label_words(name),
                    "value_before": before,
                    "value_after": after,
                    "amount_most": None if most in (ANY, TIGHTER) else most,
                    "verdict": self._credit_get_verdict(most),
                }
                for name, before, after, most in changes
            ]
        )
        together = self.env.cr.precommit.data.get(TOGETHER)
        if together is not None:
            together += rows
        else:
            self.env["credit.log"].sudo()._append(rows)  # the log is written for everybody, and by nobody else

    @api.model
    @contextmanager
    def _credit_log_together(self):
        """Keep what changes in between by one statement: of thousands of records at once."""
        data = self.env.cr.precommit.data
        data[TOGETHER] = rows = []
        try:
            yield
        finally:
            del data[TOGETHER]
        self.env["credit.log"].sudo()._append(rows)  # as above

    def _credit_get_log_values(self, company):
        """Return whom a change is about: the company where it acts. Hook: what belongs to a customer names it."""
        currency = company.currency_id.id or None
        return {"company_ref": company.id or None, "company_name": company.name or None, "currency_ref": currency}

    def _credit_tell(self, companies, loosened):
        """Send approvers and administrators what one person has loosened alone."""
        readers = companies._credit_get_witnesses() - self.env.user
        if not readers:
            return
        text = self.env._(
            "%(user)s has changed %(record)s: %(changes)s.",
            user=self.env.user.name,
            record=self.display_name or self._description,
            changes=self._credit_get_summary(loosened),
        )
        is_thread = "message_ids" in self._fields and bool(self._origin.id)
        # the witnesses' addresses; whoever makes the change need not read users
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=readers.sudo().partner_id.ids,
            subject=self.env._("A credit check was loosened"),
            body=text,
            model=self._name if is_thread else False,
            res_id=self._origin.id if is_thread else False,
        )


def _to_json(value):
    """Return a date as Odoo writes it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept in a change")
