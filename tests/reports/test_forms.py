"""All forms of all summaries are written, whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.summary import Summary
from reports import FORMS, write_all
from tests.reports.edges import EDGES
from tests.reports.factory import dispatch_908

ALWAYS = {"empty", "nasty", "long names"}
"""Draft, charts, page and tables of the others are looked at elsewhere; to print all in all forms takes minutes."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.slow) for name in EDGES]
)
def test_every_form_prints_every_summary(name: str, tmp_path: Path) -> None:
    paths = write_all(EDGES[name](), tmp_path / "new", stem="bc")
    assert {form: path.name for form, path in paths.items()} == {form: f"bc.{form}" for form in FORMS}
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(f"bc.{form}" for form in FORMS)
    assert all(path.stat().st_size > 200 for path in paths.values())


def test_json_is_the_summary_itself_in_readable_vietnamese(tmp_path: Path) -> None:
    summary = dispatch_908()
    FORMS["json"](summary, tmp_path / "report.json")
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert Summary.model_validate_json(text) == summary
    assert json.loads(text)["issuer"]["head_title"] == "GIÁM ĐỐC"
    assert '\n  "issuer": {' in text


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(OSError, match=r"report\.json"):
        FORMS["json"](EDGES["empty"](), target)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert (target / "old").exists()


def test_a_report_replaces_the_one_before_and_never_writes_into_it(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    reader = tmp_path / "open by somebody"
    reader.hardlink_to(target)
    FORMS["html"](EDGES["empty"](), target)
    assert reader.read_text() == "old"
    assert target.read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")


def test_libraries_are_loaded_only_when_a_form_needs_them() -> None:
    code = (
        "import sys, reports; sys.exit(bool({'docxtpl', 'docx', 'typst', 'xlsxwriter', 'jinja2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter
