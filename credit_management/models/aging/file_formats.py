"""The files that an aging is written as, and how long each takes."""

from dataclasses import dataclass

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

SECONDS_MOST = 30  # what takes longer is made in the background


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: who writes it, what it is called, and its milliseconds per row, measured on two slow cores."""

    label: object
    extension: str
    mimetype: str
    method: str  # of `credit.open.item`
    per_item: float
    per_group: float

    def takes(self, groups, items):
        """Return about how many seconds writing takes."""
        return (groups * self.per_group + items * self.per_item) / 1000


FORMATS = {
    "pdf": FileFormat(_lt("PDF of totals"), "pdf", "application/pdf", "_write_pdf", 0.0, 0.2),
    "pdf_items": FileFormat(_lt("PDF with open items"), "pdf", "application/pdf", "_write_pdf_items", 0.4, 0.4),
    "xlsx": FileFormat(
        _lt("Excel"), "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "_write_xlsx",
        0.12, 0.12,
    ),
    "csv": FileFormat(_lt("CSV"), "csv", "text/csv; charset=utf-8", "_write_csv", 0.03, 0.0),
}


def find_slow(groups, items):
    """Return the kinds of file that take too long to wait for."""
    return [kind for kind, one in FORMATS.items() if one.takes(groups, items) > SECONDS_MOST]
