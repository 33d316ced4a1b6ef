"""What is known of a customer, asked by the name of a factor."""

from datetime import timedelta

from ..common import CreditCommon


class FactorCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(10_000)
        cls.profile = cls.profile_of(cls.customer)

    def read(self, *names, day=None, partner=None):
        """Return the values of factors, rounded to two digits; None where there is no data."""
        profile = self.profile_of(partner or self.customer)
        found = self.env["credit.factor"]._read(profile, day or self.today, names)[profile.id]
        values = [found[name].value for name in names]
        return [round(value, 2) if isinstance(value, float) else value for value in values]

    def reason_of(self, name, day=None):
        return self.env["credit.factor"]._read(self.profile, day or self.today, [name])[self.profile.id][name].reason

    def days_ago(self, days):
        return self.today - timedelta(days=days)

    def make_old(self, amount, days_ago, days_due=0, **values):
        """Create an invoice of some days ago, due so many days after it."""
        day = self.days_ago(days_ago)
        return self.make_invoice(
            self.customer, amount, invoice_date=day, invoice_date_due=day + timedelta(days=days_due), **values
        )

    def settle(self, invoice, days_ago, amount=None, **values):
        values |= {"amount": amount} if amount else {}
        return self._register_payment(invoice, payment_date=self.days_ago(days_ago), **values)
