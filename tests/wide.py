"""A directive made by hand on the units of `tests.small`, with what that one lacks: a further recipient,
recommendations, an event that two units hold, a coordinator, a recurring report, and a plan that was answered to an
earlier directive."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

import naming
from models.actor import Actor, ActorKind
from models.answer import Answer, AttendanceRow, HeldEvent
from models.clock import Clock
from models.command import CompleteFigures, HandleRecommendation, RaiseObstacle, Replace, Submit
from models.document import DocumentRef
from models.follow_up import FollowUp
from models.obligation import State
from models.plan import (
    CascadePlan,
    DirectiveHead,
    Duty,
    Earlier,
    Opening,
    OpeningMode,
    Plan,
    RequirementKind,
    RequirementPlan,
    Reviewer,
)
from models.recommendation import Handling, Raised
from models.unit import Level, Unit
from store.directives import add_directive
from store.units import save_units
from tests import small
from tests.small import HIGH, LOW, STARTS, TOP

DIRECTIVE = "01-so.2020.so-bdg.40"
BOARD = "011-ubnd"
"""The people's committee above HIGH in another line: a further recipient of its reports."""
UNION = "01-hoi"
"""Takes part, and stands under nobody here."""
COMMUNE = "0111-xa"
DAY = timedelta(days=1)
CLOSING = STARTS + 120 * DAY
LABEL = "40/SO-BĐG"
FIRST_PLAN = DocumentRef(number="7/KH-UBND", normal="7/KH-UBND", date=date(2020, 1, 15))
UNITS = [
    *small.UNITS,
    Unit(
        code=BOARD, name="Ủy ban nhân dân huyện Cao", short_name="UBND huyện Cao", level=Level.DISTRICT, line="ubnd",
        territory="011", focal_email=f"{BOARD}@nho.example",
    ),
    Unit(
        code=UNION, name="Hội Liên hiệp Phụ nữ tỉnh Nhỏ", short_name="Hội LHPN tỉnh", level=Level.PROVINCE, line="hoi",
        territory="01", focal_email=f"{UNION}@nho.example",
    ),
]  # fmt: skip
GROUPS = {"jobs": "Lao động, việc làm", "loans": "Vay vốn khởi nghiệp"}


def plan(**head: Any) -> Plan:
    """The whole directive: the register of the department and that of one division."""
    return Plan(head=_head(**head), cascades=(_top(), _below()))


def slice_of(unit: str) -> CascadePlan:
    """The register that one unit keeps."""
    return next(cascade for cascade in plan().cascades if cascade.issuer == unit)


def cascade(unit: str) -> str:
    """The id of the register that one unit keeps."""
    return naming.cascade_id(DIRECTIVE, unit)


def store(engine: Engine, clock: Clock | None = None) -> Plan:
    """Put the units and the directive into a database."""
    made, real = plan(), datetime.now(UTC)
    save_units(engine, UNITS)
    add_directive(engine, made, clock or Clock(origin_real=real, origin_business=STARTS), "", real)
    return made


def submit(key: str, answer: Answer, at: datetime = STARTS, id_: str = "submit") -> Submit:
    return Submit(id=id_, at=at, actor=small.officer(key.partition("@")[2]), obligation=key, answer=answer)


def asking(*texts: str) -> Answer:
    """An answer of recommendations, all of one group."""
    return Answer(recommendations=tuple(Raised(group="jobs", text=text, by="Chị Hoa") for text in texts))


def held(*others: str, split: bool = True) -> Answer:
    """A report of an event that was held, with other hosts."""
    rows = (AttendanceRow(role="cán bộ", men=10 if split else None, women=20 if split else None, total=30),)
    return Answer(
        held=HeldEvent(name="Tập huấn bình đẳng giới", date=STARTS.date(), place="Hội trường", with_units=others),
        files=(small.PAPER,),
        attended=rows if split else (),
        men=10 if split else None,
        women=20 if split else None,
        total=30,
    )


def handle(
    recommendation: str, handling: Handling, by: str = TOP, at: datetime = STARTS, id_: str = "handle", **given: Any
) -> HandleRecommendation:
    values = {"words": "đã có hướng dẫn", "actor": small.reviewer(by)} | given
    return HandleRecommendation(id=id_, at=at, recommendation=recommendation, handling=handling, **values)


