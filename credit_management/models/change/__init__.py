from . import credit_loosening, credit_change, credit_loosening_fields, credit_loosening_facts, credit_exemption
