"""A small directive: one department, two divisions, three communes; every kind of opening and a full ladder."""

from datetime import UTC, date, datetime, time

from sqlalchemy import Engine

import naming
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.clock import Clock
from models.command import Acknowledge, CompleteFigures, Decision, HandleRecommendation, Replace, Review, Submit
from models.document import DocumentRef, FileRef
from models.plan import CascadePlan, Plan
from models.recommendation import Handling
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from rules.sending import MailHours
from store.directives import add_directive
from store.units import save_units

TOP, HIGH, LOW = "01-so", "011-phong", "012-phong"
COMMUNES = ("0111-xa", "0112-xa", "0121-xa")
STARTS = datetime(2020, 3, 1, 17, tzinfo=UTC)
"""00:00 of 2 March 2020 in Vietnam, a Monday."""
MAIL_HOURS = MailHours(time(7, 30), time(17))

YAML = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
contact: Phòng Thử nghiệm
awaits: {guidance: Hướng dẫn của tỉnh}
policy:
  ladder:
    - {at: T-5, do: reminder}
    - {at: T+1, do: overdue}
    - {at: T+5, do: chase}
    - {at: T+10, do: escalation}
requirements:
  plan:
    {ref: 1a, title: Kế hoạch năm, kind: plan, to: {level: district}, due: 2020-03-31, if_not_issued: true}
  training:
    {ref: "2", title: Tập huấn, kind: activity, to: {level: district}, due: 2020-04-30, attendance: true,
     opens: {when_registered: guidance}}
  funded-report:
    {ref: "3", title: Báo cáo mô hình, kind: report, to: {level: district}, due: 2020-05-29, only_tag: funded}
  commune-plan:
    {ref: 1a-xã, title: Kế hoạch xã, kind: plan, to: {level: commune}, due: 2020-05-15,
     opens: {when_accepted: plan, at_latest: 2020-04-20}}
"""

UNITS = [
    Unit(
        code=TOP, name="Sở Thử nghiệm tỉnh Nhỏ", short_name="Sở Thử nghiệm", level=Level.PROVINCE, line="so",
        territory="01", parent_body="ỦY BAN NHÂN DÂN TỈNH NHỎ", symbol="STN", place="Nhỏ", head_title="GIÁM ĐỐC",
        focal_email="so@nho.example", head_email="giamdoc@nho.example",
    ),
    *(
        Unit(
            code=code, name=f"Phòng Thử nghiệm {name}", short_name=f"Phòng {name}", level=Level.DISTRICT, line="phong",
            territory=code[:3], superior=TOP, tags=tags, focal_email=f"{code}@nho.example",
            head_email=f"truong.{code}@nho.example",
        )
        for code, name, tags in ((HIGH, "huyện Cao", ("funded",)), (LOW, "huyện Thấp", ()))
    ),
    *(
        Unit(
            code=code, name=f"Ủy ban nhân dân xã {code[:4]}", short_name=f"UBND xã {code[:4]}", level=Level.COMMUNE,
            line="xa", territory=code[:4], superior=f"{code[:3]}-phong", focal_email=f"{code}@nho.example",
        )
        for code in COMMUNES
    ),
]  # fmt: skip

PAPER = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=10, media_type="application/pdf")


def plan() -> Plan:
    """The compiled directive."""
    compiled = compile_directive(YAML.encode(), {unit.code: unit for unit in UNITS}, WorkingCalendar())
    assert compiled.plan is not None, compiled.errors
    return compiled.plan


def slice_of(unit: str) -> CascadePlan:
    """The register that one unit keeps."""
    return next(cascade for cascade in plan().cascades if cascade.issuer == unit)


def cascade(unit: str) -> str:
    """The id of the register that one unit keeps."""
    return naming.cascade_id(plan().head.directive_id, unit)


def store(engine: Engine, clock: Clock | None = None) -> Plan:
    """Put the units and the directive into a database."""
    made = plan()
    save_units(engine, UNITS)
    real = datetime.now(UTC)
    add_directive(engine, made, clock or Clock(origin_real=real, origin_business=STARTS), YAML, real)
    return made


def officer(unit: str) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=unit)


def reviewer(unit: str) -> Actor:
    return Actor(kind=ActorKind.REVIEWER, unit=unit)


def acknowledge(unit: str, at: datetime = STARTS, id_: str = "ack") -> Acknowledge:
    return Acknowledge(id=id_, at=at, actor=officer(unit))


def submit(key: str, at: datetime = STARTS, id_: str = "submit", *, existing: bool = False) -> Submit:
    """A complete answer to an obligation."""
    answer = Answer(
        document=DocumentRef(number="12/KH-UBND", normal="12/KH-UBND", date=STARTS.date(), signer="Lê Thị Lan"),
        files=(PAPER,),
        note="đã làm",
        men=10,
        women=20,
        total=30,
        existing=existing,
    )
    return Submit(id=id_, at=at, actor=officer(key.partition("@")[2]), obligation=key, answer=answer)


def review(
    key: str, by: str, at: datetime = STARTS, id_: str = "review", *, submission: int = 1, returns: bool = False
) -> Review:
    """A decision on a submission: accepted, or returned with a comment."""
    return Review(
        id=id_,
        at=at,
        actor=reviewer(by),
        obligation=key,
        submission=submission,
        decision=Decision.RETURN if returns else Decision.ACCEPT,
        comment="cần bổ sung phụ lục" if returns else "",
    )


def complete_figures(
    key: str, at: datetime = STARTS, id_: str = "complete", *, men: int = 10, women: int = 20
) -> CompleteFigures:
    """The split by sex that an answer lacked."""
    return CompleteFigures(id=id_, at=at, actor=officer(key.partition("@")[2]), obligation=key, men=men, women=women)


def handle(
    recommendation: str,
    by: str,
    handling: Handling,
    at: datetime = STARTS,
    id_: str = "handle",
    *,
    words: str = "đã rõ",
    body: str = "",
    reply_by: date | None = None,
) -> HandleRecommendation:
    """Something done with a recommendation."""
    return HandleRecommendation(
        id=id_,
        at=at,
        actor=reviewer(by),
        recommendation=recommendation,
        handling=handling,
        words=words,
        body=body,
        reply_by=reply_by,
    )


def replace(*requirements: str, at: datetime = STARTS, id_: str = "replace", close: bool = False) -> Replace:
    """Another directive replaces the small one."""
    by = DocumentRef(number="20/SO-BĐG", normal="20/SO-BĐG", date=STARTS.date())
    actor = Actor(kind=ActorKind.SUPERVISOR, unit=TOP)
    return Replace(id=id_, at=at, actor=actor, by=by, requirements=requirements, close=close)
