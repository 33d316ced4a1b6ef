"""An accountant who has aged receivables mailed."""

from ..aging.common import AgingCommon


class ScheduleCommon(AgingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_accountant("aging-owner", name="Olga Owner")
        cls.reader = cls.env["res.partner"].create({"name": "Rita Reader", "email": "rita@reader.example"})
        cls.first, cls.second = cls.make_customer(name="AA First"), cls.make_customer(name="BB Second")
        for customer, amount in ((cls.first, 100), (cls.second, 300)):
            cls.make_invoice(customer, amount, invoice_date="2026-01-01", date="2026-01-01",
                             invoice_date_due="2026-05-01")
        cls.domain = [("partner_id", "in", (cls.first + cls.second).ids)]

    @classmethod
    def make_accountant(cls, login, **values):
        user = cls.make_user("biller", login=login, **values)
        user.group_ids += cls.env.ref("base.group_allow_export")
        user.email = f"{login}@us.example"
        return user

    def make_schedule(self, user=None, **values):
        schedules = self.env["credit.aging.schedule"].with_user(user or self.owner)
        made = schedules.create({
            "name": "For the management", "partner_ids": self.reader.ids, "domain": str(self.domain), **values
        })
        self.env.flush_all()  # its next day is found when it is made
        return made

    def run_job(self):
        self.run_cron("cron_mail_agings")

    def mailings(self, schedules):
        # as the job sees them: the test's user is not the one who reads
        return self.env["credit.aging.mailing"].sudo().search([("schedule_id", "in", schedules.ids)])
