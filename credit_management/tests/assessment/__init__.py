from . import (
    test_assessment,
    test_assessment_alone,
    test_assessment_lists,
    test_conditions,
    test_review,
    test_review_alone,
    test_timeline,
)
