"""The deposit of an order as it stands now: what is asked, what came, what waits for it."""

from dataclasses import dataclass

from odoo import models

from ...engine.decision import RELEASED
from ...engine.deposit import Deposit, get_deposit
from ...engine.policy import DEPOSIT, HOLD, REFUSE
from ..documents.sale_order import OPEN_STATES

# exemptions of orders of which a deposit is asked: nothing is missing of it, or nothing is ordered yet
ASKED_OF = ("prepaid", "no_amount")

NOTHING = Deposit()


@dataclass(frozen=True)
class Asked:
    """What is asked of an order first, in its currency."""

    deposit: Deposit = NOTHING
    waits: str = ""  # 'order': its confirmation, 'delivery': the delivery, '': nothing
    tolerance: float = 0.0
    is_waived: bool = False  # by a release
    percent: float = 0.0  # the highest plain percentage that is asked of such orders, also where nothing is ordered yet

    @property
    def is_waiting(self):
        """Tell whether the confirmation waits for money."""
        return self.waits == "order" and not self.is_waived and self.deposit.is_missing(self.tolerance)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _credit_find_asked(self):
        """Return ``{order: Asked}``: a dry run of the gate, for those of which a policy may ask something.

        Nothing of it is stored: it follows from the policy, the customer and the money, each time it is asked for.
        """
        found = dict.fromkeys(self, Asked())
        # what is asked of an order is the same, whoever looks
        orders = self.filtered("partner_invoice_id").sudo()._credit_get_enforced()
        orders = orders.filtered(lambda order: order.state != "cancel" and order._credit_is_deposit_possible())
        orders = orders.filtered(lambda order: not _is_nobody(order.partner_invoice_id))
        for checkpoint, alike in orders.grouped(lambda order: order._credit_get_panel_checkpoint()).items():
            decisions = alike._credit_decide(checkpoint, is_locked=False)
            # back to the rights of the caller
            found |= {order.sudo(self.env.su): order._credit_get_asked(decisions[order]) for order in alike}
        return found

    def _credit_is_deposit_possible(self):
        """Tell whether a policy that is on in the company asks for deposits at all: else nothing is read."""
        snapshots = self.env["credit.policy"]._get_active_snapshots(self.company_id._credit_company().id)
        return any(snapshot["policy"].deposits for snapshot in snapshots)

    def _credit_get_asked(self, decision):
        """Return what a decision asks of the order first."""
        policy, request = decision.policy, decision.request
        if not policy or decision.exemption not in ("", *ASKED_OF):
            return Asked()
        return Asked(
            deposit=get_deposit(policy.deposits, request.ordered, decision.facts),
            waits=self._credit_get_waits(policy, request.checkpoint),
            tolerance=self._credit_get_tolerance(policy, request),
            is_waived=decision.verdict == RELEASED,
            percent=_get_plain_percent(policy.deposits, request.ordered, decision.facts),
        )

    def _credit_get_waits(self, policy, checkpoint):
        """Return what waits for the deposit of the order, by its policy."""
        if self.state in OPEN_STATES and policy.get_deposit_stops(checkpoint):
            return "order"
        return "delivery" if policy.get_deposit_stops("delivery") else ""

    def _credit_get_tolerance(self, policy, request):
        """Return what is forgiven of the deposit, in the currency of the order: by the strictest rule."""
        stops = policy.get_deposit_stops(request.checkpoint)
        return min((rule.amount_tolerance for rule in stops), default=0.0) * request.ordered.rate

    def _credit_is_waiting_for_deposit(self):
        """Tell whether the order is held, and for nothing but its deposit."""
        hold = self.sudo().credit_hold_id  # the list of holds is the controllers'
        is_held = self.credit_hold_state == "held" and hold.state == "open" and not hold.is_forced
        stops = [finding for finding in hold.findings or [] if finding["effect"] in (HOLD, REFUSE)]
        return is_held and {finding["criterion"] for finding in stops} == {DEPOSIT}

    def _credit_accept(self):
        """Hold what the customer has accepted and whose confirmation waits for money; it goes on by itself with it."""
        waiting = self.filtered(lambda order: order.state in OPEN_STATES and order.credit_hold_state != "held")
        asked = waiting._credit_find_asked()
        waiting = waiting.filtered(lambda order: asked[order].is_waiting)
        held = waiting.with_context(credit_interactive="customer")._credit_hold_waiting()
        (waiting - held)._credit_forget_pass("order")  # it takes no step here


def _is_nobody(partner):
    """Tell whether a partner stands for whoever has not signed in yet: it is archived, and no customer."""
    return not partner.active and partner.is_public


def _get_plain_percent(rules, ordered, facts):
    """Return the highest percentage that is neither capped nor rounded: it stays the same when the order grows."""
    plain = (rule for rule in rules if not (rule.amount or rule.amount_most or rule.step))
    return max((rule.percent for rule in plain if rule.is_for(ordered, facts)), default=0.0)
