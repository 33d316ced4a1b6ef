"""Which company grants the credit: a company and its branches are one legal company (一个法人).

Credit belongs to the root of a tree of companies: the files of customers, policies, limits, authorities, the day and
what is counted. Documents belong to whichever company of the tree; what is owed to one of them is owed to the whole.
"""

from odoo import api, models, tools
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    @tools.ormcache()
    def _credit_get_roots(self):
        """Return ``{company id: id of its root}`` of all companies. A company never changes its place in the tree."""
        # documents of a company that was archived are still owed to it
        companies = self.sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all
        return {company.id: company.root_id.id for company in companies}

    def _credit_company(self):
        """Return the companies that grant the credit of these companies' documents: their roots."""
        roots = self._credit_get_roots()
        return self.browse(dict.fromkeys(roots.get(number, number) for number in self._origin.ids))

    def _credit_get_tree(self):
        """Return these companies with their branches, archived ones too: whose documents their credit is used by."""
        return self.browse(number for number, root in self._credit_get_roots().items() if root in self._origin.ids)

    @api.model
    def _credit_company_sql(self, company):
        """Return SQL for the company that grants the credit of a document.

        Where there are no branches it is the column itself. Else a list of roots by the number of the company: the
        rows of a source are many, and PostgreSQL looks such a list up faster than it joins a table.

        :param SQL company: the column with the company of the document
        """
        roots = self._credit_get_roots()
        if all(company_id == root_id for company_id, root_id in roots.items()):
            return company
        listed = [roots.get(number, number) for number in range(1, max(roots) + 1)]
        return SQL("COALESCE((%s::int[])[%s], %s)", listed, company, company)

    def _credit_check_is_whole(self):
        """Refuse a branch where a whole company is meant.

        :raise ValidationError: naming the company of the branch
        """
        for branch in self.sudo():  # whoever writes a branch need not see its company
            company = branch._credit_company()
            if branch != company:
                raise ValidationError(
                    self.env._(
                        "%(branch)s is a branch of %(company)s. The two are one legal company, with one credit file of "
                        "each customer, one policy and one limit: choose %(company)s.",
                        branch=branch.name,
                        company=company.name,
                    )
                )

    # -- what is set up ----------------------------------------------------------------------------

    @api.model
    def _credit_get_settings(self):
        """Return the names of what is set up for credit: it is the company's, its branches follow.

        Not among core's delegated fields: those fail where two of them are written at once.
        """
        return [name for name, field in self._fields.items() if name.startswith("credit_") and field.store]

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new branch has what is set up in its company."""
        for vals in vals_list:
            if vals.get("parent_id"):
                company = self.browse(vals["parent_id"])._credit_company().sudo()  # a branch follows, whoever makes it
                vals.update(company._convert_to_write({name: company[name] for name in self._credit_get_settings()}))
        companies = super().create(vals_list)
        self.env.registry.clear_cache()  # core clears before: another thread may have read the tree meanwhile
        return companies

    def write(self, vals):
        """Override of `base`: what is set up in a company is set up in its branches."""
        result = super().write(vals)
        settings = {name: vals[name] for name in self._credit_get_settings() if name in vals}
        branches = self._credit_get_tree() - self
        if settings and branches:
            branches.sudo().write(settings)  # whoever may write the company
        return result

    @api.constrains(lambda self: self._credit_get_settings())
    def _check_credit_settings(self):
        for branch in self.sudo():  # as for `_credit_check_is_whole`
            company = branch._credit_company()
            if any(branch[name] != company[name] for name in self._credit_get_settings()):
                raise ValidationError(
                    self.env._(
                        "%(branch)s is a branch of %(company)s: credit is set up in %(company)s, for its branches too.",
                        branch=branch.name,
                        company=company.name,
                    )
                )
