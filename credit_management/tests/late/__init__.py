from . import test_late, test_late_invoice, test_late_order
