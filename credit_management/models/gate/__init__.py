from . import (
    credit_gate_mixin,
    credit_gate_buttons,
    credit_recheck,
    credit_watch,
    credit_panel,
    credit_profile_facts,
    credit_decision,
)
