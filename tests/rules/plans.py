"""Hand-made units, plans and commands: small enough to reason about, with every kind of opening and of step."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from commands.units import read_registry
from models.command import (
    Acknowledge,
    Actor,
    ActorKind,
    Answer,
    ChildClosed,
    Decision,
    OpenBelow,
    RegisterDocument,
    Review,
    Submit,
)
from models.directive import Rung
from models.document import DocumentRef, FileRef
from models.obligation import ObligationState, State, Timeliness
from models.plan import CascadePlan, Duty, Opening, OpeningMode, RequirementKind, RequirementPlan, StepKind
from models.register import ObligationLine
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar, day_end, day_start
from rules.compiler import Compiled, compile_directive
from rules.ladder import steps
from rules.timeliness import timeliness

ROOT = Path(__file__).parents[2]
CALENDAR = WorkingCalendar()
STARTS = day_start(date(2020, 3, 2))
CLOSING = day_end(date(2020, 6, 30))
DUE = day_end(date(2020, 4, 10))
"""A Friday; its ladder goes out on 3 (T-5), 9 (T-1), 13 (T+1), 17 (T+5) April and 5 May (T+15)."""
LADDER = (
    Rung(at="T-5", do=StepKind.REMINDER),
    Rung(at="T-1", do=StepKind.REMINDER),
    Rung(at="T+1", do=StepKind.OVERDUE),
    Rung(at="T+5", do=StepKind.CHASE),
    Rung(at="T+15", do=StepKind.ESCALATION),
)
ISSUER = "p"
PAPER = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=10, media_type="application/pdf")
DOCUMENT = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND", date=date(2020, 3, 20), signer="Lê Thị Lan")
GUIDANCE = DocumentRef(number="215/HD-UBND", normal="215/HD-UBND", date=date(2020, 3, 25))
_numbers = count(1)


def at(month: int, day: int, hour: int = 12) -> datetime:
    """An hour of a day in 2020, in Vietnam."""
    return day_start(date(2020, month, day), time(hour))


def unit(code: str, level: Level = Level.DISTRICT, superior: str | None = ISSUER, **changed: Any) -> Unit:
    values = {"name": f"Đơn vị {code}", "short_name": code, "line": "phong", "territory": code}
    return Unit(code=code, level=level, superior=superior, **values | changed)


def requirement(
    key: str, due: datetime | None = DUE, rungs: Sequence[Rung] = LADDER, **changed: Any
) -> RequirementPlan:
    ladder = steps(due, rungs, CALENDAR, time(8)) if due else ()
    values: dict[str, Any] = {"key": key, "title": key, "kind": RequirementKind.PLAN, "due": due}
    values["steps"] = tuple(step for step in ladder if step.at < CLOSING)
    return RequirementPlan.model_validate(values | changed)


def plan(
    requirements: Sequence[RequirementPlan],
    units: Sequence[str] = ("d1",),
    *,
    parent: str | None = None,
    **changed: Any,
) -> CascadePlan:
    """A register in which every unit owes every requirement."""
    values: dict[str, Any] = {
        "cascade_id": f"cascade:x:{ISSUER}",
        "directive_id": "x",
        "number": "15/SO-BĐG",
        "title": "việc nhỏ",
        "issuer": ISSUER,
        "issuer_name": "Sở",
        "parent": parent,
        "children": tuple(units),
        "requirements": tuple(requirements),
        "duties": tuple(Duty(requirement=item.key, unit=code) for item in requirements for code in units),
        "triggers": {"guidance": "Hướng dẫn của tỉnh"},
        "starts": STARTS,
        "closing": CLOSING,
    }
    return CascadePlan.model_validate(values | changed)


def opening(mode: OpeningMode, key: str, at_latest: datetime | None = None) -> Opening:
    return Opening(mode=mode, key=key, at_latest=at_latest)


def every_opening(units: Sequence[str] = ("d1", "d2", "d3"), parent: str | None = None) -> CascadePlan:
    """A register with all openings, dates near and far and none, all kinds of answer, and a duty that is not asked."""
    items = (
        requirement("year", accepts_existing=True),
        requirement("month", due=day_end(date(2020, 6, 15))),
        requirement("radio", due=None, kind=RequirementKind.ACTIVITY),
        requirement(
            "campaign",
            due=day_end(date(2020, 5, 15)),
            kind=RequirementKind.ACTIVITY,
            opening=opening(OpeningMode.WHEN_REGISTERED, "guidance"),
            choices={"launch": "Lễ phát động", "other": "Hình thức khác"},
            attendance=True,
        ),
        requirement("late", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance", at(4, 8, 8))),
        requirement("follow", opening=opening(OpeningMode.WHEN_ACCEPTED, "above", at(5, 4, 8))),
        requirement(
            "report",
            due=day_end(date(2020, 5, 29)),
            kind=RequirementKind.REPORT,
            opening=opening(OpeningMode.WHEN_ACCEPTED, "above"),
        ),
    )
    made = plan(items, units, parent=parent)
    duties = tuple(
        duty.model_copy(update={"applicable": (duty.requirement, duty.unit) != ("month", units[0])})
        for duty in made.duties
    )
    return made.model_copy(update={"duties": duties})


def officer(code: str) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=code)


def reviewer(code: str = ISSUER) -> Actor:
    return Actor(kind=ActorKind.REVIEWER, unit=code)


def cascade_of(code: str) -> Actor:
    return Actor(kind=ActorKind.CASCADE, unit=code)


def new_id() -> str:
    return f"command-{next(_numbers)}"


def answer(**changed: Any) -> Answer:
    """An answer that is complete for every kind of requirement; `choice` suits `campaign`."""
    values: dict[str, Any] = {"document": DOCUMENT, "files": (PAPER,), "choice": "launch", "men": 1, "women": 2}
    return Answer.model_validate(values | {"total": 3} | changed)


def acknowledge(code: str, when: datetime) -> Acknowledge:
    return Acknowledge(id=new_id(), at=when, actor=officer(code))


def submit(key: str, when: datetime, given: Answer | None = None, *, by: str | None = None) -> Submit:
    actor = officer(by or key.partition("@")[2])
    return Submit(id=new_id(), at=when, actor=actor, obligation=key, answer=given or answer())


def review(
    key: str, when: datetime, submission: int = 1, *, returns: bool = False, comment: str = "bổ sung", by: str = ISSUER
) -> Review:
    decision = Decision.RETURN if returns else Decision.ACCEPT
    return Review(
        id=new_id(),
        at=when,
        actor=reviewer(by),
        obligation=key,
        submission=submission,
        decision=decision,
        comment=comment,
    )


def register(when: datetime, trigger: str = "guidance", actor: Actor | None = None) -> RegisterDocument:
    return RegisterDocument(id=new_id(), at=when, actor=actor or reviewer(), trigger=trigger, document=GUIDANCE)


def open_below(when: datetime, key: str = "above") -> OpenBelow:
    return OpenBelow(id=new_id(), at=when, actor=cascade_of("ministry"), requirement=key, document=DOCUMENT)


def child_closed(code: str, when: datetime) -> ChildClosed:
    return ChildClosed(id=new_id(), at=when, actor=cascade_of(code), chain_head="0" * 64, events=7)


def line(state: State, due: datetime | None = DUE, *, now: datetime = CLOSING, **changed: Any) -> ObligationLine:
    """A register line whose timeliness follows from its state and instants."""
    values: dict[str, Any] = {
        "cascade_id": "c", "key": "year@d1", "requirement": "year", "title": "Kế hoạch", "kind": RequirementKind.PLAN,
        "unit": "d1", "unit_name": "Phòng", "level": Level.DISTRICT, "issuer": ISSUER, "issuer_name": "Sở",
    }  # fmt: skip
    submitted_at = changed.get("submitted_at")
    judged = ObligationState(requirement="year", unit="d1", state=state, due=due, submitted_at=submitted_at)
    values |= {"state": state, "due": due, "timeliness": timeliness(judged, now)}
    return ObligationLine.model_validate(values | changed)


def waiting(state: Timeliness = Timeliness.IN_TIME) -> ObligationLine:
    return line(State.OPEN, timeliness=state)


REGISTRY_908 = ROOT / "data" / "registries" / "thua-thien-hue.yaml"
DIRECTIVE_908 = (ROOT / "directives" / "908-sldtbxh-bdg-2020.yaml").read_bytes()


@cache
def units_908() -> dict[str, Unit]:
    return {found.code: found for found in read_registry(REGISTRY_908)}


def compile_908(raw: bytes = DIRECTIVE_908) -> Compiled:
    """The founding dispatch, or a changed text of it, against the real registry."""
    return compile_directive(raw, units_908(), CALENDAR)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
