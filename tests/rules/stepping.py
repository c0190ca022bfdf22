"""Commands of a supervisor who steps in, and registers in which an obligation has come to a state."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from models.actor import Actor
from models.answer import Answer
from models.intervention import (
    AcceptPaper,
    EndRegister,
    Reassign,
    Reinstate,
    Release,
    ReleaseUnit,
    Resume,
    SetDue,
    Suspend,
    Target,
)
from models.obligation import State
from models.plan import CascadePlan, OpeningMode, RequirementKind, Term
from tests.rules.plans import (
    PAPER,
    at,
    commented,
    having_held,
    new_id,
    opening,
    plan,
    register,
    requirement,
    review,
    submit,
    supervisor,
    with_duty,
)
from tests.rules.registers import Book

UNITS = ("d1", "d2", "d3")
PAST = at(3, 5)
"""When an obligation has come to its state."""
NOW = at(3, 16)
"""When somebody steps in: a Monday."""


def targets(keys: tuple[str, ...], submissions: int) -> tuple[Target, ...]:
    return tuple(Target(obligation=key, submissions=submissions) for key in keys)


def common(when: datetime, reason: str, by: Actor | None) -> dict[str, Any]:
    return {"id": new_id(), "at": when, "actor": by or supervisor("bo"), "reason": reason}


def set_due(
    when: datetime, until: date, *keys: str, submissions: int = 0, reason: str = "bão", by: Actor | None = None
) -> SetDue:
    return SetDue(**common(when, reason, by), targets=targets(keys, submissions), until=until)


def release(
    when: datetime,
    *keys: str,
    kind: Release = Release.WAIVED,
    submissions: int = 0,
    reason: str = "bão",
    by: Actor | None = None,
) -> ReleaseUnit:
    return ReleaseUnit(**common(when, reason, by), targets=targets(keys, submissions), release=kind)


def reinstate(
    when: datetime, *keys: str, submissions: int = 0, reason: str = "nhầm", by: Actor | None = None
) -> Reinstate:
    return Reinstate(**common(when, reason, by), targets=targets(keys, submissions))


def suspend(when: datetime, *keys: str, submissions: int = 0, reason: str = "bão", by: Actor | None = None) -> Suspend:
    return Suspend(**common(when, reason, by), targets=targets(keys, submissions))


def resume(when: datetime, *keys: str, submissions: int = 0, reason: str = "ổn", by: Actor | None = None) -> Resume:
    return Resume(**common(when, reason, by), targets=targets(keys, submissions))


def reassign(
    when: datetime, unit: str, *keys: str, submissions: int = 0, reason: str = "đổi", by: Actor | None = None
) -> Reassign:
    return Reassign(**common(when, reason, by), targets=targets(keys, submissions), unit=unit)


def accept_paper(
    when: datetime,
    key: str,
    received: date,
    *,
    submissions: int = 0,
    answer: Answer | None = None,
    reason: str = "gửi giấy",
    by: Actor | None = None,
    **said: Any,
) -> AcceptPaper:
    return AcceptPaper(
        **common(when, reason, by),
        target=Target(obligation=key, submissions=submissions),
        answer=answer or Answer(files=(PAPER,)),
        received_on=received,
        **said,
    )


def end(when: datetime, *, cancelled: bool, reason: str = "đã có văn bản mới", by: Actor | None = None) -> EndRegister:
    return EndRegister(**common(when, reason, by), cancelled=cancelled)


def small_plan() -> CascadePlan:
    """A register in which an obligation can come to every state."""
    items = (
        requirement("year"),
        requirement("late", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance")),
        requirement("draft", kind=RequirementKind.CONSULTATION, ends_with="final"),
        requirement("meeting", kind=RequirementKind.EVENT),
        requirement(
            "minutes",
            None,
            kind=RequirementKind.REPORT,
            term=Term(days=5),
            opening=opening(OpeningMode.WHEN_HELD, "meeting"),
        ),
    )
    made = plan(items, UNITS)
    made = made.model_copy(update={"triggers": made.triggers | {"final": "Văn bản chính thức"}})
    return with_duty(made, "year@d3", applicable=False)


def _accepted(book: Book, key: str) -> None:
    book.do(submit(key, PAST))
    book.do(review(key, PAST))


def _returned(book: Book, key: str) -> None:
    book.do(submit(key, PAST))
    book.do(review(key, PAST, returns=True))


def _satisfied(book: Book, key: str) -> None:
    book.do(submit("meeting@d2", PAST, having_held("d1")))
    book.do(review("meeting@d2", PAST))
    assert key == "meeting@d1"


def _lapsed(book: Book, _key: str) -> None:
    book.do(submit("draft@d2", PAST, commented()))
    book.do(register(PAST, "final"))


_WAYS: dict[State, tuple[str, Callable[[Book, str], Any]]] = {
    State.DORMANT: ("late@d1", lambda _book, _key: None),
    State.OPEN: ("year@d1", lambda _book, _key: None),
    State.SUBMITTED: ("year@d1", lambda book, key: book.do(submit(key, PAST))),
    State.RETURNED: ("year@d1", _returned),
    State.SUSPENDED: ("year@d1", lambda book, key: book.do(suspend(PAST, key))),
    State.ACCEPTED: ("year@d1", _accepted),
    State.SATISFIED: ("meeting@d1", _satisfied),
    State.NOT_APPLICABLE: ("year@d3", lambda _book, _key: None),
    State.WAIVED: ("year@d1", lambda book, key: book.do(release(PAST, key))),
    State.WITHDRAWN: ("year@d1", lambda book, key: book.do(release(PAST, key, kind=Release.WITHDRAWN))),
    State.TRANSFERRED: ("year@d1", lambda book, key: book.do(reassign(PAST, "d9", key))),
    State.UNFULFILLED: ("draft@d1", _lapsed),
}


def in_state(state: State) -> tuple[Book, str]:
    """A register, and the key of an obligation in it that has come to a state."""
    book = Book(small_plan())
    key, way = _WAYS[state]
    way(book, key)
    assert book.of(key) is state
    return book, key