def obstacle(key: str, text: str, at: datetime = STARTS, id_: str = "obstacle") -> RaiseObstacle:
    return RaiseObstacle(id=id_, at=at, actor=small.officer(key.partition("@")[2]), obligation=key, text=text)


def complete(key: str, at: datetime = STARTS) -> CompleteFigures:
    """The split by sex that `held(split=False)` lacks."""
    actor = small.officer(key.partition("@")[2])
    rows = (AttendanceRow(role="cán bộ", men=10, women=20, total=30),)
    return CompleteFigures(id="complete", at=at, actor=actor, obligation=key, men=10, women=20, attended=rows)


def replace(at: datetime = STARTS, *requirements: str, close: bool = False) -> Replace:
    """Another directive takes the place of this one."""
    by = DocumentRef(number="50/SO-BĐG", normal="50/SO-BĐG", date=at.date())
    actor = Actor(kind=ActorKind.SUPERVISOR, unit=TOP)
    return Replace(id="replace", at=at, actor=actor, by=by, requirements=requirements, close=close)


def _head(**changed: Any) -> DirectiveHead:
    document = DocumentRef(
        number=LABEL, normal=LABEL, date=date(2020, 3, 2), issuer="Sở Thử nghiệm tỉnh Nhỏ", title="triển khai việc rộng"
    )
    values: dict[str, Any] = {
        "directive_id": DIRECTIVE, "label": LABEL, "document": document, "type": "Công văn", "place": "Nhỏ",
        "issuer": TOP, "starts": STARTS, "closing": CLOSING,
    }  # fmt: skip
    return DirectiveHead.model_validate(values | changed)


def _top() -> CascadePlan:
    earlier = Earlier(
        number="12/SO-BĐG",
        state=State.ACCEPTED,
        answer=Answer(document=FIRST_PLAN, files=(small.PAPER,)),
        submitted_at=STARTS - 30 * DAY,
    )
    return _cascade(
        TOP,
        children=(HIGH,),
        requirements=(
            _requirement("plan", RequirementKind.PLAN),
            _requirement("weekly.2020-w11", RequirementKind.REPORT, series="weekly"),
            _requirement("asks", RequirementKind.RECOMMENDATIONS, groups=GROUPS),
            _requirement("training", RequirementKind.EVENT, attendance=True),
        ),
        duties=(
            Duty(requirement="plan", unit=HIGH, earlier=earlier),
            Duty(requirement="plan", unit=LOW),
            Duty(requirement="weekly.2020-w11", unit=HIGH, reviewers=(Reviewer(unit=BOARD, name="UBND huyện Cao"),)),
            Duty(requirement="weekly.2020-w11", unit=LOW),
            Duty(requirement="asks", unit=HIGH),
            Duty(requirement="asks", unit=LOW),
            Duty(requirement="training", unit=HIGH),
            Duty(requirement="training", unit=LOW),
            Duty(requirement="training", unit=UNION, coordinating=True),
        ),
        triggers={"guidance": "Hướng dẫn của tỉnh"},
    )


def _below() -> CascadePlan:
    waits = Opening(mode=OpeningMode.WHEN_ACCEPTED, key="plan")
    return _cascade(
        HIGH,
        parent=cascade(TOP),
        requirements=(_requirement("commune-plan", RequirementKind.PLAN, opening=waits),),
        duties=(Duty(requirement="commune-plan", unit=COMMUNE),),
    )


def _requirement(key: str, kind: RequirementKind, **changed: Any) -> RequirementPlan:
    values: dict[str, Any] = {"key": key, "title": key, "kind": kind, "due": STARTS + 60 * DAY}
    return RequirementPlan.model_validate(values | changed)


def _cascade(unit: str, **changed: Any) -> CascadePlan:
    values: dict[str, Any] = {
        "cascade_id": cascade(unit), "directive_id": DIRECTIVE, "number": LABEL, "title": "triển khai việc rộng",
        "issuer": unit, "issuer_name": next(known.short_name for known in UNITS if known.code == unit),
        "follow_up": FollowUp(), "starts": STARTS, "closing": CLOSING,
    }  # fmt: skip
    return CascadePlan.model_validate(values | changed)
