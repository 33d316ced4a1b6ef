"""A sheet with named columns, read cell by cell: what is no text, date or number is refused, not guessed."""

import datetime
import io
import math
import zipfile
from dataclasses import dataclass

import openpyxl
from odoo.exceptions import UserError
from openpyxl.utils import get_column_letter

BYTES_MAX = 20_000_000
BYTES_UNPACKED_MAX = 300_000_000  # a few bytes can unpack to as much as fills the memory
ROWS_MAX = 100_000


class RefusedError(Exception):
    """A cell, and why it is refused."""

    def __init__(self, cell, reason):
        super().__init__(reason)
        self.cell, self.reason = cell, reason


@dataclass(frozen=True)
class Cell:
    """A cell of a row: where it stands, what it has, and whether that is a formula whose result the file lacks."""

    name: str
    value: object
    is_unknown: bool = False


class Sheet:
    """Rows below a row of titles."""

    def __init__(self, env, content, name, row_header, titles):
        self.env, self.row_header, self.titles = env, row_header, titles
        # the results that were kept with the formulas, and the formulas: whether one has no result
        self.results, self.formulas = (_open(env, content, name, is_result) for is_result in (True, False))
        self.columns = self._find_columns()

    def _find_columns(self):
        """Return ``{title: number of the column}``.

        :raise UserError: naming all titles that are missing, and those that stand there twice
        """
        cells = next(self.results.iter_rows(self.row_header, self.row_header, values_only=True), ())
        found = [str(value).strip() if value is not None else "" for value in cells]
        wrong = [title for title in self.titles if found.count(title.strip()) != 1]
        if wrong:
            raise UserError(
                self.env._(
                    "Row %(row)s has not exactly one column of each title: %(titles)s. It has: %(found)s. Correct the "
                    "titles, or choose another mapping.",
                    row=self.row_header, titles=", ".join(wrong), found=", ".join(filter(None, found)) or "–",
                )
            )
        return {title: found.index(title.strip()) for title in self.titles}

    def iter_rows(self):
        """Yield (number of the row, {title: Cell}) of the rows that are not empty.

        :raise UserError: for more rows than one file may have
        """
        first = self.row_header + 1
        both = zip(self.results.iter_rows(first, values_only=True), self.formulas.iter_rows(first, values_only=True),
                   strict=False)
        for number, (results, formulas) in enumerate(both, first):
            if number > ROWS_MAX:
                raise UserError(self.env._("A file has at most %(rows)s rows. Split it.", rows=ROWS_MAX))
            if any(value is not None for value in formulas):
                yield number, {title: _get_cell(number, column, results, formulas)
                               for title, column in self.columns.items()}

    # -- what a cell has ---------------------------------------------------------------------------

    def read_text(self, cell):
        """Return the text of a cell.

        :raise RefusedError: where it is empty, or a number: 00123 would be 123
        """
        self._check_known(cell)
        if isinstance(cell.value, str) and cell.value.strip():
            return cell.value.strip()
        if cell.value is None or isinstance(cell.value, str):
            raise RefusedError(cell.name, self.env._("The customer is missing."))
        raise RefusedError(
            cell.name,
            self.env._(
                "%(value)s is a number: leading zeros are lost (00123 becomes 123). Format the column as text and "
                "enter it again.",
                value=cell.value,
            ),
        )

    def read_day(self, cell):
        """Return the day of a cell.

        :raise RefusedError: for what is no date
        """
        self._check_known(cell)
        if isinstance(cell.value, datetime.datetime):
            return cell.value.date()
        if isinstance(cell.value, datetime.date):
            return cell.value
        reason = self.env._("“%(value)s” is not a date. Enter the year end as a date.", value=_show(cell.value))
        raise RefusedError(cell.name, reason)

    def read_number(self, cell):
        """Return the number of a cell, None where it is empty.

        :raise RefusedError: for text, whatever it looks like
        """
        self._check_known(cell)
        if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            return None
        is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        if is_number and math.isfinite(cell.value):
            return cell.value
        reason = self.env._(
            "“%(value)s” is not a number. Enter one, or leave the cell empty.", value=_show(cell.value)
        )
        raise RefusedError(cell.name, reason)

    def _check_known(self, cell):
        if cell.is_unknown:
            reason = self.env._(
                "The formula has no result in the file. Open it in a spreadsheet program, save it, and choose it again."
            )
            raise RefusedError(cell.name, reason)


def _open(env, content, name, is_result):
    try:
        _check_size(env, content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=is_result)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        message = env._("The file is not an XLSX workbook. Save it as one (*.xlsx) and choose it again.")
        raise UserError(message) from error
    if name and name not in book.sheetnames:
        found = ", ".join(book.sheetnames)
        raise UserError(env._("The workbook has no sheet “%(sheet)s”; it has: %(found)s.", sheet=name, found=found))
    sheet = book[name] if name else book.worksheets[0]
    sheet.reset_dimensions()  # what some programs write there is wrong
    return sheet


def _check_size(env, content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if len(content) > BYTES_MAX or unpacked > BYTES_UNPACKED_MAX:
        raise UserError(env._("The file is too big. Split it."))


def _get_cell(number, column, results, formulas):
    result = results[column] if column < len(results) else None
    formula = formulas[column] if column < len(formulas) else None
    return Cell(f"{get_column_letter(column + 1)}{number}", result, result is None and formula is not None)


def _show(value):
    return "" if value is None else str(value)[:40]
