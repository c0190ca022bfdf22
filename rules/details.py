"""What a cascade says of itself in the Temporal UI (Markdown)."""

from collections import Counter

from models.ledger import LedgerState
from models.obligation import OWING
from models.plan import CascadePlan
from rules.words import STATES, moment


def overdue(state: LedgerState) -> int:
    """Obligations that are owed and past their due instant, as of the last event; units that only take part apart."""
    return sum(
        item.state in OWING and not item.coordinating and item.due is not None and item.due <= state.now
        for item in state.obligations.values()
    )


def describe(plan: CascadePlan, state: LedgerState) -> str:
    """Title, time and the number of obligations in each state, those of units that only take part not counted."""
    counts = Counter(item.state for item in state.obligations.values() if not item.coordinating)
    rows = [f"| {STATES[name]} | {counts[name]} |" for name in STATES if counts[name]]
    return "\n".join(
        [
            f"**{plan.number}** {plan.title}",
            "",
            f"Sổ theo dõi của {plan.issuer_name}, đến {moment(state.now)}: {overdue(state)} nhiệm vụ quá hạn.",
            "",
            "| Trạng thái | Số nhiệm vụ |",
            "| --- | ---: |",
            *rows,
        ]
    )
