"""A dunning run of two weeks ago that was sent: who has paid, who has answered, and one that may have arrived."""

from datetime import datetime, time, timedelta

from odoo.tools.mail import generate_tracking_message_id

DAYS_AGO = 16
HOUR = time(8, 10)
ANSWERED, DAYS_ANSWERED = "bray", 3
ANSWER = "<p>Our bookkeeper is back on Monday and pays then. Sorry for the delay.</p>"
UNKNOWN = "tralee"
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
    partner = env.ref(f"credit_management_demo.customer_{UNKNOWN}")
    lost = notices.filtered(lambda notice: notice.partner_id == partner)
    lost._ask_whether_they_arrived()
    _send(notices - lost, datetime.combine(run.date, HOUR))
    run._update_state("done")
    _answer(env, notices - lost, today)


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


def _answer(env, notices, today):
    """One customer has answered some days ago."""
    partner = env.ref(f"credit_management_demo.customer_{ANSWERED}")
    notice = notices.filtered(lambda notice: notice.partner_id == partner)
    message = notice.message_post(
        body=ANSWER, body_is_html=True, message_type="email", author_id=partner.id, subtype_xmlid="mail.mt_comment"
    )
    day = today - timedelta(days=DAYS_ANSWERED)
    message.date = datetime.combine(day, HOUR)
    pause = timedelta(days=env.company.credit_days_answer)
    notice.write({"date_answered": day, "date_paused_to": day + pause})
