"""What every add-on must have."""

import re

import polib
import pytest
from source import ADDON_FOLDERS, ROOT, addons, listed, manifest, place, python_files

ALL = addons()
NAMES = [addon.name for addon in ALL]


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_the_version_is_one_of_odoo_19(addon):
    assert manifest(addon)["version"].startswith("19.0.")


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_the_licence_is_lgpl_3(addon):
    assert manifest(addon)["license"] == "LGPL-3"


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_the_add_on_says_what_it_is(addon):
    described = [addon / "README.md", addon / "README.rst", addon / "static" / "description" / "index.html"]
    assert manifest(addon).get("summary"), "the manifest has no summary"
    assert any(path.exists() for path in described), f"{place(addon)} has no README.md"


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_every_data_file_of_the_manifest_exists(addon):
    data = manifest(addon)
    names = [*data.get("data", []), *data.get("demo", [])]
    assert [name for name in names if not (addon / name).exists()] == []


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_every_data_file_is_named_in_the_manifest(addon):
    data = manifest(addon)
    named = {*data.get("data", []), *data.get("demo", [])}
    folders = ("data", "demo", "views", "security", "report", "wizard")
    files = [path for folder in folders for path in (addon / folder).rglob("*") if path.suffix in (".xml", ".csv")]
    assert sorted(str(path.relative_to(addon)) for path in files if str(path.relative_to(addon)) not in named) == []


@pytest.mark.parametrize("addon", ALL, ids=NAMES)
def test_every_text_has_a_chinese_translation(addon):
    file = addon / "i18n" / "zh_CN.po"
    if not file.exists():
        assert addon.name.endswith("_demo"), f"{place(file)} is missing"
        return
    catalogue = polib.pofile(str(file))
    untranslated = [entry.msgid for entry in catalogue if not entry.obsolete and not entry.msgstr]
    assert not untranslated, listed(untranslated, "without translation")
    fuzzy = [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not fuzzy, listed(fuzzy, "to be checked (fuzzy)")


def test_nothing_but_add_ons_lies_in_the_add_ons_folder():
    strays = [path for path in ADDON_FOLDERS[1].iterdir() if path.is_dir() and not (path / "__manifest__.py").exists()]
    assert [place(path) for path in strays if any(path.rglob("*.py"))] == []


def test_the_house_has_its_documents():
    names = ("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "requirements.txt", "docker-compose.yml")
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_there_are_no_marks_of_a_formatter():
    marked = [place(path) for path in python_files() if re.search(r"#\s*fmt: ?(?:skip|off|on)\b", path.read_text())]
    assert not marked, listed(marked, "no formatter is run here: lines are set so that they can be read")
