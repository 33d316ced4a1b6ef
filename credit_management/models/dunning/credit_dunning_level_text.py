"""What a notice of a level says and claims: its words in every language, what is attached, who gets a copy."""

from odoo import fields, models


class CreditDunningLevel(models.Model):
    _inherit = "credit.dunning.level"

    mail_template_id = fields.Many2one(
        "mail.template", "Words", domain="[('model', '=', 'credit.notice')]", ondelete="restrict",
        default=lambda self: self.env.ref("credit_management.mail_template_notice_normal_1", raise_if_not_found=False),
        help="What the notice says above its items, in the language of the customer: in the e-mail and in the letter. "
        "The items, what is claimed, and how to pay it follow by themselves.",
    )
    script = fields.Html(
        "What to Say", translate=True, help="For calls and visits: it stands in the task of whoever calls or visits."
    )
    is_notice_attached = fields.Boolean("Attach the Letter", default=True, help="The e-mail has the notice as a PDF.")
    is_invoices_attached = fields.Boolean(
        "Attach the Invoices", default=True, help="The e-mail has the invoices that it lists as PDFs."
    )
    is_salesperson_in_copy = fields.Boolean(
        "Copy to the Salesperson", help="The customer's salesperson gets a copy of the e-mail."
    )
    is_controller_in_copy = fields.Boolean(
        "Copy to the Credit Controller",
        help="Who collects from the customer gets a copy of the e-mail: the credit controller of its file, else of the "
        "company.",
    )
    interest_id = fields.Many2one(
        "credit.interest", "Interest", ondelete="restrict", domain="[('company_id', 'in', (False, company_id))]",
        help="The notice claims late-payment interest at these rates. Empty: none. What a notice before has claimed is "
        "not claimed again.",
    )
    is_compensation = fields.Boolean(
        "Fixed Compensation",
        help="The notice claims the fixed compensation that belongs to these rates, once for each invoice that is "
        "late, and never of consumers. The fee is claimed only as far as all reminders have cost more.",
    )

    def _get_defects(self):
        """Override: a level that writes needs words in the languages of its customers; a fee needs its account."""
        return super()._get_defects() + self._get_defects_of_words() + self._get_defects_of_claims()

    def _is_written(self):
        return self.is_email or self.is_letter or self.is_registered

    def _get_defects_of_words(self):
        template = self.sudo().mail_template_id  # whoever starts a run need not see templates
        if not self._is_written():
            return []
        values = {"level": self.display_name, "plan": self.plan_id.name}
        if not template:
            return [self.env._("“%(level)s” of plan “%(plan)s” has no words: choose a template.", **values)]
        missing = self._get_missing_languages()
        if not missing:
            return []
        return [
            self.env._(
                "The words of “%(level)s” of plan “%(plan)s” are not translated into %(languages)s, and customers read "
                "it. Translate the template “%(template)s”.",
                languages=", ".join(missing.mapped("name")), template=template.name, **values,
            )
        ]

    def _get_missing_languages(self):
        """Return the languages of customers into which the words, which are English at first, were not translated."""
        template = self.sudo().mail_template_id  # see above
        known = template._fields["body_html"]._get_stored_translations(template) or {}
        installed = self.env["res.lang"].search([("active", "=", True)])
        untold = installed.filtered(lambda lang: not lang.code.startswith("en") and lang.code not in known)
        return untold.filtered(
            # whether anybody reads it: nobody sees whose customer that is
            lambda lang: self.env["res.partner"].sudo().search_count(
                [("lang", "=", lang.code), ("customer_rank", ">", 0)], limit=1
            )
        )

    def _get_defects_of_claims(self):
        company = self.company_id or self.env.company._credit_company()
        found = []
        kinds = {"fee": self.amount_fee, "interest": self.interest_id, "compensation": self.is_compensation}
        for kind in filter(kinds.get, kinds):
            defect = company._credit_get_claim_defect(kind)
            if defect:
                found.append(self.env._(
                    "“%(level)s” of plan “%(plan)s” claims something, and %(defect)s", level=self.display_name,
                    plan=self.plan_id.name, defect=defect,
                ))
        defect = self.interest_id and self.interest_id._get_defect(company._credit_today())
        return [*found, defect] if defect else found
