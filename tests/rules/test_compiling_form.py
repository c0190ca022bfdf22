import re

import pytest
import yaml

from rules.compiler import compile_directive
from rules.source import MAX_CHARACTERS
from tests.rules.files import CALENDAR, UNITS, asked, compiled, errors, file, said

WHOLE = file(asked(due="2020-04-10"))

INNER = re.compile(r"Addressees|After|Signer|File\b|tuple|dictionar|datetime|None|True|False|Input should|valid string")
"""Words of the program, which say nothing to an author."""

WRONG = [
    # what stands in `requirements.plan`, code, path below it, what the message says
    ("due: {evry: month}", "unknown_key", "due.evry", "unknown key 'evry'; did you mean 'every'?"),
    ("due: {every: mont}", "value", "due.every", "did you mean 'month'"),
    ("due: {on: [2020-05-15]}", "value", "due.on", "cannot be [2020-05-15]: write `trước ngày 15/5/2020`"),
    ("due: {within: 5 ngày, after: {hold: plan}}", "unknown_key", "due.after.hold", "did you mean 'held'"),
    ("due: {within: 5 ngày, after: plan}", "value", "due.after", "write `{cut_off: true}`"),
    ("due: {before: x, days: nhiều}", "value", "due.days", "'days' is a whole number: write `5`, not 'nhiều'"),
    ("due: {every: month, by_day: 32}", "value", "due.by_day", "'by_day' is at most 31, not '32'"),
    ("due: {every: month, since: 2020-02-30}", "value", "due.since", "no such day as 2020-02-30"),
    ("due: {on: 2020-05-15, at: 25:00}", "value", "due.at", "not '25:00'"),
    ("due: {on: 2020-05-15, roll: nxt}", "value", "due.roll", "did you mean 'next'"),
    ("due: {by_level: {comune: 2020-05-15}}", "value", "due.by_level.comune", "did you mean 'commune'"),
    ("due: {by_level: {commune: {on: 2020-05-15}}}", "value", "due.by_level.commune", "cannot be {on: 2020-05-15}"),
    ("due: {by_level: 2020-05-15}", "value", "due.by_level", "not 2020-05-15"),
    ("due: [2020-05-15]", "value", "due", "cannot be [2020-05-15]"),
    ("due: true", "value", "due", "cannot be true"),
    ("due: 0001-01-01", "value", "due", "1945"),
    ("due: 9999-12-31", "value", "due", "2099"),
    ("to: district", "value", "to", "write `{level: district}`, not 'district'"),
    ("to: {levels: district}", "unknown_key", "to.levels", "did you mean 'level'"),
    ("to: {units: d1}", "value", "to.units", "'units' is a list: write `[d1]`, not 'd1'"),
    ("to: {units: [[d1]]}", "value", "to.units.0", "write `d1`, not [d1]"),
    ("to: {excluding: [d1]}", "unknown_key", "to.excluding", "unknown key 'excluding'; write 'except'"),
    ("opens: {when_acepted: plan}", "unknown_key", "opens.when_acepted", "did you mean 'when_accepted'"),
    ("opens: plan", "value", "opens", "write `{when_accepted: annual-plan}`"),
    ("indicators: [a]", "value", "indicators", "consists of keys and values"),
    ("indicators: {a: {kind: numbr}}", "value", "indicators.a.kind", "did you mean 'number'"),
    ("indicators: {a: {ues: x}}", "unknown_key", "indicators.a.ues", "did you mean 'use'"),
    ("outcomes: [acepted]", "value", "outcomes.0", "did you mean 'accepted'"),
    ("choices: [a, b]", "value", "choices", "not [a, b]"),
    ("choices: {a: [b]}", "value", "choices.a", "write `b`, not [b]"),
    ("attendance: có", "value", "attendance", "true or false: write `true`, not 'có'"),
    ("stage: finl", "value", "stage", "did you mean 'final'"),
    ("kind: plam", "value", "kind", "did you mean 'plan'"),
    ("title: [a]", "value", "title", "'title' is a single text: write `a`"),
    ("title: null", "value", "title", "'title' has no value"),
]


@pytest.mark.parametrize(("part", "code", "path", "says"), WRONG, ids=[part for part, *_ in WRONG])
def test_one_mistake_gives_one_message_at_its_place(part: str, code: str, path: str, says: str) -> None:
    name, _, value = part.partition(": ")
    text = file(asked(**({"due": "2020-04-10"} | {name: value})))
    assert errors(text) == [(code, f"requirements.plan.{path}")]
    assert says in said(text)


