"""The rooms of the add-on keep their order: a room knows the rooms above it, and facts, clock and views their places.

What must run the other way is declared below, each with its reason. An exception that is no longer needed
fails the test, too: the lists shrink by themselves.
"""

import ast
import re

import rooms
from lxml import etree
from source import ROOT, addon_python_files, listed, place, tree

# A hold acts on its document through the contract that `gate/` writes down for every document.
CONTRACT = "a hold acts on its document through the contract of the gate"

# {(file, what it takes from a later room): why}
LOOKS_DOWN = {
    ("hold/credit_hold.py", "_credit_mark"): CONTRACT,
    ("hold/credit_hold_most.py", "_credit_decide"): CONTRACT,
    ("hold/credit_release.py", "_credit_get_gone"): CONTRACT,
    ("hold/credit_profile_holds.py", "_get_facts"): "the release of a customer is measured on what the gate decides on",
    ("hold/credit_hold_decision.py", "_credit_resume"): CONTRACT,
    ("hold/credit_hold_proposal.py", "_credit_decide"): CONTRACT,
    ("hold/credit_hold_reasons.py", "_credit_get_panel"): CONTRACT,
    ("hold/credit_hold_message.py", "_credit_get_hold_note"): CONTRACT,
    ("hold/credit_hold_opening.py", "_credit_get_name_words"): CONTRACT,
    ("hold/credit_hold_opening.py", "_credit_get_salesperson"): CONTRACT,
    ("hold/credit_hold_opening.py", "_credit_mark"): CONTRACT,
    ("hold/credit_recheck.py", "_credit_recheck"): CONTRACT,
}
# What may read core's tables in SQL: the rooms of facts, and these files.
FACTS = {
    "reading", "open_item", "exposure", "sheet", "behaviour", "limit", "aging", "history", "interest", "dunning",
    "factor",
}
READS_CORE = {
    "setup/credit_day.py": "the day of a company, where a statement is over several of them",
    "record/credit_log.py": "the names of persons are kept in one statement",
    "dunning_run/credit_notice_result.py": "a report on the money that came for items of notices, in one statement",
    "profile/core_limit.py": "a new branch gets the limits of all customers in one statement",
    "profile/credit_profile_opening.py": "a missing profile is inserted in one statement",
}
CORE_TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:account|sale|payment|res|stock|pos|uom)_\w+")
# The day is that of a company (`setup/credit_day.py`); what else asks the clock asks for a time, not for a day.
CLOCK = re.compile(r"context_today|\b[Dd]ate\.today|[Dd]atetime\.now|\bcr\.now\b")
READS_CLOCK = {
    "setup/credit_day.py ResCompany._credit_today": "the one place that makes the day of a company",
    "record/credit_log_seal.py CreditLog._cron_purge": "a time: how old a row may grow",
    "record/credit_log.py CreditLog._sign": "the time of a record, not a day of the rules",
    "record/credit_log_seal.py CreditLogSeal._seal": "the time of a record, not a day of the rules",
    "change/credit_change.py CreditChange._set_decided": "the time of a record, not a day of the rules",
    "assessment/credit_assessment_decision.py CreditAssessment._set_decided": "the time of a record, not a day",
    "assessment/credit_assessment_decision.py CreditAssessment.action_submit": "the time of a record, not a day",
    "change/credit_alone.py CreditChange._get_own_refusal": "hours that everybody has to object",
    "change/credit_alone.py CreditChange._get_once_able": "days for which somebody counts who could decide",
    "setup/credit_deciders.py CreditLog._get_deciders_since": "a time: until when somebody could decide",
    "profile/credit_profile_opening.py CreditProfile._insert": "the time of a record, not a day of the rules",
    "hold/credit_hold.py CreditHold._compute_days_waiting": "times: how long it waits",
    "hold/credit_hold.py CreditHold._search_days_waiting": "times: how long it waits",
    "hold/credit_hold.py CreditHold._update_state": "the time of a record, not a day of the rules",
    "aging_file/credit_open_item_pdf.py AgingPaper._make_words": "the time of printing",
    "schedule/credit_aging_mailing.py CreditAgingMailing._gc_files": "a time: how old a file may grow",
    "statement/credit_statement_answer.py CreditStatement._prepare_answer": "the time of a record, not a day",
    "dunning_run/credit_dunning_job.py CreditDunningRun._is_working_time": "the working hours of a company",
    "reach/credit_notice_reach.py CreditNotice._get_moment": "the day where the customer is: a call",
    "dunning_run/credit_notice_delivery.py CreditNotice.action_note_arrived": "the time of a record, not a day",
    "dunning_run/credit_notice_delivery.py CreditNotice._mark_sent": "the time of a record, not a day of the rules",
    "notice/credit_notice_paying.py CreditNotice._is_page_open": "a time: how long a token opens a page",
    "revaluation/credit_revaluation_decided.py CreditRevaluationLine._prepare_change": "the time of a record",
    "revaluation/credit_revaluation_decided.py CreditRevaluationLine._set_decided": "the time of a record, not a day",
    "following/credit_score_acting.py CreditScoreRule._prepare_change": "the time of a record, not a day",
    "limit/credit_limit_ended.py CreditLimitRequest._end": "the time of a record, not a day of the rules",
    "limit/credit_limit_request.py CreditLimitRequest._set_decided": "the time of a record, not a day of the rules",
    "merge/credit_profile_merge.py CreditProfile._end_temporary_limits": "the time of a record, not a day of the rules",
}
# Files of `wizard/` that do more than collect answers.
WIZARDS_THAT_ACT = {}  # {file: why}
VIEWS_OF_VIEWS = {}  # {view: why}


