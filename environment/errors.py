"""Failures that are told to the user in one sentence."""


class SetupError(Exception):
    """Something the user can act on; its text is printed without a traceback."""
