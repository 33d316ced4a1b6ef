"""What a limit is, wherever one is granted: of which kind, and an amount that is a number."""

import math

from odoo.exceptions import ValidationError

LIMIT_TYPES = [("none", "No limit set up"), ("unlimited", "Unlimited"), ("amount", "Amount")]


def check_number(env, value):
    """Refuse an amount in letters with a sentence instead of Python's own.

    :raise ValidationError: when the value is not a number
    """
    try:
        is_number = math.isfinite(float(value or 0))
    except (TypeError, ValueError):
        is_number = False
    if not is_number:
        raise ValidationError(
            env._("'%(value)s' is not an amount. Enter the credit limit as a number.", value=value)
        )
