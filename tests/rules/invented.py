"""Directive files that hypothesis invents: sound ones, and ones that it has spoilt (`spoilt`)."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import yaml
from hypothesis import strategies as st

from models.due import Roll
from models.follow_up import StepKind
from models.plan import RequirementKind

KEYS = ("alpha", "beta", "gamma", "delta", "epsilon")
ISSUED = date(2020, 3, 2)
_ROLLS = st.sampled_from([str(roll) for roll in Roll])


@st.composite
def directives(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a file that makes sense, nearly always."""
    asked: dict[str, Any] = {}
    for number, key in enumerate(KEYS[: draw(st.integers(1, len(KEYS)))]):
        asked[key] = _requirement(draw, key, ISSUED + timedelta(days=45 * (number + 1)), asked)
    head = {"title": "triển khai việc nhỏ", "issuer": draw(st.sampled_from(["p", "p", "bo"])), "date": ISSUED}
    named = draw(st.sampled_from([{"number": "15/SO-BĐG"}, {"type": "Kết luận"}]))
    data = {
        "document": head | named,
        "awaits": {"guidance": "Hướng dẫn", "final": "Bản chính thức"},
        "requirements": asked,
    }
    if draw(st.booleans()) or not any(_is_dated(item) for item in asked.values()):
        data["closing"] = date(2020, 12, 31)
    return data | draw(st.fixed_dictionaries({}, optional={"policy": policies(), "line": st.just("ldtbxh")}))


def _requirement(draw: st.DrawFn, key: str, day: date, earlier: dict[str, Any]) -> dict[str, Any]:
    """One requirement, due about a day; it may wait for earlier ones or count from them."""
    level = draw(st.sampled_from(["district", "district", "commune"]))
    kinds = [str(kind) for kind in RequirementKind if kind is not RequirementKind.SELECTION or level == "district"]
    item: dict[str, Any] = {"title": key, "kind": draw(st.sampled_from(kinds)), "to": {"level": level}}
    if item["kind"] == "selection":
        item["among"] = {"level": "commune"}
    partners = {"coordinators": st.sampled_from([{"units": ["hoi"]}, {"line": "hoi"}])}
    same = [name for name, other in earlier.items() if other["to"]["level"] == level and not _recurs(other)]
    above = [name for name, other in earlier.items() if level == "commune" != other["to"]["level"]]
    above = [name for name in above if not _recurs(earlier[name])]
    fixed = [name for name, other in earlier.items() if isinstance(other.get("due"), date)]
    item["due"] = draw(st.one_of([st.just(None), *_dues(day, level, same, fixed)]))
    if not _implies_opening(item["due"]) and draw(st.booleans()):
        item["opens"] = draw(
            st.one_of(_openings(day, same, above, [name for name in above if "among" in earlier[name]]))
        )
    return item | draw(
        st.fixed_dictionaries(
            {},
            optional=({} if "among" in item else partners)
            | {
                "report_to": st.sampled_from([["hoi"], ["ubnd"], ["hoi", "b"]]),
                "only_tag": st.sampled_from(["funded", "pilot"]),
                "if_not_issued": st.booleans(),
                "issued_by": st.just("ubnd"),
                "choices": st.just({"one": "Một", "two": "Hai"}),
                "groups": st.just({"jobs": "Việc làm"}),
                "outcomes": st.just(["accepted", "rejected"]),
                "ends_with": st.sampled_from(["guidance", "final"]),
                "attendance": st.booleans(),
                "indicators": st.sampled_from(_INDICATORS),
            },
        )
    )


_INDICATORS: list[dict[str, Any]] = [
    {"i": {"title": "Số lượt", "kind": "number", "by_sex": True, "target": "10"}},
    {"i": {"title": "Tỷ lệ", "kind": "percent", "targets": {"2020": "50"}}, "j": {"title": "Có", "kind": "yes_no"}},
    {"i": {"title": "Số", "kind": "number", "parts": ["j"]}, "j": {"title": "Trong đó", "kind": "number"}},
]


def _dues(day: date, level: str, same: list[str], fixed: list[str]) -> list[st.SearchStrategy[Any]]:
    beside: dict[str, st.SearchStrategy[Any]] = {
        "at": st.sampled_from(["17:00", "00:00"]),
        "roll": _ROLLS,
        "phrase": st.just("như phụ lục"),
    }
    few = st.sampled_from(["5 ngày làm việc", "10 ngày", "một tuần"])
    counted = [{"received": True}, {"document": "guidance"}, *({"held": key} for key in same)]
    rhythms: list[dict[str, Any]] = [
        {"every": "day", "until": ISSUED + timedelta(days=9)},
        {"every": "week", "since": day, "until": day + timedelta(days=30)},
        {"every": "month", "by_day": "20", "until": date(2020, 11, 14)},
        {"every": "quarter", "within": "2 ngày làm việc", "until": date(2020, 9, 14)},
        {"every": "half_year", "until": date(2020, 12, 14)},
    ]
    forms = [
        st.just(day),
        st.sampled_from([f"trước ngày {day:%d/%m/%Y}", f"chậm nhất 9 giờ ngày {day:%d/%m/%Y}", "thường xuyên"]),
        st.just(f"từ ngày {day - timedelta(days=9):%d/%m/%Y} đến ngày {day:%d/%m/%Y}"),
        st.fixed_dictionaries({"on": st.just(day)}, optional=beside),
        st.fixed_dictionaries({"by_level": st.just({level: day})}, optional=beside),
        st.fixed_dictionaries({"within": few}, optional=beside | {"after": st.sampled_from(counted)}),
        st.sampled_from(rhythms),
    ]
    if fixed:
        beside |= {"after": st.fixed_dictionaries({"due": st.sampled_from(fixed)})}
        forms.append(st.fixed_dictionaries({"within": few}, optional=beside))
    return forms


