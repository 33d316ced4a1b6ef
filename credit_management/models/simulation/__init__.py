from . import (
    simulated,
    credit_profile_supposed,
    credit_document_asked,
    credit_scorecard_tried,
    credit_scorecard_simulated,
    credit_scorecard_foretold,
    credit_scorecard_kept,
)
