from . import (
    test_authority,
    test_customer_moves,
    test_hold_wizards,
    test_policy_effect,
    test_exposure,
    test_exposure_items,
    test_exposure_sameness,
    test_gate,
    test_gate_invoices,
    test_portal,
    test_portal_payment,
    test_tour,
)
