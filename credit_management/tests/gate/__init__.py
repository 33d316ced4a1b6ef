from . import (
    test_days,
    test_adversary,
    test_adversary_customers,
    test_adversary_defaults,
    test_adversary_invoices,
    test_adversary_links,
    test_adversary_records,
    test_check_log,
    test_contract,
    test_gate,
    test_gate_invoices,
    test_queries,
)
