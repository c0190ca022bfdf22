"""Whether what is shown of some registers fits itself: both chains hashed again, and one obligation folded again.

Nothing is asked but the database, so that a story can be checked where it is told. Who changed a chain up to its end,
and the register's row with it, is found only by what proves a record from outside: `audit.verify.verify`.
"""

from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from audit.verify.chains import check_events, check_journal, parsed, read
from audit.verify.finding import Finding
from audit.verify.links import Linked
from audit.verify.proof import Proof
from audit.verify.tables import check_rows
from models.event import Event
from models.obligation import ObligationState
from models.plan import CascadePlan
from rules.fold import empty, fold
from store.snapshot import Chains, Row, Snapshots

_TABLE = "obligation"


def check_shown(snapshots: Snapshots, chains: Iterable[str], obligation: str | None = None) -> list[Finding]:
    """The first thing that does not fit in each chain of registers, or of journals that are no register's; and where an
    obligation's row, by its key, is not what the events make of it. Raises `Unreachable`."""
    found: list[Finding] = []
    for chain in sorted(chains):
        rows = snapshots.chains(chain, obligation)
        events = read(rows.events)
        wrong = check_events(rows.cascade, rows.events, events, Proof()) if rows.cascade else []
        if rows.cascade and obligation is not None and not wrong:
            wrong = _standing(rows.cascade, rows, events, obligation)
        found += [*wrong, *check_journal(chain, rows.journal, read(rows.journal), (), ())]
    return found


def _standing(cascade: Row, rows: Chains, chain: Sequence[Linked], key: str) -> list[Finding]:
    plan = CascadePlan.model_validate(cascade["first_plan"] or cascade["plan"])
    events: list[Event] = [event for item in chain if (event := parsed(item))]
    should = fold(plan, empty(plan), events).obligations.get(key)
    return check_rows(
        cascade["id"],
        _TABLE,
        {(key,): should.model_dump()} if should else {},
        {(key,): _as_read(rows.obligation)} if rows.obligation else {},
    )


def _as_read(row: Row) -> Row:
    """The state that a row has, as it is read; as it stands where it is none."""
    values = {name: row[name] for name in ObligationState.model_fields}
    try:
        return ObligationState.model_validate(values).model_dump()
    except ValidationError:
        return values
