"""The dunning level is worked out: one that was typed is kept, as a level that somebody has set, without an end."""


def migrate(cr, version):
    """Rename the column of the typed level, and say that it counts; the old limits of the number go with it."""
    cr.execute(
        "SELECT FROM information_schema.columns WHERE table_name = 'credit_profile' AND column_name = 'dunning_level'"
    )
    if not cr.rowcount:
        return
    cr.execute(
        """
        ALTER TABLE credit_profile RENAME COLUMN dunning_level TO dunning_level_set;
        ALTER TABLE credit_profile DROP CONSTRAINT IF EXISTS credit_profile_dunning_level_in_range;
        ALTER TABLE credit_profile ADD COLUMN is_dunning_level_set boolean;
        UPDATE credit_profile SET is_dunning_level_set = TRUE WHERE dunning_level_set > 0;
        """
    )
