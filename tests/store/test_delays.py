"""Why things are late, and whose unit is named, read from the tables."""

from datetime import datetime, timedelta

from sqlalchemy import Engine

from models.obligation import State
from rules.holding import MICROSECOND
from rules.ledger import advance, decide, next_wake, open_register
from store.recorder import Recorder
from store.summaries import load_summary
from tests import small

CASCADE = small.cascade(small.TOP)


def live_through(engine: Engine, until: datetime) -> None:
    """A register in which one unit answers late, and the others nothing at all."""
    small.store(engine)
    book = small.slice_of(small.TOP)
    change = open_register(book, small.STARTS)
    events, answered = list(change.events), False
    while (wake := next_wake(book, change.state)) is not None and wake <= until:
        change = advance(book, change.state, wake)
        events += change.events
        due = change.state.obligations[f"plan@{small.LOW}"].due
        if not answered and due is not None and wake > due:
            answered = True
            change = decide(book, change.state, small.submit(f"plan@{small.LOW}", wake))
            events += change.events
    Recorder(engine, small.MAIL_HOURS).record(CASCADE, tuple(events))


def test_delays_add_up_and_whoever_heeds_nobody_is_known(engine: Engine) -> None:
    due = small.slice_of(small.TOP).requirements[0].due
    assert due is not None
    until = due + timedelta(days=40)
    live_through(engine, until)
    summary = load_summary(engine, small.plan().head.directive_id, until)
    found = {item.key: item for item in summary.delays.items}
    plans = {key: item for key, item in found.items() if key.startswith("plan@")}
    assert plans.keys() == {f"plan@{small.LOW}", f"plan@{small.HIGH}"}
    for item in found.values():
        assert item.held.whole * MICROSECOND == until - item.begun
    assert plans[f"plan@{small.LOW}"].held.reviewer > 0
    assert plans[f"plan@{small.HIGH}"].held.reviewer == 0
    unheeded = {line.key for line in summary.lines if line.unheeded}
    assert f"plan@{small.HIGH}" in unheeded
    assert all(line.state is State.OPEN for line in summary.lines if line.unheeded)
