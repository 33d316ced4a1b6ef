"""A dunning run of two weeks ago that was sent: who has paid, who has answered, and one that may have arrived."""

from datetime import datetime, time, timedelta

from markupsafe import Markup
from odoo.tools.mail import generate_tracking_message_id

from .money import get_method, payment_values, settle

DAYS_AGO = 16
HOUR = time(8, 10)
ANSWERED, DAYS_ANSWERED = "bray", 3
ANSWER = Markup("<p>Our bookkeeper is back on Monday and pays then. Sorry for the delay.</p>")
UNKNOWN = "tralee"
PAID, DAYS_PAID = "tramore", 11
QUIETLY = {
    "tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True,
    "mail_activity_quick_update": True, "mail_auto_subscribe_no_notify": True,
}


def write(env, users, today):
    """Write the run, its notices and what became of them; nothing is sent to anybody."""
    env = env(context={**env.context, **QUIETLY})
    run = _prepare(env, users["accountant"], today - timedelta(days=DAYS_AGO))
    notices = run.notice_ids
    _make_ready(notices)
    run._update_state("sending")
    notices._update_state("sending")
    lost = _of(notices, UNKNOWN)
    lost._ask_whether_they_arrived()
    _send(notices - lost, datetime.combine(run.date, HOUR))
    run._update_state("done")
    _pay(env, _of(notices, PAID), today - timedelta(days=DAYS_PAID))
    _answer(_of(notices, ANSWERED), today - timedelta(days=DAYS_ANSWERED))


def _of(notices, customer):
    partner = notices.env.ref(f"credit_management_demo.customer_{customer}")
    return notices.filtered(lambda notice: notice.partner_id == partner)


def _prepare(env, user, day):
    """Return the run as it would have been prepared on that day."""
    run = env["credit.dunning.run"]
    number = env["ir.sequence"].next_by_code(run._name)
    run = run.create({"name": number, "company_id": env.company.id, "date": day, "user_id": user.id})
    run._update_state("preparing")
    run._write_down(run._decide())
    run._update_state("ready")
    return run


def _make_ready(notices):
    for notice in notices:
        notice.write({
            "name": notice._get_next_number(),
            "message_reference": generate_tracking_message_id(f"{notice.id}-credit.notice"),
        })
        notice._portal_ensure_token()
    notices._plan_email()


def _send(notices, moment):
    """Let notices have gone out at a moment; their invoices say so on that day."""
    notices._update_state("sent", date_sent=moment)
    notices.claim_ids._set_claimed()
    notices._mark_emails()
    Message = notices.env["mail.message"]
    last = Message.search([], order="id desc", limit=1).id
    notices._tell_documents()
    Message.search([("id", ">", last), ("model", "=", "account.move")]).write({"date": moment})


def _pay(env, notice, day):
    """The customer paid what the notice asked for; what is open is read as it is now, so it is written after it."""
    item = notice.line_ids.item_id
    values = payment_values(
        get_method(env, "transfer"), notice.partner_id, item.amount_residual_currency, item.currency_id, day, item.name
    )
    settle(env, env["account.payment"].create([values]), [item])


def _answer(notice, day):
    """The customer has answered on a day."""
    message = notice.message_post(
        body=ANSWER, message_type="email", author_id=notice.partner_id.id, subtype_xmlid="mail.mt_comment"
    )
    message.date = datetime.combine(day, HOUR)
    notice.write({
        "date_answered": day, "date_paused_to": day + timedelta(days=notice.company_id.credit_days_answer),
    })