def _openings(day: date, same: list[str], above: list[str], choosing: list[str]) -> list[st.SearchStrategy[Any]]:
    latest = {"at_latest": st.just(day - timedelta(days=20))}
    forms = [
        st.just({"on": day - timedelta(days=20)}),
        st.fixed_dictionaries({"when_registered": st.just("guidance")}, optional=latest),
    ]
    if same:
        forms.append(st.fixed_dictionaries({"when_held": st.sampled_from(same)}, optional=latest))
    if above:
        forms.append(st.fixed_dictionaries({"when_accepted": st.sampled_from(above)}, optional=latest))
    if choosing:
        forms.append(st.fixed_dictionaries({"when_selected": st.sampled_from(choosing)}))
    return forms


def _recurs(item: dict[str, Any]) -> bool:
    return isinstance(item.get("due"), dict) and "every" in item["due"]


def _implies_opening(due: object) -> bool:
    return isinstance(due, dict) and ("every" in due or "after" in due)


def _is_dated(item: dict[str, Any]) -> bool:
    return isinstance(item.get("due"), date)


def policies() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "ladder": _ladders("T", [-10, -1, 1, 5, 20]),
            "unacknowledged": _ladders("A", [1, 5, 20]),
            "returned": _ladders("R", [1, 5, 20]),
            "review": _ladders("V", [1, 5, 20]),
            "silent_after": st.sampled_from(["1", "30", "400"]),
            "review_days": st.sampled_from(["0", "5", "10"]),
            "least_days": st.sampled_from(["0", "3"]),
            "roll": _ROLLS,
            "cut_off": st.sampled_from(["17:00", "00:00"]),
            "send_at": st.sampled_from(["00:00", "23:59"]),
            "before_day": st.booleans(),
        },
    )


def _ladders(letter: str, days: list[int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Steps on some of the days; before the due day only reminders."""
    late = st.sampled_from([str(kind) for kind in StepKind if kind is not StepKind.SILENCE])
    to = st.sampled_from([[], ["tracker_head"], ["tracker", "issuer"]])

    def step(number: int) -> st.SearchStrategy[dict[str, Any]]:
        at = {"at": st.just(f"{letter}{number:+d}")}
        said = {"do": late, "to": to} if number > 0 else {"do": st.just("reminder"), "to": st.just(["focal"])}
        return st.fixed_dictionaries(at | said)

    chosen = st.lists(st.sampled_from(days), max_size=3, unique=True)
    return chosen.flatmap(lambda found: st.tuples(*map(step, found)).map(list))


_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, "", "x", "5", "²", "Ð", "\x00", "a" * 2000, [], {}, [[]], {"a": {"b": ["c"]}}, "2020-02-30",
        "08:00", "nan", "1e400", "0", "-1", "sớm", "gamma", ["gamma"], {"level": "district"}, {"level": "ministry"},
        {"units": ["d1", "nobody"]}, {"tag": "x"}, date(2019, 1, 1), date(2020, 6, 30), date(2099, 12, 31),
        {"every": "day", "until": date(2099, 12, 31)}, {"every": "month", "before": "alpha"}, {"before": "gamma"},
        {"within": "999 tuần"}, {"within": "10 ngày", "after": {"window": "alpha"}}, {"by_level": {}},
        {"within": "5 ngày", "after": {"due": "epsilon"}}, {"when_accepted": "epsilon"}, {"when_held": "alpha"},
        {"when_selected": "beta", "choice": "one"}, {"on": date(2020, 4, 1), "at_latest": date(2020, 5, 1)},
        [{"number": "14/SO-BĐG", "effect": "amends", "keeps": {"a": "alpha"}}], {"i": {"use": "1.1"}},
    ]
)  # fmt: skip
"""What is somewhere right and elsewhere wrong, and what is wrong everywhere."""
_NAMES = (
    "closing", "policy", "awaits", "replaces", "due", "opens", "to", "consolidates", "period", "window", "number",
    "issuer", "beta", "at_latest", "every", "²", "",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A file with something else in up to four places, in the place of what was there or besides it."""
    data = deepcopy(draw(directives()))
    for _ in range(draw(st.integers(0, 4))):
        place: Any = data
        while True:
            key = draw(st.sampled_from(sorted(place)))
            if not isinstance(place[key], dict) or not place[key] or not draw(st.integers(0, 4)):
                break
            place = place[key]
        place[draw(st.sampled_from([key, key, key, *_NAMES]))] = deepcopy(draw(_ODD))
    return data


class _Plain(yaml.SafeDumper):
    """Writes everything out: aliases are not part of the language."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML asks it of everything
        return True


def text(data: object) -> bytes:
    """A file as somebody may have written it."""
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False).encode()
