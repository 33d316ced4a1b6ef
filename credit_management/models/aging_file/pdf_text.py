"""Text on a page: letters and Chinese, each in a font that has them, all embedded."""

import functools

from odoo.tools.misc import file_path
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

WEB = "web/static/fonts"
# the first font that has a character draws it; for bold Chinese there is no font: its outlines are drawn as well
FONTS = {
    "CreditOpenSans": f"{WEB}/google/Open_Sans/Open_Sans-Regular.ttf",
    "CreditOpenSansBold": f"{WEB}/google/Open_Sans/Open_Sans-Bold.ttf",
    "CreditNotoSans": f"{WEB}/sign/NotoSans-Reg.ttf",
    "CreditDroidSans": "credit_management/static/fonts/DroidSansFallbackFull.ttf",
}
ORDER = {
    False: ("CreditOpenSans", "CreditNotoSans", "CreditDroidSans"),
    True: ("CreditOpenSansBold", "CreditNotoSans", "CreditDroidSans"),
}
FILL, FILL_AND_STROKE = 0, 2
STROKE = 0.03  # of the size
ELLIPSIS = "…"


@functools.cache
def _font(name):
    """Return a font, which is read once in the life of a server."""
    pdfmetrics.registerFont(TTFont(name, file_path(FONTS[name])))
    return pdfmetrics.getFont(name)


def first_font():
    """Return the name of the font that a page starts with, so that it names none that is not embedded."""
    return _font(ORDER[False][0]).fontName


@functools.lru_cache(maxsize=20_000)
def _font_of(character, is_bold):
    names = ORDER[is_bold]
    return next((name for name in names if ord(character) in _font(name).face.charToGlyph), names[0])


@functools.lru_cache(maxsize=20_000)
def runs(text, is_bold=False):
    """Return ``((name of a font, part of the text), …)``."""
    found = []
    for character in text:
        name = _font_of(character, is_bold)
        if found and found[-1][0] == name:
            found[-1][1] += character
        else:
            found.append([name, character])
    return tuple(map(tuple, found))


def width(text, size, is_bold=False):
    """Return how wide a text is, in points."""
    return sum(_font(name).stringWidth(part, size) for name, part in runs(text, is_bold))


def draw(canvas, x, y, text, size, is_bold=False, most=None):
    """Draw a text from the left.

    :param most: a width; what is longer is drawn narrower
    """
    pen = canvas.beginText(x, y)
    natural = width(text, size, is_bold) if most else 0
    if natural > (most or natural):
        pen.setHorizScale(100 * most / natural)
    canvas.setLineWidth(STROKE * size)
    for name, part in runs(text, is_bold):
        pen.setFont(name, size)
        pen.setTextRenderMode(FILL_AND_STROKE if is_bold and "Bold" not in name else FILL)
        pen.textOut(part)
    pen.setTextRenderMode(FILL)
    if natural > (most or natural):
        pen.setHorizScale(100)  # it would stay for the next text
    canvas.drawText(pen)


def draw_right(canvas, x, y, text, size, is_bold=False, most=None):
    """Draw a text so that it ends at ``x``; see `draw`."""
    natural = width(text, size, is_bold)
    draw(canvas, x - min(natural, most or natural), y, text, size, is_bold, most)


def shorten(text, size, most, is_bold=False):
    """Return as much of a text as fits into a width."""
    if width(text, size, is_bold) <= most:
        return text
    least, longest = 0, len(text)
    while least < longest:
        middle = (least + longest + 1) // 2
        fits = width(text[:middle] + ELLIPSIS, size, is_bold) <= most
        least, longest = (middle, longest) if fits else (least, middle - 1)
    return text[:least].rstrip() + ELLIPSIS


def wrap(text, size, most, is_bold=False):
    """Return a text as lines that fit into a width: letters break between words, Chinese anywhere."""
    lines, line = [], ""
    for part in _parts(text):
        if line and width(line + part.rstrip(), size, is_bold) > most:
            lines.append(line.rstrip())
            line = ""
        line += part
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _parts(text):
    """Yield what a line may end behind: a word with its space, or a character of Chinese."""
    word = ""
    for character in text:
        word += character
        if character == " " or _font_of(character, False) == "CreditDroidSans":
            yield word
            word = ""
    if word:
        yield word
