"""What an administrator does to the checks themselves is in the log: who decides, which jobs and rules work, what goes.

Nothing here is refused: an administrator may. What data files write is no person's act.
"""

import contextlib
import contextvars

from odoo import api, models

from .words import in_every_language

OURS = "credit_management"  # in the name of each of our add-ons
DECIDERS = ("group_credit_manager", "group_credit_controller")
PEOPLE = {"group_ids", "user_ids", "implied_ids", "implied_by_ids", "active", "company_ids"}
BY_SCHEDULER = {"nextcall", "lastcall", "failure_count", "first_failure_date"}
STARTER = contextvars.ContextVar("who started a job by hand", default=None)  # it runs on another cursor, as the system


class CreditLog(models.Model):
    _inherit = "credit.log"

    @api.model
    def _append_acts(self, acts):
        """Add a row for each ``(record, field, before, after, verdict)``."""
        self.sudo()._append(  # the log is written for everybody, and by nobody else
            [
                {
                    "kind": "change",
                    "res_model": record._name,
                    "res_id": record.id,
                    "document_name": in_every_language(record.sudo(), lambda told: told.display_name),
                    "field_name": in_every_language(record, lambda told, name=name: _get_label(told, name)),
                    "value_before": before,
                    "value_after": after,
                    "verdict": verdict,
                }
                for record, name, before, after, verdict in acts
            ]
        )

    @api.model
    def _is_persons_act(self):
        """Tell whether somebody acts: no module is being loaded, and ours is not on its way out."""
        if not self.env.registry.ready:
            return False
        leaving = [("name", "=", OURS), ("state", "in", ["to remove", "uninstalled"])]
        return not self.env["ir.module.module"].sudo().search_count(leaving, limit=1)  # whoever acts

    # -- who decides -------------------------------------------------------------------------------

    @api.model
    @contextlib.contextmanager
    def _noting_people(self):
        """Note who becomes and who ceases to be a controller or a manager by what happens inside."""
        if not self._is_persons_act():
            yield
            return
        before = self._get_deciders()
        names = {user: user.name for people in before.values() for user in people}  # of whoever is deleted, too
        with self._noting_deciders():
            yield
        acts = []
        for group, people in self._get_deciders().items():
            acts += [(group, "user_ids", "", user.name, "looser") for user in people - before[group]]
            acts += [(group, "user_ids", names[user], "", "tighter") for user in before[group] - people]
        self._append_acts(acts)

    @api.model
    @contextlib.contextmanager
    def _noting_deciders(self):
        """Note who could decide before what happens inside, and who can after it.

        Hook: room `setup` knows who decides.
        """
        yield

    @api.model
    def _get_deciders(self):
        """Return ``{group: its active users}``, whoever may see them."""
        # whoever may see them
        groups = [self.env.ref(f"{OURS}.{name}").sudo() for name in DECIDERS]
        return {group: group.all_user_ids.filtered("active") for group in groups}

    # -- what is removed ---------------------------------------------------------------------------

    @api.model
    @contextlib.contextmanager
    def _lift(self, reason):
        """Override: where somebody started the job by hand, the row is theirs."""
        starter = STARTER.get()
        with super(CreditLog, self.with_user(starter).sudo() if starter else self)._lift(reason):  # as it was
            yield


class CreditPeople(models.AbstractModel):
    _name = "credit.people"
    _description = "What Says Who Decides on Credit"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to note who may decide."""
        with self.env["credit.log"]._noting_people():
            return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: see `create`."""
        if not PEOPLE & vals.keys():
            return super().write(vals)
        with self.env["credit.log"]._noting_people():
            return super().write(vals)

    def unlink(self):
        """Override of `base`: a group that goes may be what made managers of its users."""
        with self.env["credit.log"]._noting_people():
            return super().unlink()


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "credit.people"]


class ResGroups(models.Model):
    _name = "res.groups"
    _inherit = ["res.groups", "credit.people"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "credit.people"]


class CreditMachinery(models.AbstractModel):
    _name = "credit.machinery"
    _description = "What Makes the Checks Work"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to note what is added to the machinery of credit."""
        records = super().create(vals_list)
        added = records._credit_get_ours()
        self.env["credit.log"]._append_acts([(one, "", "", one._credit_get_own_words(), None) for one in added])
        return records

    def write(self, vals):
        """Override of `base` to note what is changed of it."""
        names = [name for name in vals if name in self._fields and not self._fields[name].inherited]
        ours = self._credit_get_ours() if {*names} - BY_SCHEDULER else self.browse()
        before = {record: record._credit_get_texts(names) for record in ours}
        result = super().write(vals)
        self.env["credit.log"]._append_acts(
            [
                (record, name, texts[name], after, None)
                for record, texts in before.items()
                for name, after in record._credit_get_texts(names).items()
                if after != texts[name] and name not in BY_SCHEDULER
            ]
        )
        return result

    def unlink(self):
        """Override of `base` to note what is taken away from it."""
        ours = self._credit_get_ours()
        self.env["credit.log"]._append_acts([(one, "", one._credit_get_own_words(), "", None) for one in ours])
        return super().unlink()

    def _credit_get_ours(self):
        """Return those of these records that are ours, or about a model of ours, where somebody acts."""
        if not self or not self.env["credit.log"]._is_persons_act():
            return self.browse()
        named = [("model", "=", self._name), ("res_id", "in", self.ids), ("module", "like", OURS)]
        ids = set(self.env["ir.model.data"].sudo().search(named).mapped("res_id"))  # whoever acts
        return self.filtered(lambda record: record.id in ids or (record.model_id.model or "").startswith("credit."))

    def _credit_get_own_words(self):
        return in_every_language(self, lambda told: told.display_name)

    def _credit_get_texts(self, names):
        """Return ``{field: its value in words}``."""
        return {name: in_every_language(self, lambda told, name=name: _get_text(told[name])) for name in names}


class IrCron(models.Model):
    _name = "ir.cron"
    _inherit = ["ir.cron", "credit.machinery"]

    def method_direct_trigger(self):
        """Override of `base` to note who starts a job of ours by hand."""
        ours = self._credit_get_ours()
        now = in_every_language(self, lambda told: told.env._("Started by hand"))
        self.env["credit.log"]._append_acts([(record, "", "", now, None) for record in ours])
        token = STARTER.set(self.env.uid)
        try:
            return super().method_direct_trigger()
        finally:
            STARTER.reset(token)


class IrRule(models.Model):
    _name = "ir.rule"
    _inherit = ["ir.rule", "credit.machinery"]


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["ir.model.access", "credit.machinery"]


class IrActionsServer(models.Model):
    _name = "ir.actions.server"
    _inherit = ["ir.actions.server", "credit.machinery"]


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Override of `base` to note that a bridge goes, and its checks with it."""
        result = super().button_uninstall()
        leaving = (self + self.downstream_dependencies()).filtered(lambda module: OURS in module.name)
        if OURS not in leaving.mapped("name"):  # the log goes with it
            gone = in_every_language(self, lambda told: told.env._("Uninstalled"))
            self.env["credit.log"]._append_acts([(module, "", module.name, gone, "looser") for module in leaving])
        return result


def _get_label(record, name):
    """Return what a field is called, or the model where none is named."""
    return record._fields[name]._description_string(record.env) if name else record._description


def _get_text(value):
    return ", ".join(value.mapped("display_name")) if isinstance(value, models.BaseModel) else str(value)
