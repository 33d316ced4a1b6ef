"""An aging on paper: A4 across, with what was asked for on each page and what is carried to the next."""

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from .pdf_text import draw, draw_right, first_font, shorten, width, wrap

WIDTH, HEIGHT = landscape(A4)
MARGIN = 28
INNER = WIDTH - 2 * MARGIN
SIZE = 8  # of the rows; less where there are many columns
TITLE_SIZE, FACT_SIZE = 13, 7.5
LEADING = 1.65
GAP = 6  # between columns
TEXT_LEAST = 130  # of the first column
TITLE_MOST = 60  # what is longer is broken into lines
KIND_WIDTHS = {"text": 90, "date": 50, "number": 42}  # at `SIZE`
FACT_LINES = 2  # on the second page and later
LINE, GREY, GREEN, RED = HexColor("#b8bcc2"), HexColor("#f1f2f4"), HexColor("#1f8a4c"), HexColor("#c02b2b")
INK, SOFT = HexColor("#1d2025"), HexColor("#5c636d")
PAGES = "\0"  # stands for the number of pages, which is known at the end


@dataclass(frozen=True)
class Words:
    """What is said around the figures, in the language of the reader."""

    title: str
    company: str
    facts: tuple[str, ...]  # what was asked for: a line each
    printed: str
    page: object  # returns "Page 1 of 2" of two texts
    carried: str
    brought: str


