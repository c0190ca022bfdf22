"""Hand-made units, plans and commands: small enough to reason about, with every kind of opening and of step."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from commands.units import read_registry
from models.actor import Actor, ActorKind
from models.answer import Answer, AttendanceRow, HeldEvent, Selected
from models.command import (
    Acknowledge,
    ChildClosed,
    CompleteFigures,
    Decision,
    ExcludeBelow,
    HandleRecommendation,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    ReinstateBelow,
    Replace,
    Review,
    Submit,
)
from models.document import DocumentRef, FileRef
from models.follow_up import FollowUp, Rung, StepKind
from models.obligation import ObligationState, Outcome, State, Timeliness
from models.plan import (
    CascadePlan,
    Duty,
    Earlier,
    Opening,
    OpeningMode,
    RequirementKind,
    RequirementPlan,
    Reviewer,
    Term,
)
from models.recommendation import Handling, Raised
from models.register import ObligationLine
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar, day_end, day_start, days_off
from rules.compiler import Compiled, compile_directive
from rules.timeliness import timeliness

ROOT = Path(__file__).parents[2]
CALENDAR = WorkingCalendar()
STARTS = day_start(date(2020, 3, 2))
CLOSING = day_end(date(2020, 6, 30))
DUE = day_end(date(2020, 4, 10))
"""A Friday; its ladder goes out on 3 (T-5), 9 (T-1), 13 (T+1), 17 (T+5) April and 5 May (T+15)."""
LADDER = (
    Rung(days=-5, kind=StepKind.REMINDER),
    Rung(days=-1, kind=StepKind.REMINDER),
    Rung(days=1, kind=StepKind.OVERDUE),
    Rung(days=5, kind=StepKind.CHASE),
    Rung(days=15, kind=StepKind.ESCALATION),
)
FOLLOW_UP = FollowUp(
    ladder=LADDER,
    send_at=time(8),
    silent_after=90,
    days_off=days_off(CALENDAR, date(2020, 1, 1), date(2020, 12, 31)),
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


def requirement(key: str, due: datetime | None = DUE, **changed: Any) -> RequirementPlan:
    values: dict[str, Any] = {"key": key, "title": key, "kind": RequirementKind.PLAN, "due": due}
    if changed.get("kind") is RequirementKind.CONSULTATION:
        values["outcomes"] = (Outcome.TAKEN_ON_BOARD, Outcome.EXPLAINED)
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
        "follow_up": FOLLOW_UP,
        "starts": STARTS,
        "closing": CLOSING,
    }
    return CascadePlan.model_validate(values | changed)


def opening(mode: OpeningMode, key: str, at_latest: datetime | None = None, choice: str = "") -> Opening:
    return Opening(mode=mode, key=key, at_latest=at_latest, choice=choice)


def with_duty(of: CascadePlan, key: str, **changed: Any) -> CascadePlan:
    """The register with one duty (`requirement@unit`) changed, or added where nobody owes it yet."""
    name, _, code = key.rpartition("@")
    duties = {(duty.requirement, duty.unit): duty for duty in of.duties}
    known = duties.get((name, code), Duty(requirement=name, unit=code))
    duties[name, code] = known.model_copy(update=changed)
    return of.model_copy(update={"duties": tuple(duties.values())})


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


def everything(units: Sequence[str] = ("d1", "d2", "d3"), parent: str | None = None) -> CascadePlan:
    """A register with every opening and every kind: drafts, selections, recommendations, events with several hosts, a
    deadline counted from an event, two recipients, units that only take part, answers to an earlier directive."""
    of = every_opening(units, parent)
    report = RequirementKind.REPORT
    items = (
        requirement("draft", kind=RequirementKind.CONSULTATION, ends_with="final", due=day_end(date(2020, 4, 30))),
        requirement(
            "choose", kind=RequirementKind.SELECTION, choices={"shelter": "Nhà tạm lánh", "club": "Câu lạc bộ"}
        ),
        requirement("pilot", opening=opening(OpeningMode.WHEN_SELECTED, "chosen-above", choice="shelter")),
        requirement(
            "ideas", due=None, kind=RequirementKind.RECOMMENDATIONS, groups={"work": "Việc làm", "loan": "Vay"}
        ),
        requirement("meeting", kind=RequirementKind.EVENT, attendance=True),
        requirement("minutes", None, kind=report, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "meeting")),
        requirement("receipt", None, kind=report, term=Term(days=10, working=False)),
        requirement(
            "joint", due=day_end(date(2020, 5, 20)), kind=report, outcomes=(Outcome.ACCEPTED, Outcome.REJECTED)
        ),
    )
    duties = tuple(Duty(requirement=item.key, unit=code) for item in items for code in units)
    made = of.model_copy(
        update={
            "requirements": of.requirements + items,
            "duties": of.duties + duties,
            "triggers": of.triggers | {"final": "Văn bản chính thức"},
            "passes_down": ("above", "chosen-above"),
        }
    )
    for code in units:
        made = with_duty(made, f"joint@{code}", reviewers=(Reviewer(unit="so", name="Sở"),))
        made = with_duty(made, f"choose@{code}", candidates={"c1": "Xã Một", "c2": "Xã Hai"})
    made = with_duty(made, f"joint@{ISSUER}", reviewers=(Reviewer(unit="so", name="Sở"),))
    made = with_duty(made, "meeting@guest", coordinating=True)
    made = with_duty(made, "radio@guest", coordinating=True)
    made = with_duty(made, f"year@{units[1]}", earlier=earlier(State.SUBMITTED))
    return with_duty(made, f"meeting@{units[2]}", applicable=False)


def earlier(state: State, **changed: Any) -> Earlier:
    """An answer to a directive of the year before, on the last day of that year."""
    return Earlier(number="9/SO-BĐG", state=state, answer=answer(**changed), submitted_at=day_end(date(2019, 12, 30)))


def officer(code: str) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=code)


def reviewer(code: str = ISSUER) -> Actor:
    return Actor(kind=ActorKind.REVIEWER, unit=code)


def cascade_of(code: str) -> Actor:
    return Actor(kind=ActorKind.CASCADE, unit=code)


def supervisor(code: str = ISSUER) -> Actor:
    return Actor(kind=ActorKind.SUPERVISOR, unit=code)


def new_id() -> str:
    return f"command-{next(_numbers)}"


def answer(**changed: Any) -> Answer:
    """An answer that is complete for every kind of requirement; `choice` suits `campaign`."""
    values: dict[str, Any] = {"document": DOCUMENT, "files": (PAPER,), "choice": "launch", "men": 1, "women": 2}
    return Answer.model_validate(values | {"total": 3} | changed)


def commented(**changed: Any) -> Answer:
    return Answer.model_validate({"note": "đề nghị sửa Điều 2"} | changed)


def selecting(*units: str, choice: str = "shelter") -> Answer:
    return Answer(selected=tuple(Selected(unit=unit, choice=choice) for unit in units))


def recommending(*texts: str, group: str = "work") -> Answer:
    return Answer(recommendations=tuple(Raised(group=group, text=text, by="chị Lan") for text in texts))


def having_held(*with_units: str, on: date = date(2020, 3, 5), **changed: Any) -> Answer:
    """An event with 30 participants, of whom nobody counted men and women unless `changed` says so."""
    held = HeldEvent(name="Đối thoại chính sách", date=on, place="Hội trường", with_units=with_units)
    rows = (AttendanceRow(role="cấp xã", total=30),)
    return Answer.model_validate({"held": held, "total": 30, "attended": rows} | changed)


def acknowledge(code: str, when: datetime) -> Acknowledge:
    return Acknowledge(id=new_id(), at=when, actor=officer(code))


def submit(key: str, when: datetime, given: Answer | None = None, *, by: str | None = None) -> Submit:
    actor = officer(by or key.partition("@")[2])
    return Submit(id=new_id(), at=when, actor=actor, obligation=key, answer=given or answer())


def review(
    key: str,
    when: datetime,
    submission: int = 1,
    *,
    returns: bool = False,
    comment: str = "bổ sung",
    by: str = ISSUER,
    outcome: Outcome | None = None,
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
        outcome=outcome,
    )


def complete(key: str, when: datetime, men: int, women: int, *, by: str | None = None) -> CompleteFigures:
    actor = officer(by or key.partition("@")[2])
    return CompleteFigures(id=new_id(), at=when, actor=actor, obligation=key, men=men, women=women)


def handle(key: str, when: datetime, handling: Handling, *, by: str = ISSUER, **said: Any) -> HandleRecommendation:
    values = {"id": new_id(), "at": when, "actor": reviewer(by), "recommendation": key, "handling": handling}
    return HandleRecommendation.model_validate(values | said)


def obstacle(key: str, when: datetime, text: str = "chưa có kinh phí", *, by: str | None = None) -> RaiseObstacle:
    actor = officer(by or key.partition("@")[2])
    return RaiseObstacle(id=new_id(), at=when, actor=actor, obligation=key, text=text)


def register(when: datetime, trigger: str = "guidance", actor: Actor | None = None) -> RegisterDocument:
    return RegisterDocument(id=new_id(), at=when, actor=actor or reviewer(), trigger=trigger, document=GUIDANCE)


def open_below(when: datetime, key: str = "above", selected: Sequence[Selected] = ()) -> OpenBelow:
    return OpenBelow(
        id=new_id(),
        at=when,
        actor=cascade_of("ministry"),
        requirement=key,
        unit=ISSUER,
        document=DOCUMENT,
        selected=tuple(selected),
    )


def exclude_below(when: datetime, key: str = "above", actor: Actor | None = None) -> ExcludeBelow:
    return ExcludeBelow(id=new_id(), at=when, actor=actor or cascade_of("ministry"), requirement=key, unit=ISSUER)


def reinstate_below(when: datetime, key: str = "above", actor: Actor | None = None) -> ReinstateBelow:
    return ReinstateBelow(id=new_id(), at=when, actor=actor or cascade_of("ministry"), requirement=key, unit=ISSUER)


def replace(when: datetime, *requirements: str, close: bool = False, actor: Actor | None = None) -> Replace:
    return Replace(
        id=new_id(), at=when, actor=actor or supervisor(), by=GUIDANCE, requirements=requirements, close=close
    )


def child_closed(code: str, when: datetime) -> ChildClosed:
    return ChildClosed(id=new_id(), at=when, actor=cascade_of(code), chain_head="0" * 64, events=7)


def line(state: State, due: datetime | None = DUE, *, now: datetime = CLOSING, **changed: Any) -> ObligationLine:
    """A register line whose timeliness follows from its state and instants."""
    values: dict[str, Any] = {
        "cascade_id": "c", "key": "year@d1", "requirement": "year", "title": "Kế hoạch", "kind": RequirementKind.PLAN,
        "unit": "d1", "unit_name": "Phòng", "level": Level.DISTRICT, "issuer": ISSUER, "issuer_name": "Sở",
    }  # fmt: skip
    instants = {name: changed.get(name) for name in ("submitted_at", "suspended_at", "laid_aside")}
    judged = ObligationState.model_validate(
        {"requirement": "year", "unit": "d1", "state": state, "due": due} | instants
    )
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
