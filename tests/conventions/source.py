"""Read the project's source for the conventions tests."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDON_FOLDERS = (ROOT, ROOT / "addons_extra")
BINARY = {".png", ".jpg", ".gif", ".ico", ".svg", ".woff2", ".ttf", ".xlsx", ".pdf"}


def addons():
    """Return the folders of our add-ons."""
    return sorted(path.parent for place in ADDON_FOLDERS for path in place.glob("*/__manifest__.py"))


def manifest(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())


@functools.cache
def tracked_files():
    """Return the files that belong to the project: tracked by git, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in ROOT.rglob("*") if path.is_file() and not _hidden(path))
    return sorted(ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def _hidden(path):
    parts = path.relative_to(ROOT).parts
    return any(part.startswith(".") or part in ("__pycache__", "artifacts") for part in parts)


def text_files():
    return [path for path in tracked_files() if path.suffix not in BINARY]


def python_files(*, tests=True):
    """Return the project's Python files, with or without the tests."""
    files = [path for path in tracked_files() if path.suffix == ".py"]
    return files if tests else [path for path in files if "tests" not in path.relative_to(ROOT).parts]


def addon_python_files():
    """Return the Python files of the add-ons, without their tests."""
    folders = addons()
    return [path for path in python_files(tests=False) if any(folder in path.parents for folder in folders)]


@functools.cache
def tree(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(), str(path))


def listed(found, why=""):
    """Return the message of a test that found what should not be: one per line."""
    return "\n    ".join([why, *map(str, found)])


def statements(path, wanted):
    """Yield (first line, source lines with the line above) of each statement whose own lines have `wanted`."""
    lines = path.read_text().splitlines()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            end = node.body[0].lineno - 1 if getattr(node, "body", None) else node.end_lineno
            own = lines[node.lineno - 1:max(end, node.lineno)]
            if any(wanted in line for line in own):
                yield node.lineno, [*lines[max(0, node.lineno - 2):node.lineno - 1], *own]


def place(path, line=None):
    """Return a path as messages show it."""
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


def functions(path):
    """Yield every function of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def code_lines(path, node):
    """Return how many lines of code a function has: no docstring, no comments, no blank lines."""
    lines = path.read_text().splitlines()
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not body:
        return 0
    span = lines[body[0].lineno - 1:node.end_lineno]
    return sum(1 for line in span if line.strip() and not line.strip().startswith("#"))


def model_classes(path):
    """Yield the classes of Odoo models in a file."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef) and any("models." in ast.unparse(base) for base in node.bases):
            yield node


def class_value(node, name):
    """Return the constant that a class assigns to `name`, or None."""
    for statement in node.body:
        if isinstance(statement, ast.Assign) and name in map(ast.unparse, statement.targets):
            try:
                return ast.literal_eval(statement.value)
            except ValueError:
                return None
    return None


def fields_of(node):
    """Yield (name, call) of every field that a model class declares."""
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            call = statement.value
            if ast.unparse(call.func).startswith("fields."):
                yield statement.targets[0].id, call
