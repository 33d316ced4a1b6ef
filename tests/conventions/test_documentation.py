"""What users and developers are told: docstrings, field help, no dead code."""

import ast

from source import (
    addon_python_files,
    class_value,
    fields_of,
    listed,
    model_classes,
    place,
)

# What a user reads as a figure, a date, a choice or a switch; a link to another record
# and a name explain themselves.
EXPLAINED = {"Monetary", "Float", "Integer", "Date", "Datetime", "Selection", "Boolean", "Json"}
SELF_EXPLAINING = {"active", "sequence", "color"}


def is_ours(node):
    """Tell whether a class defines or extends one of our own models."""
    names = [class_value(node, "_name"), class_value(node, "_inherit")]
    flat = [name for value in names for name in (value if isinstance(value, list) else [value]) if name]
    return any(name.startswith("credit.") for name in flat)


def test_every_public_method_of_a_model_is_documented():
    silent = [
        f"{place(path, method.lineno)} {method.name}"
        for path in addon_python_files() for node in model_classes(path) for method in node.body
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_") and ast.get_docstring(method) is None
    ]
    assert not silent, listed(silent)


def test_every_figure_date_choice_and_switch_of_our_models_has_a_help_text():
    silent = [
        f"{place(path, call.lineno)} {name}"
        for path in addon_python_files() for node in model_classes(path) if is_ours(node)
        for name, call in fields_of(node) if not _explained(name, call)
    ]
    assert not silent, listed(silent)


def _explained(name, call):
    """Tell whether a field needs no help text or has one."""
    keywords = {keyword.arg for keyword in call.keywords}
    kind = ast.unparse(call.func).removeprefix("fields.")
    needs_none = kind not in EXPLAINED or name in SELF_EXPLAINING or name.endswith("_count")
    return needs_none or "help" in keywords or "related" in keywords


def test_every_model_says_what_it_is():
    silent = [
        f"{place(path, node.lineno)} {node.name}"
        for path in addon_python_files() for node in model_classes(path)
        if class_value(node, "_name") and not class_value(node, "_inherit") and not class_value(node, "_description")
    ]
    assert not silent, listed(silent)
