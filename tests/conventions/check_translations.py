"""Check that every text of our add-ons has a Chinese translation.

Run in a database in which the add-ons are installed, because the texts of views,
fields and records are read from there:

    python check_translations.py MODULE,MODULE [--write] [Odoo's options]

Prints the missing texts per module and ends with code 1 when there are any.
With `--write` each module's `i18n/MODULE.pot` is written anew and its `zh_CN.po`
is brought in line with it: new texts are added, with Odoo's own translation where
it has the same text, and texts that are gone are removed.
"""

import functools
import sys
from pathlib import Path

import odoo
import polib
from odoo.modules import get_module_path
from odoo.modules.registry import Registry
from odoo.tools import config, translate

LANGUAGE = "zh_CN"
# The bridges are found in two folders of add-ons, once below the other.
NESTED = "addons/addons_extra/"
# Later ones win.
MEMORY = ("stock", "sale", "account", "mail", "base")


def main():
    modules, *options = sys.argv[1:]
    write = "--write" in options
    config.parse_config([option for option in options if option != "--write"])
    order_folders()
    missing = 0
    with Registry(config["db_name"][0]).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        for module in modules.split(","):
            if write:
                write_files(env, module)
            missing += report(module, missing_terms(env, module))
    return 1 if missing else 0


def order_folders():
    """Let Odoo find the add-on of a file in `addons_extra` too.

    It takes the first folder of add-ons that the file lies below, and ours lie in each other: what is
    said in the code of the bridges would be taken for texts of an add-on `addons_extra`, and left out.
    """
    odoo.addons.__path__ = sorted(odoo.addons.__path__, key=len, reverse=True)


def missing_terms(env, module):
    """Return the texts of `module` that its translation file does not translate."""
    file = translation_file(module)
    entries = polib.pofile(str(file)) if file.exists() else []
    translated = {entry.msgid for entry in entries if entry.msgstr and not entry.fuzzy and not entry.obsolete}
    return sorted(terms(env, module) - translated)


def terms(env, module):
    """Return every translatable text of `module`."""
    reader = translate.TranslationModuleReader(env.cr, modules=[module])
    return {source for _module, _kind, _name, _id, source, *_rest in reader if source and source.strip()}


def translation_file(module):
    return Path(get_module_path(module)) / "i18n" / f"{LANGUAGE}.po"


def report(module, missing):
    """Print what `module` lacks; return how many texts that is."""
    print(f"{module}: {f'{len(missing)} texts without translation' if missing else 'complete'} ({LANGUAGE})")
    for text in missing:
        print(f"    {text!r}")
    return len(missing)


def write_files(env, module):
    """Write the module's template and merge it into its translation file."""
    file = translation_file(module)
    file.parent.mkdir(exist_ok=True)
    template = file.with_name(f"{module}.pot")
    with template.open("wb") as buffer:
        translate.trans_export(False, [module], buffer, "po", env)
    source = polib.pofile(str(template))
    for entry in source:
        entry.occurrences = [place for place in entry.occurrences if NESTED not in place[0]]
    source.save()
    merged = polib.pofile(str(file)) if file.exists() else polib.POFile()
    merged.metadata = {**source.metadata, "Language": LANGUAGE}
    merged.merge(source)
    for gone in merged.obsolete_entries():
        merged.remove(gone)
    known = translations_of_odoo()
    for entry in merged.untranslated_entries():
        entry.msgstr = known.get(entry.msgid, "")
    merged.save(str(file))


@functools.cache
def translations_of_odoo():
    """Return the translations of the apps that ours build on: their fields show on our models too."""
    files = [Path(get_module_path(module)) / "i18n" / f"{LANGUAGE}.po" for module in MEMORY]
    entries = (entry for file in files if file.exists() for entry in polib.pofile(str(file)))
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}


if __name__ == "__main__":
    sys.exit(main())
