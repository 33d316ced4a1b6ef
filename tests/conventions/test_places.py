"""No address or path of one machine is in the project."""

import re

from source import ROOT, listed, place, text_files

REGISTRY_HOSTS = re.compile(
    r"\b(?:deb|security|ftp|archive|registry|files|mirror|snapshot)\.[a-z-]+\.(?:org|com|net)\b"
    r"|\b(?:pypi|npmjs|pythonhosted|rubygems|packagist|crates)\.(?:org|com|net|io)\b", re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"""(?<![\w./*~-])/(?:home|root|Users|work|opt)/[\w.-]+""")


def found(pattern):
    """Return every place where `pattern` matches, but not in this file."""
    return [
        f"{place(path, number)}: {match.group()}"
        for path in text_files() if path.name not in {"test_places.py", "LICENSE"}
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_package_registry_is_named():
    hits = found(REGISTRY_HOSTS)
    assert not hits, listed(hits, "take the address from apt's or pip's own configuration")


def test_no_path_of_one_machine_is_named():
    # Paths inside of Odoo's official container image are not this machine's.
    container = ("docker-compose.yml", "docker/")
    hits = [hit for hit in found(MACHINE_PATHS) if not hit.startswith(container)]
    assert not hits, listed(hits)


def test_no_file_is_too_big_for_a_repository():
    translations = {".po": 3_000_000, ".pot": 3_000_000}  # all texts of an add-on, with where each stands
    big = [place(path) for path in text_files() if path.stat().st_size > translations.get(path.suffix, 1_000_000)]
    assert big == [], f"too big below {ROOT.name}"
