from . import (
    credit_loosening,
    credit_asked,
    credit_control,
    credit_change,
    credit_change_measured,
    credit_alone,
    credit_loosening_fields,
    credit_loosening_facts,
    credit_exemption,
)
