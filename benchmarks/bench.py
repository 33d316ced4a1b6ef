"""What the operations work with: the database with the add-on, and its twin without."""

from .measure import Variant


class Bench:
    """Two environments: `env` with the add-on, `core` on the same data without it."""

    def __init__(self, env, core):
        """Look up which accounts are receivable: the floor takes them as a parameter."""
        self.env, self.core = env, core
        accounts = env["account.account"].with_context(active_test=False)
        self.accounts = accounts.search([("account_type", "=", "asset_receivable")]).ids
        self._switch_compiler_off()

    def _switch_compiler_off(self):
        """The floor runs without PostgreSQL's compiler, as we do: with it, it would be many times slower."""
        self.env.cr.execute("SET SESSION jit = off")
        self.env.cr.commit()  # a rollback would take the setting back

    def partner(self, number):
        """Return the customer with a number of the generator."""
        return self.env["res.partner"].search([("ref", "=", f"BENCH-{number}")])

    def contacts(self, number):
        """Return the ids of a customer and of its contacts."""
        return self.env["res.partner"].search([("commercial_partner_id", "=", self.partner(number).id)]).ids

    def orders(self, env, numbers):
        """Return the quotations to be confirmed of customers."""
        names = [f"BENCH-CONFIRM-{number}" for number in numbers]
        return env["sale.order"].search([("client_order_ref", "in", names)])

    def sql(self, *statements, **parameters):
        """Return a variant that runs plain SQL and fetches what it gives."""

        def action():
            for statement in statements:
                self.env.cr.execute(statement, {"accounts": self.accounts, **parameters})
                self.env.cr.fetchall()

        return Variant(self.env.cr, action)

    def write_sql(self, statement):
        """Return a variant that writes by plain SQL; it is undone."""
        return self.write(self.env, lambda: self.env.cr.execute(statement, {"accounts": self.accounts}))

    def read(self, action):
        """Return a variant that reads through the ORM, with empty caches."""
        return Variant(self.env.cr, action, before=self.env.invalidate_all)

    def write(self, env, action):
        """Return a variant that writes; what is pending is flushed in the time, then undone."""

        def whole():
            action()
            env.cr.flush()

        def undo():
            env.cr.rollback()
            env.invalidate_all()

        return Variant(env.cr, whole, before=env.invalidate_all, after=undo)