HEAD = [
    ("recipients: [{name: Sở, purpos: để biết}]", "unknown_key", "document.recipients.0.purpos", "'purpose'"),
    ("recipients: [{name: Sở, purpose: để bit}]", "value", "document.recipients.0.purpose", "để biết"),
    ("recipients: [{purpose: để biết}]", "missing", "document.recipients.0.name", "'name' is missing"),
    ("recipients: [[Sở]]", "value", "document.recipients.0", "cannot be [Sở]"),
    ("recipients: Sở", "value", "document.recipients", "write `[Sở]`, not 'Sở'"),
    ("basis: [{number: 1/KH, issuer: x}]", "missing", "document.basis.0.date", "'date' is missing"),
    ("signer: Lê Thị Lan", "value", "document.signer", "write `{prefix: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: "),
    ("sinner: x", "unknown_key", "document.sinner", "did you mean 'signer'"),
]


@pytest.mark.parametrize(("part", "code", "path", "says"), HEAD, ids=[part for part, *_ in HEAD])
def test_so_does_one_in_the_head(part: str, code: str, path: str, says: str) -> None:
    text = file(asked(due="2020-04-10"), document=f"number: 15/SO-BĐG, {part}")
    assert errors(text) == [(code, path)]
    assert says in said(text)


SETTINGS = [
    ("closing: 2020-06-31", "value", "closing"),
    ("closing: [2020-06-30]", "value", "closing"),
    ("awaits: [guidance]", "value", "awaits"),
    ("replaces: 40/SO", "value", "replaces"),
    ("replaces: [{number: 40/SO}]", "missing", "replaces.0.effect"),
    ("policy: fast", "value", "policy"),
    ("policy: {ladder: [{at: T-5, do: remind}]}", "value", "policy.ladder.0.do"),
    ("policy: {review_days: -1}", "value", "policy.review_days"),
    ("policy: {extension: {ask_befor: 5}}", "unknown_key", "policy.extension.ask_befor"),
    ("line: [ldtbxh]", "value", "line"),
    ("contct: x", "unknown_key", "contct"),
]


@pytest.mark.parametrize(("top", "code", "path"), SETTINGS)
def test_what_misses_a_setting_that_cannot_be_read_is_not_at_fault(top: str, code: str, path: str) -> None:
    waits = asked(
        "waits", opens="{when_registered: guidance}", due="{every: month}".replace("every: month", "on: 2020-05-15")
    )
    asked_for = (waits,) if top.startswith("awaits") else (asked("often", due="{every: month}"), asked("open"))
    if not top.startswith("closing"):
        top += "\nclosing: 2020-12-31"
    assert errors(file(*asked_for, top=top)) == [(code, path)]


def test_what_refers_to_a_requirement_that_cannot_be_read_is_not_at_fault() -> None:
    broken = asked(kind="plam", due="2020-04-10")
    others = (
        asked("a", to="{level: commune}", opens="{when_accepted: plan}", due="2020-06-30"),
        asked("b", due="{before: plan}"),
        asked("c", due="2020-06-30", consolidates="[plan]"),
        asked("d", due="{within: 5 ngày, after: {held: plan}}"),
        asked("e", due="{before: b}"),
    )
    assert errors(file(broken, *others)) == [("value", "requirements.plan.kind")]
    assert errors(file(broken, top="line: ldtbxh")) == [("value", "requirements.plan.kind")]


def test_faults_of_form_and_of_content_are_told_in_one_go_in_the_order_of_the_lines() -> None:
    text = file(
        asked("a", kind="plam", due="sớm"),
        asked("b", due="sớm"),
        asked("c", to="{units: [d9, d1]}", due="2020-01-10", titel="x"),
        asked("d", to="{units: [d9, d1]}", due="2020-01-10"),
        asked("e", opens="{when_accepted: dd}", due="2020-04-10"),
        document="number: SO, basis: [{number: 1/KH}]",
        top="closing: 2020-12-31\npolicy: {ladder: [{at: T+0, do: overdue}]}\nlin: x",
    )
    assert errors(text) == [
        ("missing", "document.basis.0.date"),
        ("missing", "document.basis.0.issuer"),
        ("number", "document.number"),
        ("step_on_due_day", "policy.ladder.0.at"),
        ("unknown_key", "lin"),
        ("value", "requirements.a.kind"),
        ("deadline", "requirements.b.due"),
        ("unknown_key", "requirements.c.titel"),
        ("unknown_unit", "requirements.d.to.units.0"),
        ("due_before_issue", "requirements.d.due"),
        ("unknown_requirement", "requirements.e.opens.when_accepted"),
    ]
    lines = [fault.line for fault in compiled(text).errors]
    assert lines == sorted(lines)
    assert lines[-1] == len(text.splitlines())


