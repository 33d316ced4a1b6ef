"""Read how the rooms of the add-on know each other: by import, by model, by method."""

import ast
import functools

from source import ROOT, addons, class_value, python_files, tree

ADDON = ROOT / "credit_management"
MODELS = ADDON / "models"


@functools.cache
def rooms():
    """Return the rooms in the order in which `models/__init__.py` imports them: that order is the rule."""
    found = tree(MODELS / "__init__.py").body
    return tuple(alias.name for node in found if isinstance(node, ast.ImportFrom) for alias in node.names)


@functools.cache
def rank(room):
    return rooms().index(room)


def room_of(path):
    """Return the room of a file of `models/`."""
    return path.relative_to(MODELS).parts[0]


@functools.cache
def room_files():
    """Return the files of all rooms."""
    return tuple(path for path in python_files(tests=False) if MODELS in path.parents and path.parent != MODELS)


@functools.cache
def model_homes():
    """Return ``{model: room}``: where each of our models is defined."""
    return {
        class_value(node, "_name"): room_of(path)
        for path in room_files() for node in classes(path)
        if class_value(node, "_name") and class_value(node, "_name") != class_value(node, "_inherit")
        and class_value(node, "_name") not in (class_value(node, "_inherit") or ())
    }


@functools.cache
def method_homes():
    """Return ``{method: rooms}``: in which rooms a method of ours is defined; Odoo's own are left out."""
    homes, inherited = {}, set()
    for path in sorted(room_files(), key=lambda path: rank(room_of(path))):
        for node in classes(path):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    if method.name not in homes and f").{method.name}(" in ast.unparse(method):
                        inherited.add(method.name)  # the first of ours calls `super()`
                    homes.setdefault(method.name, set()).add(room_of(path))
    return {name: found for name, found in homes.items() if name not in inherited}


def classes(path):
    return [node for node in tree(path).body if isinstance(node, ast.ClassDef)]


def scopes(path):
    """Yield (qualified name, node) of every function of a file, and of what stands outside of functions."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                name = inner.name if isinstance(inner, ast.FunctionDef) else ""
                yield f"{node.name}.{name}".rstrip("."), inner
        else:
            yield getattr(node, "name", ""), node


def imported_rooms(path):
    """Yield (line, room) of each other room that a file imports from."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 2 and node.module:
            yield node.lineno, node.module.split(".")[0]


def named_models(node):
    """Yield (line, model) of each of our models that ``…env["credit.…"]`` names."""
    for part in ast.walk(node):
        is_named = isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant)
        if is_named and ast.unparse(part.value).endswith("env") and part.slice.value in model_homes():
            yield part.lineno, part.slice.value


def called_methods(node):
    """Yield (line, method) of each method that is called on something and that our rooms define."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in method_homes():
            yield part.lineno, part.func.attr


def looks_down():
    """Return ``{(file, what): [lines]}`` of everything that a room takes from a later one."""
    found = {}

    def note(path, line, room, what):
        if rank(room) > rank(room_of(path)):
            found.setdefault((str(path.relative_to(MODELS)), what), []).append(line)

    for path in room_files():
        for line, room in imported_rooms(path):
            note(path, line, room, f"import {room}")
        for line, model in named_models(tree(path)):
            note(path, line, model_homes()[model], model)
        for line, method in called_methods(tree(path)):
            note(path, line, min(method_homes()[method], key=rank), method)
    return found


def wizard_files():
    return [path for path in python_files(tests=False) if path.parent == ADDON / "wizard" and path.stem != "__init__"]


def our_views():
    """Yield every file with views of our add-ons, with its add-on."""
    for addon in addons():
        for path in sorted(addon.rglob("*.xml")):
            if "static" not in path.parts:
                yield addon, path
