"""The statement of a credit group: what each member owes, told to one of them. Off unless the company wants it."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CreditStatement(models.Model):
    _inherit = "credit.statement"

    @api.model
    def _make_of_group(self, group, member, company, kind, date, date_from=False):
        """Make the statement of a credit group, for one of its members.

        :param group: `credit.group`
        :param member: who gets it (`res.partner`)
        :raise UserError: where the company tells no member of the others' debts, or there is nothing to tell
        """
        self.check_access("write")
        group.check_access("read")
        self._check_group_is_wanted(company, group)
        partners = group._get_members(company)
        if member not in partners:
            raise UserError(self.env._("Choose a member of %(group)s: it gets the statement.", group=group.name))
        self._check_period(company, kind, date, date_from)
        partners.check_access("read")
        rows = self._read_lines(partners, company, kind, date, date_from)
        lines = [{**line, "member_id": partner.id} for partner in partners for line in rows.get(partner.id, ())]
        if not lines:
            raise UserError(self._get_nothing_text(partners, company, kind, date))
        return self._keep(company, [self._prepare(member, company, kind, date, date_from, lines, group_id=group.id)])

    @api.model
    def _check_group_is_wanted(self, company, group):
        if not company.sudo().credit_is_group_statement:  # whoever makes statements need not read settings
            raise UserError(
                self.env._(
                    "%(company)s tells no customer what others owe: the statement of %(group)s would show its members "
                    "each other's debts. Where they have agreed to that, an administrator switches on “Statements of "
                    "Credit Groups” in the settings of Credit Management.",
                    company=company.sudo().name, group=group.name,  # see above
                )
            )

    def _check_group_is_stated(self):
        """Refuse to send what the company does not want to tell any more."""
        for statement in self.filtered("group_id"):
            self._check_group_is_wanted(statement.company_id, statement.group_id)

    def _get_group_totals(self, parts):
        """Return ``[(currency, total)]`` of all members together; nothing where there is one customer."""
        currencies = list(dict.fromkeys(part.currency for part in parts)) if self.group_id else []
        return [
            (currency, currency.round(sum(part.total for part in parts if part.currency == currency)))
            for currency in currencies
        ]


class CreditGroup(models.Model):
    _inherit = "credit.group"

    is_statement_offered = fields.Boolean(
        compute="_compute_is_statement_offered", help="The company wants statements of credit groups."
    )

    @api.depends_context("company")
    def _compute_is_statement_offered(self):
        self.is_statement_offered = self.env.company._credit_company().credit_is_group_statement

    def _get_members(self, company):
        """Return the customers of the group that have a file in a company."""
        return self.profile_ids.filtered(lambda profile: profile.company_id == company).partner_id

    def action_make_statement(self):
        """Open the dialog that makes the statement of the group."""
        self.ensure_one()
        company = self.env.company._credit_company()
        Statement = self.env["credit.statement"]
        Statement._check_group_is_wanted(company, self)
        partners = self._get_members(company)
        action = Statement._get_make_action(partners)
        return {
            **action, "name": self.env._("Statement of %(group)s", group=self.name),
            "context": {**action["context"], "default_group_id": self.id, "default_member_id": partners[:1].id},
        }
