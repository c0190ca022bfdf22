"""How long the order took on its way down."""

from datetime import date

from models.document import DocumentRef
from models.obligation import State
from models.plan import RequirementKind
from models.unit import Level
from rules.rollup_lineage import lineage
from tests.reports.factory import dispatch_908


def dated(number: str, day: date) -> DocumentRef:
    return DocumentRef(number=number, normal=number, date=day)


def test_the_lag_of_the_directive_and_of_the_plans_that_follow() -> None:
    summary = dispatch_908()
    head = summary.head.model_copy(
        update={
            "document": dated("908/SLĐTBXH-BĐG", date(2020, 4, 14)),
            "basis": (dated("25/KH-UBND", date(2020, 2, 12)),),
        }
    )
    base = summary.lines[0].model_copy(update={"kind": RequirementKind.PLAN, "state": State.ACCEPTED, "basis": None})
    district = base.model_copy(update={"level": Level.DISTRICT, "document": dated("30/KH-UBND", date(2020, 5, 14))})
    earlier = district.model_copy(update={"document": dated("02/KH-UBND", date(2020, 1, 20))})
    commune = base.model_copy(
        update={
            "level": Level.COMMUNE,
            "basis": dated("30/KH-UBND", date(2020, 5, 14)),
            "document": dated("8/KH-UBND", date(2020, 6, 1)),
        }
    )
    first, second, third = lineage(head, [district, earlier, commune])
    assert (first.above, first.calendar_days, first.working_days) == ("25/KH-UBND", 62, 43)
    assert (second.documents, second.calendar_days) == (1, 30)
    assert (third.above, third.calendar_days, third.longest) == ("30/KH-UBND", 18, 18)
