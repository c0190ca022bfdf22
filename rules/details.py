"""What a cascade says of itself in the Temporal UI (Markdown)."""

from models.ledger import LedgerState
from models.plan import CascadePlan
from rules import margins
from rules.words import STATES, moment


def overdue(state: LedgerState) -> int:
    """Obligations that are owed and past their due instant, as of the last event; units that only take part apart."""
    return margins.overdue(state.obligations, state.now)


def describe(plan: CascadePlan, state: LedgerState) -> str:
    """Title, time and the number of obligations in each state, those of units that only take part not counted."""
    counts = margins.states(state.obligations)
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
