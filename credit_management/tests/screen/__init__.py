from . import (
    test_aging_figures,
    test_asking,
    test_bar,
    test_component_list,
    test_branch_user,
    test_forms,
    test_invoice_standing,
    test_lists,
    test_portal,
    test_portal_payment,
    test_tour,
    test_trend,
)
