"""Documents are true: what they name in code marks exists, and what they point to is there."""

import re

import pytest
from documents import anchors, defined, documents, known, links, marks
from source import ROOT, listed, place, text_files, tracked_files

from environment.__main__ import COMMANDS

# Where a path in a document may begin.
PLACES = (ROOT, ROOT / "credit_management", ROOT / "credit_management" / "models", ROOT / "addons_extra")
FILE = re.compile(r"[\w.*…/{}-]+\.(?:py|xml|js|md|csv|sql|ini|toml|json|txt|yml|po|png|scss)|[\w.*/-]+/")
NAME = re.compile(r"…?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*…?")
NAMES = [place(path) for path in documents()]
# Names of Odoo's that our code never says, of modules and of records that are made by a script, and what a run leaves.
NOT_OURS = {
    "_action_confirm", "_action_done", "_get_shop_payment_errors", "pos_hr", "artifacts/",
    "customer_bantry", "profile_bantry", "user_sales", "product_shelving", "term_60_days", "down_payment_unpaid",
    "dispute_castlebar", "family_celtic",
}
# What a newcomer asks, and a word that the answer cannot do without.
ASKED = {
    "Where is the limit tested?": "limit_exceeded",
    "Where does a payment free an order?": "payment",
    "How do I add a rule?": "_get_criteria",
    "What does the point of sale add?": "pos.order",
    "How do I put a document under control?": "contract.py",
    "How do I add something that counts as exposure, or a mark of an open item?": "_get_components",
}


def _exists(path, name):
    """Tell whether a file that a document names is there; a bare name may lie anywhere."""
    pattern = name.rstrip("/").replace("…", "*")
    return name in NOT_OURS or any(any(folder.glob(pattern)) for folder in (path.parent, *PLACES)) or (
        "/" not in pattern and any(path.match(pattern) for path in tracked_files())
    )


def _unknown(name):
    """Return the parts of a dotted name that the code does not know; a method must be defined in it."""
    if "…" in name:
        return [] if any(name.strip("…") in word for word in known()) else [name]
    parts = set(name.split(".")) - NOT_OURS
    private = {part for part in parts if part.startswith("_") and not part.startswith("__")}
    return sorted(parts - known() | private - defined())


def _looks_like_ours(name):
    return "_" in name.strip("_…") or name.startswith("_") or "." in name


@pytest.mark.parametrize("path", documents(), ids=NAMES)
def test_what_is_in_code_marks_exists(path):
    missing = []
    for line, text in marks(path):
        if FILE.fullmatch(text):
            missing += [] if _exists(path, text) else [f"{place(path, line)}: no file {text}"]
        elif "/" not in text:
            unknown = [part for name in NAME.findall(text) if _looks_like_ours(name) for part in _unknown(name)]
            missing += [f"{place(path, line)}: {', '.join(unknown)} in {text}"] if unknown else []
    assert not missing, listed(missing)


@pytest.mark.parametrize("path", documents(), ids=NAMES)
def test_every_target_of_make_exists(path):
    targets = {target for _line, text in marks(path) for target in re.findall(r"\bmake ([a-z][\w-]*)", text)}
    assert targets <= {*COMMANDS, "help", *(f"bench-{size}" for size in ("small", "medium", "large", "report"))}


@pytest.mark.parametrize("path", documents(), ids=NAMES)
def test_every_link_leads_somewhere(path):
    broken = []
    for line, target in links(path):
        file, _sign, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in anchors(goal)):
            broken.append(f"{place(path, line)}: {target}")
    assert not broken, listed(broken)


def test_the_questions_of_a_newcomer_are_answered_in_one_hop():
    answers = {question: goal.read_text() for question, goal in _questions() if goal.exists()}
    silent = [question for question, word in ASKED.items() if word not in answers.get(question, "")]
    assert not silent, listed(silent, "the place that the guide names for it does not say:")


def _questions():
    """Yield (question, the one place) of the guide's first table."""
    guide = ROOT / "docs" / "en" / "developer.md"
    for line in guide.read_text().splitlines():
        if row := re.match(r"\| (\S.*\?) \| \[[^]]+\]\(([^)#]+)", line):
            yield row.group(1), (guide.parent / row.group(2)).resolve()


def test_every_document_that_the_code_names_exists():
    there = {path.name for path in documents()} | {"CHANGELOG.md"}
    missing = [
        f"{place(path, number)}: {name}"
        for path in text_files() if path.suffix != ".md"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        for name in re.findall(r"[\w-]+\.md\b", line) if name not in there
    ]
    assert not missing, listed(missing)
