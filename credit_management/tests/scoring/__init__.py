from . import test_score_job, test_scorecards, test_scores
