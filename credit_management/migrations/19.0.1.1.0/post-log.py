"""Decisions become rows of the log, under their numbers; names become text."""

from odoo import SUPERUSER_ID, api


def words(column):
    """Return SQL for a text of before as one that each reads in the own language, or else as it was."""
    return f"CASE WHEN {column} <> '' THEN jsonb_build_object('en_US', {column}) END"


# what the upgrade itself has written comes after them
MOVE_ASIDE = "UPDATE credit_log SET id = id + (SELECT COALESCE(max(id), 0) FROM credit_decision_old)"
COPY = f"""
    INSERT INTO credit_log (
        id, date, kind, person_ref, company_ref, company_name, currency_ref, customer_ref, customer_name, res_model,
        res_id, document_name, checkpoint, verdict, policy_name, exemption, amount, amount_exposure_before,
        amount_exposure_after, limit_name, amount_limit, amount_over, findings, facts)
    SELECT d.id, d.create_date, 'check', d.create_uid, d.company_id, c.name, c.currency_id, p.partner_id, customer.name,
           d.res_model, d.res_id, {words("d.document_name")}, d.checkpoint, d.verdict, {words("d.policy_name")},
           d.exemption, d.amount, d.amount_exposure_before, d.amount_exposure_after,
           CASE WHEN d.facts -> 'limit' ->> 'kind' = 'amount' THEN customer.name END, d.amount_limit, d.amount_over,
           d.findings, d.facts
      FROM credit_decision_old d
      LEFT JOIN res_company c ON c.id = d.company_id
      LEFT JOIN credit_profile p ON p.id = d.profile_id
      LEFT JOIN res_partner customer ON customer.id = p.partner_id
     ORDER BY d.id
"""
NAMES = """
    INSERT INTO credit_log_person (person_ref, name)
    SELECT DISTINCT d.create_uid, COALESCE(p.name, u.login)
      FROM credit_decision_old d JOIN res_users u ON u.id = d.create_uid LEFT JOIN res_partner p ON p.id = u.partner_id
    ON CONFLICT (person_ref) DO NOTHING
"""
HOLDS = """
    UPDATE credit_hold h SET decision_id = d.id, findings = d.findings
      FROM credit_decision_old d WHERE d.id = h.decision_old_id
"""


def migrate(cr, version):
    """Copy the decisions, and give the holds their checks back."""
    cr.execute("SELECT to_regclass('credit_decision_old')")
    if not cr.fetchone()[0]:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    with env["credit.log"]._lift("19.0.1.1.0: decisions became rows of the log"):
        for statement in (MOVE_ASIDE, COPY, NAMES, HOLDS, "ALTER TABLE credit_hold DROP COLUMN decision_old_id"):
            cr.execute(statement)
        cr.execute("SELECT setval('credit_log_id_seq', (SELECT COALESCE(max(id), 1) FROM credit_log))")
    env.invalidate_all()
