"""What versions before 19.0.1.1.0 kept in branches becomes their company's: nothing loosens by it.

Files are joined as those of merged customers are: the one that stays keeps the stricter of both, and every row. Where
no one can say which of two is stricter (policies) the company's stays, and *Setting Up* asks somebody to look.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..change.measures import TIGHTER


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    is_joined = fields.Boolean(
        "Joined With a Branch's",
        readonly=True,
        copy=False,
        help="At the upgrade the file of a branch was joined to this one, and the two had another policy or group.",
    )

    @api.model
    def _join_branches(self):
        """Bring files, policies, authorities and settings of branches to their companies."""
        branches = self.env["res.company"].with_context(active_test=False).search([("parent_id", "!=", False)])
        if not branches:
            return
        branches._credit_join_settings()
        self.env["credit.policy"]._join_branches(branches)
        self.env["credit.authority"]._join_branches(branches)
        Profile = self.with_context(active_test=False)
        there = Profile.search([("company_id", "in", branches.ids)])
        every = Profile.search([("partner_id", "in", there.partner_id.ids)], order="id")
        for profiles in every.grouped(lambda file: (file.partner_id, file.company_id._credit_company())).values():
            if profiles & there:
                profiles._join_files()
        self._move_to_company()
        branches.root_id._credit_share_core_limits()

    def _join_files(self):
        """Join the files of one customer in the companies of one tree: that of the root stays, else the first."""
        kept = self.filtered(lambda profile: profile.company_id == profile.company_id._credit_company()) or self[:1]
        others = self - kept
        differing = others.filtered(lambda file: file.policy_id != kept.policy_id or file.group_id != kept.group_id)
        company = kept.company_id._credit_company()
        # not written: nobody hands a file to another company, and it is the same one
        self.env.cr.execute(SQL("UPDATE credit_profile SET company_id = %s WHERE id = %s", company.id, kept.id))
        self.env.invalidate_all()
        for profile in others:
            profile._merge_file(kept)
        kept.is_joined = bool(differing)

    @api.model
    def _move_to_company(self):
        """Write the company of the file on whatever names both: holds, releases, requests, promises, figures."""
        self.env.flush_all()
        for Model, field in self._get_references():
            own = Model._fields.get("company_id")
            if field.type == "many2one" and own and own.store:
                self.env.cr.execute(
                    SQL(
                        """
                        UPDATE %(table)s t SET company_id = p.company_id FROM credit_profile p
                         WHERE p.id = t.%(file)s AND t.company_id <> p.company_id
                        """,
                        table=SQL.identifier(Model._table),
                        file=SQL.identifier(field.name),
                    )
                )
        self.env.invalidate_all()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _credit_join_settings(self):
        """Give branches what is set up in their companies, which take over what was tighter in a branch."""
        settings = self._credit_get_settings()
        measures = {name: measure for name, measure in self._credit_get_loosening().items() if name in settings}
        said = [(branch._credit_company(), name, branch[name]) for branch in self for name in measures]
        for company, branches in self.grouped(lambda branch: branch._credit_company()).items():
            branches.write(company._convert_to_write({name: company[name] for name in settings}))
        for company, name, value in said:
            after = company.new({name: value}, origin=company)
            if company[name] != value and measures[name](company, after) is TIGHTER:
                company.write({name: value})


class CreditPolicy(models.Model):
    _inherit = "credit.policy"

    branch_id = fields.Many2one(
        "res.company",
        "Was the Branch's",
        readonly=True,
        copy=False,
        help="The branch that the policy was made for, before policies were of whole companies.",
    )

    @api.model
    def _join_branches(self, branches):
        """Make policies of branches their companies': where another one is on there, off until somebody decides."""
        for policy in self.with_context(active_test=False).search([("company_id", "in", branches.ids)], order="id"):
            company = policy.company_id._credit_company()
            rivals = self.search_count([("state", "=", "on"), ("company_id", "in", [company.id, False])], limit=1)
            # not written: what such a policy holds is not to be freed by an upgrade
            self.env.cr.execute(
                SQL(
                    "UPDATE credit_policy SET branch_id = company_id, company_id = %s, state = %s WHERE id = %s",
                    company.id,
                    "draft" if rivals else policy.state,
                    policy.id,
                )
            )
            self.env.invalidate_all()
        self._clear_snapshots()

    @api.model
    def _get_of_branches_domain(self, company):
        """Return the condition of a company's policies that were a branch's and wait for somebody's word."""
        return [("company_id", "=", company.id), ("branch_id", "!=", False), ("state", "=", "draft")]


class CreditAuthority(models.Model):
    _inherit = "credit.authority"

    @api.model
    def _join_branches(self, branches):
        """Make authorities of branches their companies': where the company has some they are archived, which
        lets nobody decide on more than before."""
        there = self.with_context(active_test=False).search([("company_id", "in", branches.ids)], order="id")
        for company, authorities in there.grouped(lambda authority: authority.company_id._credit_company()).items():
            has_own = bool(self.search_count([("company_id", "in", [company.id, False])], limit=1))
            authorities.write({"company_id": company.id, **({"active": False} if has_own else {})})
