"""Read the project's documents, and the names that its code knows."""

import ast
import functools
import re

from source import ROOT, tracked_files, tree

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
WORD = re.compile(r"[A-Za-z_]\w*")
CODE = {".py", ".xml", ".js", ".csv", ".scss", ".sql", ".toml", ".ini", ".txt", ".yml", ""}
COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/|(?:^|\s)(?://|--|#).*?$", re.MULTILINE | re.DOTALL)


@functools.cache
def documents():
    """Return the documents that say how things are; the changelog says how they were."""
    return tuple(path for path in tracked_files() if path.suffix == ".md" and path.name != "CHANGELOG.md")


def marks(path):
    """Yield (line, text) of every code mark of a document; what is in fences is for the shell or a drawing."""
    for number, line in enumerate(_without_fences(path.read_text()).splitlines(), 1):
        for match in MARK.finditer(line):
            yield number, match.group(1)


def links(path):
    """Yield (line, target) of every link to a place in the project."""
    for number, line in enumerate(_without_fences(path.read_text()).splitlines(), 1):
        for match in LINK.finditer(line):
            if "://" not in match.group(1):
                yield number, match.group(1)


def _without_fences(text):
    """Return a text without fenced blocks, on the same lines."""
    return FENCED.sub(lambda match: "\n" * match.group().count("\n"), text)


def anchors(path):
    """Return the anchors of a document's headings, as repositories' web pages make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@functools.cache
def defined():
    """Return the names of our functions, classes and constants, and of the models and fields we declare."""
    names = set()
    for path in _code():
        if path.suffix == ".py":
            for node in ast.walk(tree(path)):
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                    names.add(node.name)
                elif isinstance(node, ast.Assign):
                    names.update(name.id for name in node.targets if isinstance(name, ast.Name))
        elif path.suffix == ".js":
            names.update(re.findall(r"(\w+)\(", path.read_text()))
    return names


@functools.cache
def known():
    """Return every word of the code: names, and words of texts that are not documentation."""
    words = set()
    for path in _code():
        if path.suffix == ".py":
            words.update(_words_of_python(path))
        else:
            words.update(WORD.findall(COMMENT.sub(" ", path.read_text(errors="replace"))))
        words.update(WORD.findall(str(path.relative_to(ROOT))))
    return words


def _code():
    return [path for path in tracked_files() if path.suffix in CODE and "i18n" not in path.parts]


def _words_of_python(path):
    """Return the words of a file's code, without comments and docstrings."""
    module = ast.parse(path.read_text())
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None  # a docstring
    return WORD.findall(ast.unparse(module))