class AgingPdf:
    """Writes groups, each with its items where they are wanted, then the totals, and lines below them.

    :param file: where to
    :param Words words: see there
    :param columns: ``[(title, kind, widest)]``, kind one of `KIND_WIDTHS` or "amount"; the first one has the names,
        `widest` is the longest text of an amount
    :param write_amount: returns the text of an amount; it may be changed between groups
    :param bool is_carried: whether what the pages have so far stands on each
    """

    def __init__(self, file, words, columns, write_amount, is_carried=True):
        self.canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), pageCompression=1, initialFontName=first_font())
        self.canvas.setTitle(words.title)
        self.canvas.setAuthor(words.company)
        self.words, self.columns, self.write_amount, self.is_carried = words, columns, write_amount, is_carried
        self.size, self.widths = _find_widths(columns)
        self.height = self.size * LEADING
        self.is_amount = [kind == "amount" for _title, kind, _widest in columns]
        self.sums = [0.0] * len(columns)
        self.pages = 0
        self.open_group = None  # the name of a group whose items go on
        self._start_page()

    # -- pages -------------------------------------------------------------------------------------

    def _start_page(self):
        self.pages += 1
        self.y = HEIGHT - MARGIN - TITLE_SIZE
        canvas = self.canvas
        canvas.setFillColor(INK)
        draw(canvas, MARGIN, self.y, self.words.title, TITLE_SIZE, True)
        room = INNER - width(self.words.title, TITLE_SIZE, True) - GAP
        draw_right(canvas, WIDTH - MARGIN, self.y, self.words.company, TITLE_SIZE - 3, True, room)
        self.y -= FACT_SIZE * LEADING + 2
        canvas.setFillColor(SOFT)
        for line in self._list_fact_lines():
            draw(canvas, MARGIN, self.y, line, FACT_SIZE)
            self.y -= FACT_SIZE * 1.4
        self._draw_titles()
        self._draw_footer()
        if self.pages > 1 and self.is_carried and any(self.sums):
            self._draw_sums(self.words.brought)
        if self.open_group:
            self._draw_row([f"{self.open_group} …", *[None] * (len(self.columns) - 1)], True)

    def _list_fact_lines(self):
        if self.pages > 1:
            return [shorten(fact, FACT_SIZE, INNER) for fact in self.words.facts[:FACT_LINES]]
        return [line for fact in self.words.facts for line in wrap(fact, FACT_SIZE, INNER)]

    def _draw_titles(self):
        titles = [
            wrap(title, self.size, size - GAP, True)
            for (title, *_rest), size in zip(self.columns, self.widths, strict=True)
        ]
        lines = max(map(len, titles))
        self.canvas.setFillColor(INK)
        self.y -= 2
        for number in range(lines):
            self.y -= self.size * 1.25
            row = [title[number - lines] if number >= lines - len(title) else "" for title in titles]
            self._draw_cells(row, True)
        self.y -= self.size * 0.5
        self._draw_line(INK)
        self.y -= self.height * 0.85

    def _draw_footer(self):
        y, size = MARGIN * 0.6, FACT_SIZE
        self.canvas.setFillColor(SOFT)
        draw(self.canvas, MARGIN, y, self.words.printed, size)
        before, after = self.words.page(str(self.pages), PAGES).split(PAGES)
        x = WIDTH - MARGIN - width(f"0000{after}", size)
        draw_right(self.canvas, x, y, before, size)
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.doForm("pages")
        self.canvas.restoreState()
        self.canvas.setFillColor(INK)

    def _break_page(self):
        if self.is_carried and any(self.sums):
            self._draw_sums(self.words.carried)
        self._end_page()
        self._start_page()

    def _end_page(self):
        """End a page, and compress it now: ReportLab would keep it as it is until all are written."""
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        filters = PDFDictionary({"Filter": PDFArray([PDFName(PDFZCompress.pdfname)])})
        page.Contents, page.stream = PDFStream(filters, PDFZCompress.encode(page.stream)), None

    def _make_room(self, rows=1):
        """Start a page where so many rows, and what is carried, have no room on this one."""
        if self.y - (rows + self.is_carried) * self.height < MARGIN:
            self._break_page()

    # -- rows --------------------------------------------------------------------------------------

    def add_group(self, name, values, items=None):
        """Write a group; below it its items, where they are wanted.

        :param values: of the columns behind the first one
        :param items: rows of all columns; None: only groups are shown
        """
        self._make_room(2 if items else 1)
        if items is not None:
            self._draw_background()
        self._draw_row([name, *values], items is not None)
        if items is None:
            self._add_up([None, *values])
        self.open_group = name
        for item in items or ():
            self._make_room()
            self._draw_row(item)
            self._add_up(item)
        self.open_group = None

    def add_total(self, name, values):
        """Write the totals of all groups."""
        self._make_room(2)
        self.y += self.height * 0.7
        self._draw_line(INK)
        self.y -= self.height * 0.85
        self._draw_row([name, *values], True)

    def add_lines(self, lines):
        """Write sentences below the table.

        :param lines: ``[(mark, sentence)]``; the mark is True (a tick), False (a warning) or None
        """
        self.is_carried = False
        for mark, sentence in lines:
            for number, line in enumerate(wrap(sentence, FACT_SIZE + 0.5, INNER - 16)):
                self._make_room()
                self.y -= 2
                if mark is not None and not number:
                    self._draw_mark(mark)
                self.canvas.setFillColor(RED if mark is False else INK)
                draw(self.canvas, MARGIN + 14, self.y, line, FACT_SIZE + 0.5)
                self.y -= FACT_SIZE * 1.4

    def start_over(self):
        """Carry only what comes from here on."""
        self.sums = [0.0] * len(self.columns)

    def close(self):
        """Finish the file."""
        _before, after = self.words.page("", PAGES).split(PAGES)
        self.canvas.beginForm("pages")
        self.canvas.setFillColor(SOFT)
        draw(self.canvas, 0, 0, f"{self.pages}{after}", FACT_SIZE)
        self.canvas.endForm()
        self._end_page()
        self.canvas.save()

    def _add_up(self, values):
        for number, value in enumerate(values):
            if value and self.is_amount[number]:
                self.sums[number] += value

    def _draw_sums(self, name):
        sums = [total if is_amount else None for total, is_amount in zip(self.sums, self.is_amount, strict=True)]
        self.y += self.height * 0.7
        self._draw_line(LINE)
        self.y -= self.height * 0.7
        self._draw_row([name, *sums[1:]], True)

    def _draw_row(self, values, is_bold=False):
        texts = [
            self.write_amount(value) if is_amount else value or ""
            for value, is_amount in zip(values, self.is_amount, strict=True)
        ]
        self._draw_cells(texts, is_bold)
        self.y -= self.height

    def _draw_cells(self, texts, is_bold):
        x = MARGIN
        for number, (text, size) in enumerate(zip(texts, self.widths, strict=True)):
            if text and self.columns[number][1] in ("amount", "number"):
                draw_right(self.canvas, x + size, self.y, text, self.size, is_bold, size - 2)
            elif text:
                most = self._find_room(texts, number) - GAP
                draw(self.canvas, x, self.y, shorten(text, self.size, most, is_bold), self.size, is_bold)
            x += size

    def _find_room(self, texts, number):
        """Return the width of a text: also of the columns behind it in which nothing stands."""
        room = self.widths[number]
        for behind, text in enumerate(texts[number + 1:], number + 1):
            if text or self.is_amount[behind]:
                break
            room += self.widths[behind]
        return room

    def _draw_background(self):
        self.canvas.setFillColor(GREY)
        self.canvas.rect(MARGIN, self.y - self.height * 0.32, INNER, self.height, stroke=0, fill=1)
        self.canvas.setFillColor(INK)

    def _draw_line(self, color):
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColor(color)
        self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.canvas.setStrokeColor(INK)

    def _draw_mark(self, is_good):
        canvas, x, y = self.canvas, MARGIN, self.y
        canvas.saveState()
        canvas.setLineWidth(1.3)
        canvas.setStrokeColor(GREEN if is_good else RED)
        stroke = ((0.5, 2.5, 3, 0), (3, 0, 8, 6.5)) if is_good else ((4, 2, 4, 6.5), (4, -0.5, 4, 0.3))
        for from_x, from_y, to_x, to_y in stroke:
            canvas.line(x + from_x, y + from_y, x + to_x, y + to_y)
        canvas.restoreState()


def _find_widths(columns):
    """Return the size of the rows, and the widths of the columns at that size: they fill the page."""
    wanted = [_find_wanted(*column) for column in columns]
    wanted[0] = TEXT_LEAST
    size = min(SIZE, SIZE * INNER / sum(wanted))
    widths = [one * size / SIZE for one in wanted]
    rest = INNER - sum(widths)
    amounts = [number for number, (_title, kind, _widest) in enumerate(columns) if kind == "amount"]
    texts = [number for number, (_title, kind, _widest) in enumerate(columns) if kind == "text"]
    air = min(rest * 0.6 / max(len(amounts), 1), 14)
    for number in amounts:
        widths[number] += air
    for number in texts:  # names take what is left
        widths[number] += (rest - air * len(amounts)) / len(texts)
    return size, widths


def _find_wanted(title, kind, widest):
    if kind != "amount":
        return KIND_WIDTHS[kind]
    words = max(width(word, SIZE, True) for word in title.split())
    return max(width(widest, SIZE, True), words, min(width(title, SIZE, True), TITLE_MOST)) + GAP
