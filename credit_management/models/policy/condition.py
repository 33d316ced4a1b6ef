"""Stored conditions on customers and orders: they say the same whoever asks."""

import ast

from odoo.exceptions import ValidationError


def get_names(condition):
    """Return the names that a condition uses beside its values.

    >>> get_names("[('name', '=', 'uid'), ('user_id', '=', uid)]")
    ['uid']
    """
    try:
        tree = ast.parse(condition or "[]", mode="eval")
    except SyntaxError:  # said when it is tried out
        return []
    return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})


def check_names(env, condition):
    """Refuse names in a condition: they would be those of the user who asks.

    :raise ValidationError: naming the first
    """
    names = get_names(condition)
    if names:
        raise ValidationError(
            env._(
                "A condition cannot use '%(name)s': a decision does not depend on who asks. Write days as text, for "
                "instance 'today -1d' or 'today +2w': today is then the day of the company.",
                name=names[0],
            )
        )
