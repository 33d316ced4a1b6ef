from . import credit_scorecard_look_back
