"""Summaries at the edges, by name: every form must print each of them."""

from collections.abc import Callable
from datetime import date, timedelta

from models.document import DocumentRef, Recipient
from models.obligation import State, Timeliness
from models.plan import RequirementKind
from models.summary import Summary
from models.unit import Level
from rules.calendar import day_end
from tests.reports.conference import conference
from tests.reports.factory import CLOSING, HEAD, ISSUER, MIDWAY, dispatch_908, line, summary
from tests.reports.reorganised import reorganised

NASTY = (
    "<b>đậm</b> & \"nháy\" =1+1",
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "#import \"x.typ\": * $x$ \\ *a* _b_ @c",
    "{{ 7*7 }} {% for x in y %} {%p if z %} {#- -#}",
    "dòng 1\ndòng 2\x01\x0b\u202egnod",
    "http://example.com/anh.png",
    "+84 @SUM(A1) -1",
)  # fmt: skip
LONG_NAME = ("Ủy ban nhân dân xã có tên rất dài dùng để thử " * 3)[:100]
LONG_WORD = "Khôngcókhoảngtrắng" * 12


def _nasty() -> Summary:
    lines = []
    for place, text in enumerate(NASTY):
        document = DocumentRef(number=text, normal=text, date=date(2020, 5, 4), issuer=text, title=text, signer=text)
        lines.append(
            line(
                unit=f"u{place}",
                unit_name=text,
                title=text,
                ref=text[:12],
                requirement=f"r{place}",
                key=f"r{place}@u",
                state=State.ACCEPTED,
                submissions=1,
                document=document,
                note=text,
                comment=text,
                choice="a",
                choices={"a": text},
                due_phrase=text,
                issuer=f"i{place}",
                issuer_name=text,
            )
        )
        lines.append(
            line(
                unit=f"u{place}",
                unit_name=text,
                ref="",
                title=text,
                due=day_end(date(2020, 6, 1)),
                timeliness=Timeliness.OVERDUE,
                state=State.UNFULFILLED,
            )
        )
    nasty = NASTY[0]
    head = HEAD.model_copy(
        update={
            "recipients": (*(Recipient(name=text) for text in NASTY), Recipient(name="Lưu: VT")),
            "contact": nasty,
            "document": HEAD.document.model_copy(update={"title": nasty}),
        }
    )
    return summary(*lines, head=head, issuer=ISSUER.model_copy(update={"name": nasty, "head_title": NASTY[2]}))


def _bare() -> Summary:
    """As little as a directive may have: no number, no date, no basis, no recipients, no symbol."""
    document = DocumentRef(number="", normal="", title="Kết luận hội nghị bàn về mô hình thí điểm")
    head = HEAD.model_copy(
        update={
            "document": document,
            "label": "Kết luận ngày 08/05/2012",
            "type": "kết luận",
            "basis": (),
            "recipients": (),
            "contact": "",
            "place": "",
        }
    )
    issuer = ISSUER.model_copy(update={"symbol": "", "place": "", "parent_body": "", "head_title": ""})
    return summary(line(), head=head, issuer=issuer, final=False)


def _long_names() -> Summary:
    due = day_end(date(2020, 6, 1))
    lines = [
        line(unit=f"u{place}", unit_name=name, title=LONG_WORD, ref="", due=due, timeliness=Timeliness.OVERDUE)
        for place, name in enumerate((LONG_NAME, LONG_WORD))
    ]
    return summary(*lines, final=False)


def _many_levels() -> Summary:
    """A ministry's register: 63 provinces, 130 districts under them, each with something overdue."""
    due = day_end(date(2020, 6, 1))
    owed = {"due": due, "timeliness": Timeliness.OVERDUE}
    provinces = [
        line(unit=f"p{place}", unit_name=f"Sở LĐTBXH tỉnh thứ {place}", level=Level.PROVINCE, **owed)
        for place in range(63)
    ]
    districts = [
        line(
            unit=f"d{place}", unit_name=f"Phòng LĐTBXH huyện thứ {place}", requirement="2", ref="2",
            issuer=f"p{place % 3}", issuer_name=f"Sở LĐTBXH tỉnh thứ {place % 3}", **owed,
        )
        for place in range(130)
    ]  # fmt: skip
    return summary(*provinces, *districts, final=False)


def _waiting() -> Summary:
    """Everything handed in, nothing reviewed; one activity without the split by sex."""
    handed_in = (
        (Timeliness.ON_TIME, CLOSING),
        (Timeliness.LATE, MIDWAY - timedelta(days=20)),
        (Timeliness.NO_DEADLINE, None),
    )
    came_in = MIDWAY - timedelta(days=9)
    lines = [
        line(unit=f"u{place}", state=State.SUBMITTED, timeliness=timing, due=due, submissions=1, submitted_at=came_in)
        for place, (timing, due) in enumerate(handed_in)
    ]
    held = line(unit="u9", kind=RequirementKind.ACTIVITY, state=State.ACCEPTED, submissions=1, total=150)
    return summary(*lines, held, final=False)


EDGES: dict[str, Callable[[], Summary]] = {
    "final": dispatch_908,
    "interim": lambda: dispatch_908(final=False),
    "empty": lambda: summary(final=False),
    "no answers": lambda: summary(line(), line(unit="u2"), final=False),
    "nothing due": lambda: summary(line(due=CLOSING, timeliness=Timeliness.IN_TIME), final=False),
    "nothing applies": lambda: summary(line(state=State.NOT_APPLICABLE), line(unit="u2", state=State.DORMANT)),
    "one unit, all done": lambda: summary(
        line(state=State.ACCEPTED, due=MIDWAY, timeliness=Timeliness.ON_TIME, submissions=1, submitted_at=MIDWAY)
    ),
    "nasty": _nasty,
    "bare": _bare,
    "long names": _long_names,
    "many levels": _many_levels,
    "waiting": _waiting,
    "conference": conference,
    "reorganised": reorganised,
}
