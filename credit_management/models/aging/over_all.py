"""Sums over all groups of a page, beside those of each group: PostgreSQL reads the open items once."""

from odoo.tools import SQL


class Sum(str):
    """The name of something that is summed up over all groups of a page, also over those that it does not show."""

    def __new__(cls, name, build):
        """Keep how its SQL is made.

        :param build: returns, for a function that gives the SQL of a field, the SQL
        """
        found = super().__new__(cls, name)
        found.build = build
        return found

    def sql(self, model, query):
        """Return its SQL in a query on the rows of a model."""
        return self.build(lambda name: model._field_to_sql(model._table, name, query))


def over_all(name, condition=None):
    """Return what sums up a field over all groups; only the rows of a condition, where there is one."""

    def build(field):
        rows = SQL(" FILTER (WHERE %s)", condition(field)) if condition else SQL()
        return SQL("(COALESCE(SUM(SUM(%s)%s) OVER (), 0))::float", field(name), rows)

    return build
