"""Which runs of a register's workflow are one life, whether the server or the archive has them."""

from collections.abc import Sequence

import pytest

from audit.histories.broken import HistoryBroken
from audit.histories.chained import goes_on, joined
from audit.histories.runs import Run
from tests.audit.archives import REGISTER, history

FIRST = history("a", ends="CONTINUED_AS_NEW")
SECOND = history("b", first="a", before="a", ends="CONTINUED_AS_NEW")
THIRD = history("c", first="a", before="b", ends="TASK_COMPLETED")
OTHER = history("x", ends="TERMINATED")
"""A run that was ended by hand: another began from the beginning."""


@pytest.mark.parametrize(
    ("live", "archived", "expected"),
    [
        ([THIRD], [FIRST, SECOND], "abc"),
        ([SECOND, THIRD], [FIRST], "abc"),
        ([FIRST, SECOND, THIRD], [FIRST], "abc"),
        ([THIRD], [SECOND, FIRST], "abc"),
        ([THIRD], [FIRST], "c"),
        ([THIRD], [OTHER, FIRST, SECOND], "abc"),
        ([FIRST], [OTHER], "a"),
        ([], [FIRST, SECOND], "ab"),
        ([], [OTHER, FIRST], "a"),
        ([], [], ""),
    ],
)
def test_the_archives_runs_stand_before_the_servers_that_continue_them(
    live: Sequence[Run], archived: Sequence[Run], expected: str
) -> None:
    assert "".join(run.run_id for run in joined(live, archived)) == expected


def test_it_is_known_whether_a_run_goes_on() -> None:
    assert [goes_on(run) for run in (FIRST, SECOND, THIRD, OTHER)] == [True, True, False, False]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"events": []}', b'{"events": 1}', b'{"events": ["x"]}', b"[]"])
def test_what_is_no_history_is_named(content: bytes) -> None:
    with pytest.raises(HistoryBroken, match="the-run"):
        joined([Run(REGISTER, "the-run", content)], [FIRST])
