"""A directive to the country as it stands half a year later, straight in the tables that people read: three
requirements for every unit, with answers of every kind, without a server and without events."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from models.answer import Answer, HeldEvent
from models.clock import Clock
from models.document import DocumentRef, FileRef
from models.indicator import Figure
from models.obligation import DONE, Hands, ObligationState, State
from models.plan import CascadePlan, Duty, Plan, RequirementKind, RequirementPlan
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus, recommendation_id
from models.tables import ObligationRow, RecommendationRow, SubmissionRow
from models.unit import Unit
from rules.calendar import WorkingCalendar, local_day
from rules.compiler import compile_directive
from rules.holding import between
from store.directives import add_directive
from store.engine import writing
from store.units import save_units

AS_OF = datetime(2020, 10, 15, 3, tzinfo=UTC)
_OPENED = datetime(2020, 2, 12, 1, tzinfo=UTC)
_FILE = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=17_519, media_type="application/pdf")
_RETURNED = "Đề nghị bổ sung phân công trách nhiệm và thời gian thực hiện từng nội dung."
_DONE = "Đã tổ chức thực hiện đầy đủ các nội dung theo hướng dẫn, đạt kết quả tốt."
_OBSTACLE = "Kinh phí bố trí cho công tác bình đẳng giới còn hạn chế, cán bộ kiêm nhiệm nhiều việc."

_FATES: tuple[tuple[int, State], ...] = (
    (68, State.ACCEPTED), (74, State.SUBMITTED), (78, State.RETURNED), (80, State.SUSPENDED), (82, State.WAIVED),
    (83, State.WITHDRAWN), (85, State.NOT_APPLICABLE), (100, State.OPEN),
)  # fmt: skip
"""Up to which of a hundred obligations stand how."""
_ON_TIME = 55

_HEAD = """
document:
  {number: 458/LĐTBXH-BĐG, title: hướng dẫn triển khai công tác bình đẳng giới năm 2020, issuer: bo-ldtbxh,
   date: 2020-02-12}
closing: 2020-12-31
requirements:
"""
_FOR_LEVEL = """
  plan-LEVEL: {ref: 1, title: Kế hoạch thực hiện công tác bình đẳng giới năm 2020, kind: plan, to: {level: LEVEL},
    due: 2020-05-29}
  event-LEVEL: {ref: 2, title: Tuyên truyền chính sách pháp luật về bình đẳng giới, kind: activity,
    to: {level: LEVEL}, due: 2020-08-31, attendance: true}
  report-LEVEL: {ref: 3, title: Báo cáo kết quả công tác bình đẳng giới năm 2020, kind: report, to: {level: LEVEL},
    period: năm 2020, due: 2020-11-30,
    indicators: {trained: {title: Lượt người được tập huấn, kind: number, unit: lượt người, by_sex: true, target: 100},
      leaders: {title: Tỷ lệ nữ lãnh đạo, kind: percent, unit: "%", target: 60}}}
