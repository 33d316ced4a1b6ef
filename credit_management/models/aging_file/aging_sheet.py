"""An aging as a workbook, written row by row: groups that fold, with formulas that carry their values."""

from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

ROWS_MOST = 1_000_000  # a sheet takes 1,048,576 rows; a group stays together
WIDTHS = {"text": 28, "date": 12, "number": 9, "amount": 15}


class AgingBook:
    """Writes groups, each followed by its items one level lower, then the totals and a sheet of what was asked for.

    :param file: where to
    :param columns: ``[(title, kind)]``, kind one of `WIDTHS`
    :param int decimal_places: of the currency shown
    """

    def __init__(self, file, title, columns, decimal_places, rows_most=ROWS_MOST):
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(file, options)
        self.title, self.columns, self.rows_most = title, columns, rows_most
        places = "0." + "0" * decimal_places if decimal_places else "0"
        amount = f"#,##{places};[Red]-#,##{places};"
        self.formats = {
            is_bold: {
                "amount": self.book.add_format({"num_format": amount, "bold": is_bold}),
                "date": self.book.add_format({"num_format": "yyyy-mm-dd", "bold": is_bold}),
                "number": self.book.add_format({"bold": is_bold}),
                "text": self.book.add_format({"bold": is_bold}),
            }
            for is_bold in (False, True)
        }
        self.heading = self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.parts = []  # (name of a sheet, its first and last row of groups and items)
        self._add_sheet()

    def _add_sheet(self):
        number = len(self.parts) + 1
        name = self.title[:25] if number == 1 else f"{self.title[:25]} {number}"
        self.sheet = self.book.add_worksheet(name)
        self.sheet.outline_settings(True, False, True, False)  # a group stands above its items
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        for number, (title, kind) in enumerate(self.columns):
            self.sheet.set_column(number, number, WIDTHS[kind])
            self.sheet.write_string(0, number, title, self.heading)
        self.row = 1
        self.parts.append([name, 1, 0])

    def add_group(self, name, values, items):
        """Write a group and its items, which fold.

        :param values: of the columns; None: nothing
        :param items: the rows of its items, as often as there are some
        """
        if self.row > 1 and self.row + len(items) > self.rows_most:
            self._add_sheet()
        first, last = self.row + 2, self.row + 1 + len(items)  # as people count rows
        self.sheet.set_row(self.row, None, None, {"collapsed": True})
        self._write_row([name, *values[1:]], is_bold=True, rows=(first, last))
        for item in items:
            self.sheet.set_row(self.row, None, None, {"level": 1, "hidden": True})
            self._write_row(item)
        self.parts[-1][2] = self.row - 1

    def _write_row(self, values, is_bold=False, rows=None):
        for number, (value, (_title, kind)) in enumerate(zip(values, self.columns, strict=True)):
            style = self.formats[is_bold][kind]
            if kind == "amount" and rows and value:
                column = xl_col_to_name(number)
                formula = f"=SUBTOTAL(9,{column}{rows[0]}:{column}{rows[1]})"
                self.sheet.write_formula(self.row, number, formula, style, value)
            elif isinstance(value, date):
                self.sheet.write_datetime(self.row, number, value, style)
            elif isinstance(value, str):
                self.sheet.write_string(self.row, number, value, style)
            elif value:
                self.sheet.write_number(self.row, number, value, style)
        self.row += 1

    def add_total(self, name, values):
        """Write the totals of all groups: a formula over all sheets."""
        for number, (value, (_title, kind)) in enumerate(zip(values, self.columns, strict=True)):
            style = self.formats[True][kind]
            if kind == "amount" and value is not None:  # amounts of several currencies have no total
                column = xl_col_to_name(number)
                parts = [
                    f"SUBTOTAL(9,'{sheet}'!{column}{first + 1}:{column}{last + 1})"
                    for sheet, first, last in self.parts if last
                ]
                self.sheet.write_formula(self.row, number, "=" + ("+".join(parts) or "0"), style, value)
        self.sheet.write_string(self.row, 0, name, self.formats[True]["text"])
        self.row += 1

    def add_parameters(self, title, rows):
        """Write a sheet of what was asked for, and of the tie.

        :param rows: lists of texts and numbers
        """
        sheet = self.book.add_worksheet(title[:31])
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 4, 22)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value, self.formats[column == 0]["text"])
                else:
                    sheet.write_number(number, column, value, self.formats[False]["amount"])

    def close(self):
        """Finish the file."""
        self.book.close()
