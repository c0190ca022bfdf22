"""Every kind of fact and note has its sentence, in both languages."""

import re
from datetime import date

import pytest
from pydantic import BaseModel

from audit.story.attempts import COMMANDS
from audit.story.columns import head, row
from audit.story.mails import MAILS
from audit.story.register import Register
from audit.story.tell import Told, tell
from models.command import Command
from models.event import SummaryIssued
from models.journal import AttemptInvalid
from models.notice import NoticeKind
from rules.calendar import day_end
from tests import small
from tests.audit.samples import FACTS, NOTES, entry, event, sample
from texts.language import Language, speaking

REGISTER = Register.of(small.slice_of(small.TOP))
NAMES = {small.TOP: "So", small.HIGH: "Phong Cao", small.LOW: "Phong Thap"}
VIETNAMESE = re.compile("[ăâđêôơưàáạảãằắặẳẵầấậẩẫèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]", re.IGNORECASE)
OURS = "Kế hoạch năm", "Lê Thị Lan", "SO-BĐG"
"""Titles and names stay as they are."""


def told(kind: type[BaseModel], about: str | None = None) -> Told:
    made = sample(kind)
    return tell(entry(made) if kind in NOTES else event(made), REGISTER, NAMES, about)


def without_names(words: str) -> str:
    for name in OURS:
        words = words.replace(name, "")
    return words


@pytest.mark.parametrize("about", [None, small.HIGH])
@pytest.mark.parametrize("kind", [*FACTS, *NOTES], ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_and_note_has_words_in_both_languages(kind: type[BaseModel], about: str | None) -> None:
    found = told(kind, about)
    vietnamese = found.words
    with speaking(Language.ENGLISH):
        english = found.words
    assert not VIETNAMESE.search(without_names(english)), english
    assert english != vietnamese
    for words in (vietnamese, english):
        assert words[0] == words[0].upper()
        assert words.endswith(".")
        assert "  " not in words


@pytest.mark.parametrize("kind", [*FACTS, *NOTES], ids=lambda kind: kind.__name__)
def test_every_kind_can_be_described_for_programs_and_put_in_a_table(kind: type[BaseModel]) -> None:
    found = told(kind)
    described = found.described()
    assert described["kind"] == kind.model_fields["kind"].default
    assert described["said"] == found.said.model_dump(mode="json")
    assert len(row(found)) == len(head())


def test_every_kind_of_mail_and_command_is_called_something() -> None:
    assert set(MAILS) == set(NoticeKind)
    commands = {kind.model_fields["kind"].default for kind in _members(Command)}
    assert set(COMMANDS) == commands


def test_what_was_invalid_says_what_and_where() -> None:
    note = AttemptInvalid(what="unknown link", where="/v/…")
    assert "tại /v/…: unknown link" in tell(entry(note), REGISTER, NAMES).words


def _members(kind: object) -> set[type[BaseModel]]:
    from typing import get_args

    if isinstance(kind, type):
        return {kind} if issubclass(kind, BaseModel) else set()
    return {member for part in get_args(kind) for member in _members(part)}


def test_a_report_that_is_issued_while_a_register_runs_is_told_with_its_title_and_the_last_day_of_its_data() -> None:
    fact = SummaryIssued(files={"a": "ab" * 32}, report="2020-h1", title="Sơ kết", as_of=day_end(date(2020, 6, 14)))
    words = tell(event(fact), REGISTER, NAMES).words
    assert words.startswith("Hệ thống lập báo cáo «Sơ kết», số liệu đến hết ngày 14/06/2020 (1 tệp)")
