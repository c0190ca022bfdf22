"""Every example of docs/directive-language.md compiles, and every key of the language is in one of them."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from changing.catalogues import indicators, known_documents
from commands.units import read_registry
from models.directive import DirectiveFile
from models.document import FileRef
from models.unit import Unit
from rules.calendar import WorkingCalendar
from rules.compiler import Compiled, compile_directive
from rules.compiling.desk import EarlierDirective, References
from rules.source import read

ROOT = Path(__file__).parents[2]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/directive-language.md").read_text("utf-8"), re.DOTALL)
ISSUERS = {
    "thua-thien-hue": ("46-ldtbxh", "2020-04-14"),
    "quoc-gia-2012": ("bo-ldtbxh", "2012-05-08"),
    "huyen-2019": ("477-ubnd", "2019-03-27"),
    "quang-tri-hoi-lhpn-2024": ("45-hoi-lhpn", "2024-11-01"),
    "binh-duong-2022": ("74-ldtbxh", "2022-02-14"),
}


def setting(example: str, name: str) -> str:
    found = re.search(rf"^# {name}: (.+)$", example, re.MULTILINE)
    return found[1] if found else ""


@cache
def registry(name: str) -> dict[str, Unit]:
    return {unit.code: unit for unit in read_registry(ROOT / f"data/registries/{name}.yaml")}


def compiled(example: str) -> Compiled:
    """The example, within the shortest file of its issuer where it is only a piece."""
    name = setting(example, "registry")
    issuer, day = ISSUERS[name]
    rest = ""
    if not re.search(r"^document:", example, re.MULTILINE):
        rest += f"document: {{number: 908/KH-THU, title: ví dụ, issuer: {issuer}, date: {day}}}\n"
    if not re.search(r"^requirements:", example, re.MULTILINE):
        rest += "requirements: {one: {title: Việc, kind: plan, to: {level: district}, due: 2020-10-30}}\n"
    keys = frozenset({"action-month-plan"})
    earlier = EarlierDirective("46-ldtbxh.2020.sldtbxh-bdg.908", "908/SLĐTBXH-BĐG", keys, {})
    references = References(
        indicators=indicators(),
        documents=known_documents(),
        file=lambda path: FileRef(sha256=path, name=path, size=1, media_type="application/pdf"),
        earlier=lambda key: earlier if setting(example, "earlier") and key == earlier.directive_id else None,
    )
    return compile_directive((example + rest).encode(), registry(name), WorkingCalendar(), references)


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_means_what_the_text_says(example: str) -> None:
    found = compiled(example)
    refused = setting(example, "refused")
    assert {fault.code for fault in found.errors} == ({refused} if refused else set()), found.errors


def test_a_short_directive_stays_short() -> None:
    lines = [line for line in EXAMPLES[0].splitlines() if not line.startswith("#")]
    assert len(lines) < 25
    assert compiled(EXAMPLES[0]).warnings == ()


def test_every_key_of_the_language_is_in_an_example() -> None:
    used = {key for example in EXAMPLES for key in keys(read(example.encode()).data)}
    schema = DirectiveFile.model_json_schema(by_alias=True)
    parts = [schema, *schema["$defs"].values()]
    known = {key for part in parts for key in part.get("properties", {})}
    assert known - used == set()


def test_every_code_that_the_text_names_is_one_that_the_compiler_uses() -> None:
    text = (ROOT / "docs/directive-language.md").read_text("utf-8")
    tables = text[text.index("## Faults and warnings") :]
    rows = re.findall(r"^\| (`.+?`) \|", tables, re.MULTILINE)
    named = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    source = "".join(path.read_text("utf-8") for path in (ROOT / "rules").rglob("*.py"))
    assert named
    assert {code for code in named if f'"{code}"' not in source} == set()


def keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return {str(key) for key in data} | {key for value in data.values() for key in keys(value)}
    return {key for item in data for key in keys(item)} if isinstance(data, list) else set()