def test_where_many_words_are_wrong_the_first_get_a_suggestion() -> None:
    codes = ", ".join(f"gone{number}" for number in range(4000))
    result = compiled(file(asked(to=f"{{units: [{codes}]}}", due="2020-04-10")))
    unknown = [fault.message for fault in result.errors if fault.code == "unknown_unit"]
    assert len(unknown) == 4000
    assert ("did you mean 'gone'" in unknown[0], "did you mean" in unknown[-1]) == (True, False)
    keys = "".join(f"closin{number}: 2020-12-31\n" for number in range(500))
    faults = compiled(file(asked(due="2020-04-10"), top=keys)).errors
    assert [fault.code for fault in faults] == ["unknown_key"] * 500
    assert ("did you mean 'closing'" in faults[0].message, "did you mean" in faults[-1].message) == (True, False)


@pytest.mark.parametrize("key", ["a.b", "a@d1", "hai từ", "x/y", '""', "a" * 61])
def test_a_key_that_could_not_stand_in_an_address_is_an_error(key: str) -> None:
    assert [code for code, _ in errors(file(asked(key, due="2020-04-10")))] == ["key"]


@pytest.mark.parametrize("key", ["1a", "tổng-kết", "year_plan", "A"])
def test_other_keys_are_as_the_author_likes(key: str) -> None:
    assert errors(file(asked(key, due="2020-04-10"))) == []


@pytest.mark.parametrize("value", ["[]", "{}", "[[]]", "{a: {b: {c: d}}}", "x", "2020-01-01", "true", "null", "''"])
def test_nothing_fails_whatever_stands_in_the_place_of_something_else(value: str) -> None:
    found = yaml.safe_load(value)
    whole = yaml.safe_load(
        WHOLE + "awaits: {x: y}\npolicy: {ladder: [{at: T+1, do: chase}]}\nreplaces: [{number: 1/SO}]\n"
    )
    paths = [(), *_paths(whole)]
    assert len(paths) > 20
    for path in paths:
        result = compile_directive(yaml.safe_dump(_changed(whole, path, found)).encode(), UNITS, CALENDAR)
        assert (result.plan is None) == bool(result.errors)
        faults = (*result.errors, *result.warnings)
        assert all(fault.line >= 1 and fault.message for fault in faults)
        assert [fault.message for fault in faults if INNER.search(fault.message)] == []


def _paths(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, value in items for found in ((*path, key), *_paths(value, (*path, key)))]


def _changed(data: object, path: tuple[str | int, ...], value: object) -> object:
    if not path:
        return value
    if isinstance(data, list):
        return [_changed(item, path[1:], value) if index == path[0] else item for index, item in enumerate(data)]
    assert isinstance(data, dict)
    return data | {path[0]: _changed(data[path[0]], path[1:], value)}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"x" * 5_000_000, "too_large"),
        (WHOLE.encode() + b"#" * MAX_CHARACTERS, "too_large"),
        (b"[" * 100_000, "nesting"),
        (b"document: " + b"{a: " * 50_000, "nesting"),
        (b"a: &a [x]\nb: [*a, *a]\n", "alias"),
        (WHOLE.encode("utf-16"), "encoding"),
        (WHOLE.encode("cp1258", "replace") + b"\xff", "encoding"),
        (b"", "empty"),
    ],
    ids=["5-mb", "long", "brackets", "braces", "aliases", "utf-16", "cp1258", "empty"],
)
def test_what_is_no_directive_is_refused_before_anything_is_made_of_it(raw: bytes, code: str) -> None:
    result = compile_directive(raw, UNITS, CALENDAR)
    assert result.plan is None
    assert [fault.code for fault in result.errors] == [code]


def test_obstacles_have_a_group_of_their_own() -> None:
    named = asked("heard", kind="recommendations", groups="{obstacle: Vướng mắc}", due="2020-04-10")
    assert errors(file(named)) == [("key", "requirements.heard.groups.obstacle")]
