"""The numbers under which a customer knows a document: of the purchase order, the tax invoice, the delivery note."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo import api, models
from odoo.models import BaseModel
from odoo.tools import SQL
from odoo.tools.translate import LazyGettext, LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Number:
    """A kind of number of documents.

    - name, label: what it is called
    - read: returns, for documents, ``{id: numbers}`` of those that have some, in one statement
    """

    name: str
    label: LazyGettext
    read: Callable[[BaseModel], dict[int, str]]


ORDER = Number("order", _lt("Purchase Order"), lambda moves: moves._credit_read_order_numbers())
TAX = Number("tax", _lt("Tax Invoice"), lambda moves: moves._credit_read_tax_numbers())


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _credit_get_numbers(self):
        """Return the kinds of numbers that documents may have.

        Hook: an add-on extends it by its own.

        :rtype: tuple[Number, ...]
        """
        return (ORDER, TAX) if "fapiao" in self._fields else (ORDER,)  # of the Chinese localization

    def _credit_read_numbers(self):
        """Return ``{id: {name of a kind: numbers}}`` of these documents."""
        found = {}
        for number in self._credit_get_numbers() if self else ():
            for move_id, text in number.read(self).items():
                found.setdefault(move_id, {})[number.name] = text
        return found

    def _credit_read_order_numbers(self):
        self.env["sale.order"].flush_model(["client_order_ref"])
        self.env["account.move.line"].flush_model(["move_id", "sale_line_ids"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT l.move_id, STRING_AGG(DISTINCT o.client_order_ref, ', ')
                      FROM account_move_line l
                      JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = l.id
                      JOIN sale_order_line s ON s.id = rel.order_line_id
                      JOIN sale_order o ON o.id = s.order_id
                     WHERE l.move_id IN %s AND o.client_order_ref <> '' GROUP BY l.move_id
                    """,
                    tuple(self.ids),
                )
            )
        )

    def _credit_read_tax_numbers(self):
        return {move.id: move.fapiao for move in self if move.fapiao}

    @api.model
    def _credit_get_numbers_text(self, numbers, shown=""):
        """Return numbers of a document as one text.

        :param numbers: ``{name of a kind: numbers}``
        :param shown: what stands beside already
        """
        labels = {number.name: number.label for number in self._credit_get_numbers()}
        return " · ".join(
            f"{self.env._(labels[name])} {text}" for name, text in (numbers or {}).items()
            if name in labels and text != shown
        )
