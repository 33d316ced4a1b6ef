"""A month's letters of many customers take no more memory than those of a few: a long run, for `make test-long`."""

import gc
import os
from pathlib import Path
from unittest import skipUnless

from odoo.tests import HttpCase, tagged

from .common import StatementCommon

LETTERS = int(os.environ.get("CREDIT_LETTERS", "1000"))
WARM = 10  # after so many all that is read once has been read
MOST = 20 << 20  # bytes that may come on top of it
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident():
    """Return the bytes of memory that the process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


@skipUnless(os.environ.get("CREDIT_LIVES"), "a long run")
@tagged("post_install", "-at_install")
class TestManyLetters(StatementCommon, HttpCase):
    @classmethod
    def _keep_from_drawing_documents(cls):
        """Draw them: this is what is measured."""

    def draw(self, statement):
        pdf = statement.with_context(force_report_rendering=True)._draw()
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.env.invalidate_all()

    def test_the_last_letter_finds_the_memory_of_the_tenth(self):
        for number in range(5):
            self.invoice(100.0 + number, "2026-05-01")
        statement = self.state("2026-06-30")
        for _number in range(WARM):
            self.draw(statement)
        tenth = resident()
        for _number in range(LETTERS - WARM):
            self.draw(statement)
        self.assertLess(resident() - tenth, MOST)
