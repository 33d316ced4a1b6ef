"""A change that lets more pass: one person asks for it with a reason, somebody else applies it."""

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context


class CreditChange(models.Model):
    _name = "credit.change"
    _description = "Change That Loosens a Credit Check"
    _inherit = ["credit.worded", "credit.listed", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "record_name"
    _mail_post_access = "read"  # nobody writes it, and whoever decides may ask

    company_id = fields.Many2one("res.company", readonly=True, help="Where the change acts. Empty: everywhere.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    res_model = fields.Char("Model", required=True, readonly=True, help="What kind of record is to change.")
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True, help="Empty: a new one.")
    record_name = fields.Char("What", readonly=True, translate=True)
    operation = fields.Selection(
        [("write", "Change"), ("create", "New"), ("unlink", "Delete")],
        required=True,
        readonly=True,
        default="write",
        help="What is to be done with the record.",
    )
    values = fields.Text(readonly=True, help="Technical: the values that are to be written.")
    values_before = fields.Text(readonly=True, help="Technical: what stood there when it was asked for.")
    summary = fields.Text("From → To", readonly=True, translate=True, help="What is to change.")
    amount_most = fields.Monetary(
        "Most Possible", readonly=True, help="The most that becomes possible by the change, in company currency."
    )
    is_any = fields.Boolean("Any Amount", readonly=True, help="No amount bounds what becomes possible.")
    reason = fields.Text(required=True, help="Why it should change. Kept with the log.")
    requester_id = fields.Many2one(
        "res.users",
        "Asked By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        help="This person cannot apply the change.",
    )
    approver_id = fields.Many2one("res.users", "Decided By", readonly=True)
    date_decided = fields.Datetime("Decided On", readonly=True, help="When it was applied or rejected.")
    state = fields.Selection(
        [("waiting", "Waiting"), ("applied", "Applied"), ("rejected", "Rejected")],
        "Status",
        default="waiting",
        required=True,
        readonly=True,
        tracking=True,
        help="Nothing is changed before somebody else applies it.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for change in self:
            change.currency_id = (change.company_id or self.env.company).currency_id

    # -- asking --------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a change waits, is its author's, and is worked out anew: nobody says what it makes possible.

        :raise UserError: when it would loosen nothing, or its record is gone
        """
        self.env["credit.log"]._note_deciders()
        asked = [self._add_missing_default_values(vals) for vals in vals_list]  # the dialog's come as defaults
        clean = self.with_context(clean_context(self.env.context))  # the caller's idea of what else is in it
        changes = super(CreditChange, clean).create([self._prepare_new(vals) for vals in asked])
        for change in changes:
            change._schedule_for_approver()
            change._tell_on_record()
        return changes

    @api.model
    def _keep_applied(self, vals_list):
        """Keep changes that two persons have decided on together, and whose caller does them now; all at once."""
        quiet = self.sudo().with_context(tracking_disable=True, mail_create_nosubscribe=True)  # nobody writes changes
        return super(CreditChange, quiet).create(vals_list)

    @api.model
    def _prepare_new(self, vals):
        record, values = self._get_target(vals)
        operation = vals.get("operation") or "write"
        self._check_not_asked(record, operation, json.dumps(values))
        measured = record._credit_measure(operation, values)
        return {
            **{name: vals.get(name) for name in ("res_model", "res_id", "reason")},
            **{name: measured[name] for name in ("record_name", "summary", "amount_most", "is_any", "company_id")},
            "operation": operation,
            "values": json.dumps(values),
            "values_before": record._credit_get_before(values) if operation == "write" else False,
            "requester_id": self.env.uid,
            "approver_id": False,
            "date_decided": False,
            "state": "waiting",
        }

    @api.model
    def _check_not_asked(self, record, operation, values):
        """Refuse to ask for the same twice.

        :raise UserError: when it waits already
        """
        same = [("res_model", "=", record._name), ("operation", "=", operation), ("values", "=", values)]
        # whoever has asked for it
        waiting = self.sudo().search([*same, ("res_id", "=", record.id), ("state", "=", "waiting")], limit=1)
        if record and waiting:
            raise UserError(
                self.env._(
                    "%(user)s has asked for this already: it waits for a second person. Discard it in the form.",
                    user=waiting.requester_id.name,
                )
            )

    @api.model
    def _get_target(self, vals):
        """Return the record and the values of a change that is asked for.

        :raise UserError: for a record that is gone, or is none that loosens anything
        """
        model, res_id = vals.get("res_model"), vals.get("res_id")
        if model not in self.env or not hasattr(self.env[model], "_credit_get_loosening"):
            raise UserError(self.env._("There is nothing of this kind that a second person has to change."))
        record = self._get_model(model).browse(res_id or [])
        if record and not record.exists():
            raise UserError(self.env._("What should change is gone."))
        operation = vals.get("operation") or "write"
        record._credit_check_may_ask(operation)
        # it is written with all rights: nothing rides along that was not measured and shown
        values = record._credit_get_kept(operation, json.loads(vals.get("values") or "{}"))
        for name in values:
            record._check_field_access(record._fields[name], "write")
        return record, values

    def write(self, vals):
        """Override: what was asked for stays as it was.

        :raise AccessError: always, for a person
        """
        if not self.env.su and {*vals} - {"message_ids", "activity_ids", "message_follower_ids"}:
            raise AccessError(self.env._("Use the buttons: a change that was asked for cannot be written."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        raise UserError(self.env._("A change that was asked for is part of the history and cannot be deleted."))

    def action_tell_asked(self):
        """Tell who was asked; the dialog has saved the change before.

        :return: the action that shows it
        :rtype: dict
        """
        self.ensure_one()
        # whoever asks need not read tasks
        asked = self.sudo().activity_ids.user_id
        if asked:
            people = ", ".join(asked.mapped("name"))
            message = self.env._("%(people)s was asked. You will get a message.", people=people)
        else:
            message = self.env._("Nobody else can decide on it: all credit managers and administrators were told.")
        params = {"message": message, "model": self.res_model, "fields": list(json.loads(self.values or "{}"))}
        return {"type": "ir.actions.client", "tag": "credit_asked", "params": params}

    # -- deciding ------------------------------------------------------------------------------------

    def action_apply(self):
        """Apply changes that somebody else has asked for.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: for an own change, one that was decided, or one beyond one's authority
        """
        self._check_may_decide()
        # what two persons apply to one customer at the same moment is measured one after the other
        self.env["credit.profile"].union(*(change._get_profile()._origin for change in self))._lock()
        for change in self:
            refusal = change._get_refusal(self.env.user) or change._get_staleness()
            if refusal:
                raise UserError(refusal)
            change.sudo()._apply()  # the right to do it was checked above
        return True

    def action_reject(self):
        """Reject changes; everything stays as it is.

        :raise AccessError: without the rights of a credit manager
        :raise UserError: for a change that was decided already
        """
        self._check_may_decide()
        self.sudo()._set_decided("rejected")  # the state is written by the buttons only
        return True

    def _check_may_decide(self):
        if not self.env.user.has_group("credit_management.group_credit_manager"):
            raise AccessError(self.env._("Only credit managers decide on changes that loosen a credit check."))
        self.check_access("read")
        if any(change.state != "waiting" for change in self):
            raise UserError(self.env._("This change was decided already."))

    def _get_refusal(self, user):
        """Return why a user may not apply this change, or an empty string."""
        files = self._get_files()
        if user in self._get_profiting():
            return self._get_own_refusal(user) or self._get_elsewhere_refusal(user, files)
        refusals = (
            self.env["credit.authority"]._get_refusal(user, file, amount, kind)
            for file in files
            for kind, amount in self._get_claims_in(file.company_id).items()
        )
        return self._get_elsewhere_refusal(user, files) or next(filter(None, refusals), "")

    def _get_elsewhere_refusal(self, user, files):
        """Return that it acts where a user does not work, or an empty string."""
        elsewhere = [file.company_id for file in files if file.company_id not in user.company_ids._credit_company()]
        if not elsewhere:
            return ""
        return self.env._(
            "It acts in %(companies)s, where you do not work. Somebody who works in all companies where it acts "
            "has to apply it.",
            companies=", ".join(company.sudo().name for company in elsewhere),  # named to whoever decides
        )

    def _get_staleness(self):
        """Return that what should change is no longer what it was when it was asked for, or an empty string."""
        before, record = json.loads(self.values_before or "{}"), self._get_record()
        now = json.loads(record._credit_get_before(before)) if before and record else before
        moved = [name for name in before if before[name] != now[name]]
        if not moved:
            return ""
        return self.env._(
            "%(record)s has changed since this was asked for: %(field)s is %(value)s now. Reject it; it can be asked "
            "for again.",
            record=self.record_name,
            field=record._fields[moved[0]]._description_string(self.env),
            value=record._credit_get_text(moved[0]) or "–",
        )

    def _get_profiting(self):
        """Return who asked, and whose own sales or authority it is about: they decide nothing."""
        values = json.loads(self.values or "{}")
        return self.requester_id | self._get_subject()._credit_get_gaining(self.operation, values)

    @api.model
    def _get_model(self, name):
        """Return a model without the defaults of the caller's context: they are the change's, or somebody's idea."""
        return self.env[name].with_context(clean_context(self.env.context))

    def _get_record(self):
        """Return the record that is to change, empty when it is a new one or gone."""
        model = self._get_model(self.res_model).sudo()  # whoever decides need not open it
        return model.browse(self.res_id).exists() if self.res_id else model

    def _get_subject(self):
        """Return the record that is to change, or the new one, in memory."""
        record = self._get_record()
        return record.new(json.loads(self.values or "{}")) if self.operation == "create" else record

    def _get_profile(self):
        """Return the credit file that the change is about: authorities may be for some ratings only."""
        found = self._get_subject()._credit_get_file()._origin
        return found or found.new({"company_id": (self.company_id or self.env.company).id})

    def _get_approvers(self):
        """Return who decides on changes where this one acts, besides its author, whatever their authority."""
        managers = self.env["res.company"]._credit_get_approvers() - self._get_profiting()
        return managers.filtered(
            lambda user: not self.company_id or self.company_id in user.company_ids._credit_company()
        )

    def _get_able(self):
        """Return who could apply this change now, besides its author."""
        return self._get_approvers().filtered(lambda user: not self._get_refusal(user))

    def _apply(self):
        """Do what was asked for, past the question for a second person: that was this."""
        record, values = self._get_record(), json.loads(self.values or "{}")
        if self.operation == "create":
            record.create(values)  # decided by two persons
        elif not record:
            raise UserError(self.env._("What should change is gone."))
        elif self.operation == "write":
            record.write(values)
        else:
            record.unlink()
        self._set_decided("applied")

    def _set_decided(self, state):
        self.write({"state": state, "approver_id": self.env.uid, "date_decided": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        for change in self:
            change.message_post(
                body=dict(self._fields["state"]._description_selection(self.env))[state],
                partner_ids=change.requester_id.partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )

    def _tell_on_record(self):
        """Say on the record itself that a change of it waits, where it has messages."""
        record = self._get_record()
        if self.operation == "write" and "message_ids" in record._fields:
            record.message_post(
                body=self.env._(
                    "%(user)s asks a second person: %(changes)s.", user=self.requester_id.name, changes=self.summary
                ),
                author_id=self.requester_id.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )

    def _schedule_for_approver(self):
        """Give a task to somebody who may apply the change; administrators come last. Without anybody, tell all."""
        able = self._get_able().sorted(lambda user: (user.has_group("base.group_system"), user.id))
        if able:
            told = self.sudo().with_context(lang=able[0].lang or self.env.lang)  # the approver's task
            summary = told.env._("Decide on the change of %(record)s", record=told.record_name)
            told.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=able[0].id)
        else:
            self._tell_alone()


class ResCompany(models.Model):
    _inherit = "res.company"

    credit_second_person = fields.Selection(
        [("required", "A second person applies it"), ("told", "It is done at once, and told")],
        "What Loosens a Check",
        required=True,
        default="told",
        help="What happens when somebody raises a limit, an authority or a threshold, or takes a customer or an order "
        "out of the checks. Told: all credit managers and administrators get a message. Both are logged.",
    )

    @api.model
    def _credit_get_approvers(self):
        """Return the users who may apply what loosens a check and are here."""
        managers = self.env.ref("credit_management.group_credit_manager").sudo().all_user_ids  # whoever asks
        active = managers.filtered("active")
        return active - self.env["credit.substitute"]._get_absent(active)

    def _credit_get_witnesses(self):
        """Return who is told of what one person loosens alone: credit managers and administrators."""
        groups = ("credit_management.group_credit_manager", "base.group_system")
        # whoever makes a change need not read groups
        people = self.env["res.users"].union(*(self.env.ref(name).sudo().all_user_ids for name in groups))
        return people.filtered(lambda user: user.active and (not self or self & user.company_ids._credit_company()))
