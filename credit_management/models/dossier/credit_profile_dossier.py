"""What a credit file says of the customer beside its figures: since when, by whom rated, by whom seen."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class CreditProfile(models.Model):
    _inherit = "credit.profile"

    date_business_start = fields.Date(
        "In Business Since", tracking=True, help="The day on which the customer began to trade, as a register says it."
    )
    date_customer_since = fields.Date(
        "Customer Since", tracking=True,
        help="Since when it buys from us, where that was before the first invoice in these books. Empty: since that. "
        "It is shown only: scores and limits count from the first invoice, which nobody can type.",
    )
    date_first_invoice = fields.Date(
        "First Invoice", compute="_compute_date_first_invoice", help="The first invoice to the customer in these books."
    )
    outside_rating_ids = fields.One2many(
        "credit.outside.rating", "profile_id", "Outside Ratings", groups="credit_management.group_credit_controller"
    )
    visit_ids = fields.One2many("credit.visit", "profile_id", "Visits and Interviews")

    def _compute_date_first_invoice(self):
        Move = self.env["account.move"].sudo()  # a fact of the profile, whoever may read invoices
        for company, profiles in self.grouped("company_id").items():
            domain = [
                ("commercial_partner_id", "in", profiles.partner_id.ids), ("company_id", "child_of", company.id),
                ("move_type", "=", "out_invoice"), ("state", "=", "posted"),
            ]
            found = dict(Move._read_group(domain, ["commercial_partner_id"], ["invoice_date:min"]))
            for profile in profiles:
                profile.date_first_invoice = found.get(profile.partner_id)

    def _get_customer_since(self):
        """Return since when the customer buys from us: as it was typed, else since the first invoice; or None."""
        self.ensure_one()
        return min(filter(None, (self.date_customer_since, self.date_first_invoice)), default=None)

    @api.constrains("date_business_start", "date_customer_since")
    def _check_dossier_dates(self):
        """A day that is to come is a slip of the pen."""
        for profile in self:
            today = profile.company_id._credit_today()
            for name in ("date_business_start", "date_customer_since"):
                profile._check_is_past(name, today)

    def _check_is_past(self, name, today):
        if self[name] and self[name] > today:
            raise ValidationError(
                self.env._(
                    "'%(field)s' of %(customer)s is %(day)s, which is to come. Enter the day on which it was.",
                    field=self._fields[name]._description_string(self.env), customer=self.display_name,
                    day=format_date(self.env, self[name]),
                )
            )

    def _get_latest_outside(self, day):
        """Return the newest outside rating of each source that counts on a day.

        :param day: the day
        """
        self.ensure_one()
        valid = self.outside_rating_ids.filtered(
            lambda rating: rating.date <= day and (not rating.date_to or rating.date_to >= day)
        ).sorted(lambda rating: (rating.date, rating.id), reverse=True)
        return valid.browse(ratings[:1].id for ratings in valid.grouped("source").values())
