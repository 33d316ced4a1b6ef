"""Scores of half a year: of the first day of each month as it was, and of today."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

MONTHS = 6


def write(env, profiles, today):
    """Score every customer as of the first days of the last months, of two days ago, and of today: some got worse."""
    # the story is eighteen months long: a year ago everybody had traded for less than half a year
    env.ref("credit_management.scorecard_new").months_new = 3
    everybody = env["credit.profile"].union(*profiles.values())
    for months in range(MONTHS, 0, -1):
        everybody._credit_score(today + relativedelta(day=1, months=-months))
    everybody._credit_score(today - timedelta(days=2))
    everybody._credit_score(today)
