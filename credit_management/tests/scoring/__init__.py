from . import test_retention, test_score_job, test_scorecards, test_scores
