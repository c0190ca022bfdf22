"""The JSON form has a schema in which everything is described, and every summary keeps to it."""

import json
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from models.summary import Summary
from reports.as_json import to_json
from reports.results import added
from reports.schema import TERMS, parts, summary_schema
from tests.reports.edges import EDGES
from tests.reports.factory import dispatch_908

SCHEMA = summary_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def read(summary: Summary) -> Any:
    return json.loads(b"".join(to_json(summary)))


def test_it_is_a_schema_and_every_part_and_value_of_it_is_described() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = parts(SCHEMA)
    assert [name for name, part in found.items() if not part.get("description")] == []
    values = [(name, key, value) for name, part in found.items() for key, value in part.get("properties", {}).items()]
    assert [(name, key) for name, key, value in values if not value.get("description")] == []


def test_no_words_are_left_for_what_is_gone() -> None:
    terms = tomllib.loads(TERMS.read_text(encoding="utf-8"))
    found = {name: set(part.get("properties", {})) for name, part in parts(SCHEMA).items()}
    assert terms.pop("any").keys() <= set(chain.from_iterable(found.values()))
    assert [(name, key) for name, words in terms.items() for key in words if key not in found.get(name, ())] == []


@pytest.mark.parametrize("name", EDGES)
def test_every_summary_keeps_to_the_schema(name: str) -> None:
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(read(EDGES[name]()))] == []


def test_programs_know_the_form_by_its_first_value() -> None:
    assert next(iter(read(EDGES["empty"]()).items())) == ("format", "dondoc-summary/1")
    assert "format" in SCHEMA["required"]
    assert SCHEMA["properties"]["format"]["const"] == "dondoc-summary/1"


def test_all_values_are_always_there_in_the_order_of_the_schema() -> None:
    for summary in (EDGES["empty"](), dispatch_908()):
        assert list(read(summary)) == list(SCHEMA["properties"])
    assert list(read(dispatch_908())["lines"][0]) == list(SCHEMA["$defs"]["ObligationLine"]["properties"])


def test_another_form_is_told_apart_and_what_is_added_later_is_not() -> None:
    other = read(EDGES["empty"]())
    assert not VALIDATOR.is_valid(other | {"format": "dondoc-summary/2"})
    assert VALIDATOR.is_valid(other | {"added_later": 1})
    assert not VALIDATOR.is_valid({key: value for key, value in other.items() if key != "overall"})


def test_rows_stand_on_lines_of_their_own_and_the_whole_is_the_summary() -> None:
    summary = dispatch_908()
    text = b"".join(to_json(summary)).decode()
    assert Summary.model_validate_json(text) == summary
    assert json.loads(text) == json.loads(summary.model_dump_json())
    assert sum(line.startswith('    {"cascade_id":"908"') for line in text.splitlines()) == len(summary.lines)
    assert b"".join(to_json(summary)) == text.encode()


@pytest.mark.parametrize("part", ["Summary", "Tally", "ObligationLine", "State", "Timeliness"])
def test_the_guide_names_every_value(part: str) -> None:
    guide = Path("docs/report-data.md").read_text(encoding="utf-8")
    described = parts(SCHEMA)[part]
    for name in described.get("properties") or described["enum"]:
        assert f"`{name}`" in guide


@pytest.mark.parametrize("name", EDGES)
def test_the_sums_that_the_guide_promises_hold(name: str) -> None:
    told = EDGES[name]()
    whole = told.overall
    asked = whole.obligations - whole.not_applicable - whole.waived - whole.withdrawn - whole.dormant
    without_deadline = whole.done_no_deadline + whole.open_no_deadline
    fell_due = whole.on_time + whole.late + whole.waiting + whole.not_done
    assert whole.applicable == asked == fell_due + whole.not_yet_due + without_deadline + whole.suspended
    assert whole.not_done == whole.overdue_30 + whole.overdue_90 + whole.overdue_120 + whole.overdue_longer
    assert added(item.tally for item in told.levels) == whole
    assert added(item.tally for item in told.requirements) == whole
    units = [unit.tally for unit in told.unit_tallies] + [unit.tally for unit in told.former_units]
    assert added(units) == whole