def compare(found, declared):
    """Fail for what is found and not declared, and for what is declared and no longer there."""
    found = set(found)
    new, gone = sorted(found - set(declared)), sorted(set(declared) - found)
    assert not new, listed(new, "not declared:")
    assert not gone, listed(gone, "declared, and no longer needed:")


def test_a_room_knows_the_rooms_above_it():
    compare(rooms.looks_down(), LOOKS_DOWN)


def test_every_folder_of_the_house_is_a_room():
    folders = {path.name for path in rooms.MODELS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(rooms.rooms())
    for name in ("views", "tests"):
        extra = {path.name for path in (rooms.ADDON / name).iterdir() if path.is_dir()} - {"__pycache__"}
        assert extra - folders <= {"story"}, f"{name}/ has rooms of its own"


def test_core_tables_are_read_in_the_rooms_of_facts():
    found = {
        str(path.relative_to(rooms.MODELS)) for path in rooms.room_files()
        if rooms.room_of(path) not in FACTS and CORE_TABLE.search(path.read_text())
    }
    compare(found, READS_CORE)


def test_no_wizard_reads_core_tables():
    compare({path.name for path in rooms.wizard_files() if CORE_TABLE.search(path.read_text())}, set())


def test_nobody_but_the_company_says_which_day_it_is():
    found = {
        f"{path.relative_to(rooms.MODELS)} {name}"
        for path in rooms.room_files() for name, node in rooms.scopes(path) if CLOCK.search(ast.unparse(node))
    }
    compare(found, READS_CLOCK)
    others = [path for path in addon_python_files() if rooms.MODELS not in path.parents]
    assert not [place(path) for path in others if CLOCK.search(path.read_text()) and "_demo" not in str(path)]


def test_no_view_or_filter_says_today():
    """In a domain it is the day of whoever looks: fields that know the company's day are searched instead."""
    found = [
        place(path) for addon, path in rooms.our_views() if not addon.name.endswith("_demo")
        if re.search(r"(?:'|context_)today\b", path.read_text())
    ]
    assert not found, listed(found)


def test_a_wizard_collects_answers():
    found = set()
    for path in rooms.wizard_files():
        own = [node for node in rooms.classes(path) if any("TransientModel" in ast.unparse(b) for b in node.bases)]
        if len(own) < len(rooms.classes(path)):
            found.add(path.name)
    compare(found, WIZARDS_THAT_ACT)


def test_no_view_of_ours_inherits_a_view_of_ours():
    compare(sorted(_views_of_views()), VIEWS_OF_VIEWS)


def _views_of_views():
    for addon, path in rooms.our_views():
        for record in etree.parse(path).iter("record"):
            parent = record.find("field[@name='inherit_id']")
            is_view = record.get("model") == "ir.ui.view" and parent is not None
            if is_view and parent.get("ref").rpartition(".")[0] in ("", addon.name):
                yield f"{addon.name}.{record.get('id')}"


def test_the_main_add_on_knows_nothing_of_its_bridges():
    names = [path.parent.name for path in (ROOT / "addons_extra").glob("*/__manifest__.py")]
    found = [
        f"{place(path)}: {node.module}" for path in rooms.room_files() for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(name in (node.module or "") for name in names)
    ]
    assert not found, listed(found)
