"""The job: what is due is read with the rights of the schedule's user, and goes out once per period."""

import io
import logging

import psycopg2
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .credit_aging_schedule import SWITCHES

_logger = logging.getLogger(__name__)


class CreditAgingSchedule(models.Model):
    _inherit = "credit.aging.schedule"

    @api.model
    def _cron_mail(self):
        """Mail what is due. A period goes out once: who has it is left out."""
        self._run_due()

    def action_send_now(self):
        """Mail it today as well, to those who got nothing today."""
        self.ensure_one()
        self.check_access("write")
        schedule = self.sudo()  # what was mailed to whom is written by the system; it reads with its user's rights
        schedule.lock_for_update()
        if lost := schedule._find_lost():
            raise UserError(self.env._("Nothing was sent. %(reason)s", reason=schedule._get_lost_text(lost)))
        day = self.company_id._credit_today()
        waiting = schedule._find_waiting(day)
        if not waiting:
            raise UserError(self.env._("All recipients of “%(schedule)s” got it today.", schedule=self.name))
        for lang, partners in waiting.grouped("lang").items():
            schedule._mail(partners, lang, day)
        return self._get_sent_notice(waiting)

    def _get_sent_notice(self, partners):
        names = ", ".join(partners.mapped("display_name"))
        text = self.env._("Put into the queue of e-mails to: %(names)s", names=names)
        return {
            "type": "ir.actions.client", "tag": "display_notification",
            "params": {"type": "success", "message": text, "next": {"type": "ir.actions.client", "tag": "soft_reload"}},
        }

    def _find_waiting(self, day):
        """Return the recipients who have an address and did not get what is due on a day."""
        done = self.env["credit.aging.mailing"].search([("schedule_id", "=", self.id), ("date", "=", day)]).partner_id
        reached = self.partner_ids.filtered(lambda partner: self.is_once or email_normalize(partner.email))
        return reached - done

    def _make_batch(self):
        """Override of the mixin: those of one language at a time. What cannot be made is told, and stops no other."""
        waiting = self._find_waiting(self.date_next)
        if not waiting:
            return False
        lang = waiting[0].lang
        try:
            with self.env.cr.savepoint():
                self._mail(waiting.filtered(lambda partner: partner.lang == lang), lang, self.date_next)
        except psycopg2.Error:
            raise  # the job is run again
        except UserError as error:
            self._note_failure(str(error))
            return False
        except Exception:
            _logger.exception("Aged receivables of schedule %s could not be made", self.id)
            self._note_failure(self.env._("An unexpected error: the administrator finds it in the server's log."))
            return False
        return True

    def _plan_next(self):
        """Override of the mixin: what was asked for once is done; who could not be reached is told."""
        if self.is_once:
            self.write({"active": False, "date_next": False})
            return
        if lost := self._find_lost():
            self._note_failure(self._get_lost_text(lost))
        super()._plan_next()

    def _note_failure(self, reason):
        """Tell the schedule's user, in the own language, what did not go out and why."""
        schedule = self.with_context(lang=self.user_id.lang)
        text = schedule.env._("Aged receivables were not mailed. %(reason)s", reason=reason)
        user = self.user_id.filtered("active")
        schedule.message_post(body=text, partner_ids=user.partner_id.ids)
        if user and not self.is_once:
            schedule.activity_schedule("mail.mail_activity_data_warning", user_id=self.user_id.id, note=text)

    # -- what goes out -------------------------------------------------------------------------------

    def _mail(self, partners, lang, day):
        """Make the files in a language and put them into e-mails, one to each recipient."""
        files = self._make_files(self._get_items(lang, day))
        for partner in partners:
            mailing = self.env["credit.aging.mailing"].create({
                "schedule_id": self.id, "date": day, "as_of": self._get_as_of(day), "partner_id": partner.id,
                "user_id": self.user_id.id,
            })
            mailing._attach(files)
            if self.is_once:
                mailing.with_context(lang=lang)._tell()
            else:
                mailing._send()

    def _get_items(self, lang, day):
        """Return the model of open items as the schedule's user would see them.

        :raise UserError: when that user is gone, or sees none of the companies any more
        """
        user, _ = self.user_id, self.env._
        if not user.active:
            raise UserError(_("%(user)s, with whose rights it is read, is archived. Whoever saves other recipients "
                              "takes over.", user=user.name))
        companies = (self.company_id & self.company_ids | self.company_ids) & user.company_ids
        if not companies:
            raise UserError(_("%(user)s, with whose rights it is read, works in none of its companies any more.",
                              user=user.name))
        context = {
            "lang": lang or user.lang, "tz": user.tz, "allowed_company_ids": companies.ids,
            "credit_aging_as_of": str(self._get_as_of(day)), "credit_aging_set": self.bucket_set_id.id,
            "credit_aging_basis": self.basis, **{f"credit_aging_{name}": self[name] for name in SWITCHES},
        }
        return self.env(user=user.id, su=False, context=context)["credit.open.item"]

    def _make_files(self, items):
        """Return ``[(name, content)]`` of the files that are wanted."""
        files, domain = [], self._get_domain()
        for kind in self._get_kinds():
            file = io.BytesIO()
            name = items._write_file(kind, file, list(domain), self.groupby)
            files.append((name, file.getvalue()))
        return files
