from . import test_retention, test_score_job, test_scorecards, test_scorecards_alone, test_scores