"""
DIRECTIVE = _HEAD + "".join(_FOR_LEVEL.replace("LEVEL", level) for level in ("province", "district", "commune"))
TWO_TIERS = _HEAD.replace("bo-ldtbxh", "bo-noi-vu") + "".join(
    _FOR_LEVEL.replace("LEVEL", level) for level in ("province", "commune")
)
"""The same after 01/7/2025, when there are no districts."""


def compiled(directive: str, country: Mapping[str, Unit]) -> Plan:
    """The plan of a directive to so many units. Raises `ValueError` where it does not compile."""
    plan = compile_directive(directive.encode(), country, WorkingCalendar()).plan
    if plan is None:
        raise ValueError(directive)
    return plan


def fill(engine: Engine, country: Mapping[str, Unit], directive: str = DIRECTIVE) -> Plan:
    """Put a directive to so many units, with its answers, into a prepared database; returns its plan. Raises
    `ValueError` where it does not compile."""
    plan = compiled(directive, country)
    save_units(engine, list(country.values()))
    clock = Clock(origin_real=datetime.now(UTC), origin_business=AS_OF)
    add_directive(engine, plan, clock, directive, _OPENED)
    for register in plan.cascades:
        _answer(engine, register)
    return plan


def _answer(engine: Engine, register: CascadePlan) -> None:
    stood = [_stood(register, position, duty) for position, duty in enumerate(register.duties)]
    place = {"cascade_id": register.cascade_id}
    obligations = [
        state.model_dump() | place | {
            "key": state.key, "directive_id": register.directive_id, "position": position,
            "document": _json(state.document), "hands": _json(state.hands), "basis": None,
            "answer": _json(answer),
        }
        for position, (state, answer) in enumerate(stood)
    ]  # fmt: skip
    submissions = [
        place | {"key": state.key, "number": number, "seq": position * 2 + number, "at": state.submitted_at,
                 "unit": state.unit, "answer": _json(answer)}
        for position, (state, answer) in enumerate(stood)
        for number in range(1, state.submissions + 1)
    ]  # fmt: skip
    told = [place | item.model_dump() for item in _recommendations(stood)]
    with writing(engine) as session:
        for table, rows in ((ObligationRow, obligations), (SubmissionRow, submissions), (RecommendationRow, told)):
            if rows:
                session.connection().execute(insert(table), rows)


def _json(part: Any) -> Any:
    return part.model_dump(mode="json") if part is not None else None


def _stood(register: CascadePlan, position: int, duty: Duty) -> tuple[ObligationState, Answer | None]:
    """How one obligation stands: a spread that is the same in every run."""
    asked = next(item for item in register.requirements if item.key == duty.requirement)
    number = (sum(map(ord, register.issuer)) * 31 + position) * 7919 % 100
    state = next(state for most, state in _FATES if number < most)
    due = asked.due or AS_OF
    begins = {"requirement": duty.requirement, "unit": duty.unit, "due": due, "original_due": due, "promised": due}
    if state is State.NOT_APPLICABLE:
        return ObligationState(**begins, state=state), None
    came = min(due, AS_OF) + timedelta(days=number - _ON_TIME) - timedelta(hours=1)
    opened = {"opened_at": _OPENED, "acknowledged_at": _OPENED + timedelta(hours=number)}
    if came > AS_OF or state not in {*DONE, State.SUBMITTED, State.RETURNED}:
        state = state if state in {State.SUSPENDED, State.WAIVED, State.WITHDRAWN} else State.OPEN
        stopped = {"suspended_at": AS_OF - timedelta(days=number)} if state is State.SUSPENDED else {}
        held = {
            "hands": Hands(until=_OPENED),
            "escalations": number % 3,
            "reason": "" if state is State.OPEN else _DONE,
        }
        return ObligationState(**begins, **opened, **stopped, **held, state=state), None
    answer = answer_to(asked, duty.unit, number, came)
    extended = {"extensions": 1, "original_due": due - timedelta(days=20)} if number % 11 == 0 else {}
    unit = Hands(until=came, unit=between(_OPENED, came))
    found = ObligationState(
        **begins | opened | extended,
        state=state,
        submissions=1 + number % 2,
        returned=number % 2,
        submitted_at=came,
        decided_at=came + timedelta(days=2) if state is not State.SUBMITTED else None,
        document=answer.document if state in DONE else None,
        comment=_RETURNED if state is State.RETURNED else "",
        hands=unit,
    )
    return found, answer


def answer_to(asked: RequirementPlan, unit: str, number: int, came: datetime) -> Answer:
    """A complete answer of a unit, handed in at an instant; `number` makes it another than those of others."""
    day = local_day(came)
    name = f"{number + 1}/KH-UBND"
    paper = DocumentRef(number=name, normal=name, date=day, issuer=unit, title=asked.title, signer="Nguyễn Văn Minh")
    if asked.kind is RequirementKind.PLAN:
        return Answer(document=paper, files=(_FILE,))
    if asked.kind is RequirementKind.ACTIVITY:
        held = HeldEvent(name="Lễ phát động Tháng hành động", date=day, place=f"Nhà văn hóa {unit}")
        return Answer(held=held, files=(_FILE,), note=_DONE, men=20 + number, women=30 + number, total=50 + 2 * number)
    women = float(50 + number)
    trained = Figure(value=40 + women, men=40, women=women)
    figures = {"trained": trained, "leaders": Figure(numerator=float(number), denominator=120)}
    return Answer(document=paper, files=(_FILE, _FILE), note=_DONE, figures=figures)


def _recommendations(stood: Iterable[tuple[ObligationState, Answer | None]]) -> Iterator[Recommendation]:
    """An obstacle to every fiftieth obligation that has an answer; every other obstacle is answered."""
    for place, (state, answer) in enumerate(stood):
        if answer is None or place % 50:
            continue
        done = place % 100 == 0
        yield Recommendation(
            id=recommendation_id(state.key, 0, place),
            obligation=state.key,
            unit=state.unit,
            group=OBSTACLE,
            text=_OBSTACLE,
            status=RecommendationStatus.ANSWERED if done else RecommendationStatus.RAISED,
            raised_at=state.submitted_at or AS_OF,
            handled_at=AS_OF if done else None,
            words=_DONE if done else "",
        )
