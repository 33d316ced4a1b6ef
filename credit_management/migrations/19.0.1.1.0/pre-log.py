"""Decisions become rows of the log: their table is put aside, and kept for one version."""


def migrate(cr, version):
    """Rename the table of decisions, and remember which of them each hold names."""
    cr.execute("SELECT to_regclass('credit_decision')")
    if not cr.fetchone()[0]:
        return
    cr.execute(
        """
        ALTER TABLE credit_decision RENAME TO credit_decision_old;
        ALTER TABLE credit_hold DROP CONSTRAINT IF EXISTS credit_hold_decision_id_fkey;
        ALTER TABLE credit_hold ADD COLUMN decision_old_id integer;
        UPDATE credit_hold SET decision_old_id = decision_id, decision_id = NULL WHERE decision_id IS NOT NULL;
        """
    )
    # their rule is not updated, so Odoo would leave its name behind
    cr.execute(
        """
        DELETE FROM ir_rule r USING ir_model_data d
         WHERE d.module = 'credit_management' AND d.name = 'rule_credit_decision_company' AND r.id = d.res_id;
        DELETE FROM ir_model_data WHERE module = 'credit_management' AND name = 'rule_credit_decision_company';
        """
    )
