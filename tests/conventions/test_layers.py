"""Who may import whom, and what gives no permission."""

import ast
import re
import sys

import pytest
from source import ROOT, addon_python_files, listed, place, statements, tree

ENGINE = ROOT / "credit_management" / "engine"
ODOO_UTILITIES = {"odoo.tools.float_utils", "odoo.tools.date_utils"}
# Context keys that choose presentation or carry Odoo's own plumbing. A key that
# permits something is forbidden: whoever calls from outside can set any key.
CONTEXT_KEYS = {
    "active_id", "active_ids", "active_model", "allowed_company_ids", "bin_size", "credit_interactive",
    "credit_aging_as_of", "credit_aging_basis", "credit_aging_in_document_currency", "credit_aging_is_netted",
    "credit_aging_by", "credit_aging_is_cover_shown", "credit_aging_is_since_shown", "credit_aging_partner_id",
    "credit_aging_is_tie_apart", "credit_aging_plan", "credit_aging_set",
    "credit_profile_id",
    "default_partner_id", "from_sale", "install_mode", "lang", "params", "search_default_partner_id", "tz",
    "tracking_disable", "mail_notrack", "module", "uid",
    "credit_is_automatic", "credit_deposit_part", "credit_described",
}
CONTEXT_READ = re.compile(r"""(?:_context|\.context)(?:\.get\(|\[)\s*["']([^"']+)["']""")


def engine_files():
    return sorted(ENGINE.rglob("*.py"))


def imports(path):
    """Yield the absolute modules that a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


@pytest.mark.parametrize("path", engine_files(), ids=lambda path: path.name)
def test_the_engine_imports_the_standard_library_only(path):
    foreign = [name for name in imports(path) if name.split(".")[0] not in sys.stdlib_module_names]
    assert [name for name in foreign if name not in ODOO_UTILITIES] == []


@pytest.mark.parametrize("path", engine_files(), ids=lambda path: path.name)
def test_the_engine_does_not_read_the_clock(path):
    assert re.findall(r"\b(?:date\.today|datetime\.now|time\.time|utcnow)\(", path.read_text()) == []


@pytest.mark.parametrize("path", engine_files(), ids=lambda path: path.name)
def test_the_engine_imports_nothing_from_the_layers_above(path):
    above = [node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.level > 1]
    depth = len(path.relative_to(ENGINE).parts)
    assert not above or depth > 1, f"{place(path)} imports from outside of the engine"


def test_every_sudo_says_why():
    silent = [
        f"{place(path, line)}: {' '.join(text.strip() for text in source[1:])[:100]}"
        for path in addon_python_files() for line, source in statements(path, ".sudo(")
        if not any("#" in text for text in source)
    ]
    assert not silent, listed(silent, "a comment on the statement or on the line above says why")


def test_no_context_key_grants_a_permission():
    keys = [
        f"{place(path)}: {key}"
        for path in addon_python_files() for key in CONTEXT_READ.findall(path.read_text())
        if key not in CONTEXT_KEYS and not key.startswith(("default_", "search_default_"))
    ]
    assert not keys, listed(keys, "a bypass is a record on the server; presentation keys are listed in this test")
