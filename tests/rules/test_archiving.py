"""When a register is archived, again, or not; what of it before it closes; and how much of its journal."""

from datetime import UTC, datetime, timedelta

import pytest

from models.upkeep import ArchivedSo, EndedRun, Standing
from rules.archiving import Due, belonging, due, to_keep

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SO = ArchivedSo(at=NOW, last_seq=9, journal_seq=4, later_seq=5, complete=True)
STANDING = Standing(cascade_id="cascade:a:b", last_seq=9, journal_seq=5, noted_seq=0, archived=SO)


@pytest.mark.parametrize(
    ("changed", "archived", "expected"),
    [
        ({}, {}, Due.NOTHING),
        ({"archived": None}, {}, Due.ALL),
        ({"last_seq": 10}, {}, Due.ALL),
        ({"journal_seq": 6, "noted_seq": 6}, {}, Due.ALL),
        ({"journal_seq": 6}, {}, Due.LATER),
        ({}, {"complete": False}, Due.NOTHING),
        ({}, {"complete": False, "at": NOW - timedelta(days=1)}, Due.ALL),
        ({}, {"at": NOW - timedelta(days=1000)}, Due.NOTHING),
    ],
)
def test_what_is_due_follows_from_what_has_come_since(
    changed: dict[str, object], archived: dict[str, object], expected: Due
) -> None:
    so = SO.model_copy(update=archived)
    assert due(STANDING.model_copy(update={"archived": so} | changed), NOW) is expected


@pytest.mark.parametrize(
    ("kinds", "count"),
    [
        ([], 0),
        (["archived"], 0),
        (["mail_sent", "archived", "archived"], 1),
        (["mail_sent", "archived", "viewed"], 3),
        (["mail_sent"], 1),
    ],
)
def test_notes_of_archiving_at_the_end_of_a_journal_do_not_belong_to_it(kinds: list[str], count: int) -> None:
    assert belonging(kinds) == count


RENEWED = tuple(EndedRun(cascade_id="cascade:a:b", run_id=run_id) for run_id in ("first", "second"))


@pytest.mark.parametrize(
    ("waiting", "kept", "expected"),
    [
        ({"cascade:a:b"}, {}, {"cascade:a:b": ("first", "second")}),
        ({"cascade:a:b"}, {"cascade:a:b": ["first"]}, {"cascade:a:b": ("second",)}),
        ({"cascade:a:b"}, {"cascade:a:b": ["second", "first"]}, {}),
        ({"cascade:a:c"}, {}, {}),
        (set(), {}, {}),
    ],
    ids=["none is kept", "one is", "both are", "another register", "it is archived"],
)
def test_ended_runs_are_kept_once_as_long_as_their_register_is_not_archived(
    waiting: set[str], kept: dict[str, list[str]], expected: dict[str, tuple[str, ...]]
) -> None:
    assert to_keep(RENEWED, waiting, kept) == expected
