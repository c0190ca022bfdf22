"""Where histories come from: the server, the archive, or both."""

from collections.abc import Sequence

import pytest

from audit.histories.found import Source, find_runs
from audit.histories.runs import Run
from models.unreachable import Unreachable
from tests.audit import stored

RUN = stored.run_of(stored.events(5))
OTHER = stored.run_of(stored.events(5), "another")


class Place:
    """A place that has these runs."""

    def __init__(self, runs: Sequence[Run] = ()) -> None:
        self._runs = tuple(runs)

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        return tuple(run for run in self._runs if run.workflow_id == cascade_id)

    async def __call__(self) -> "Place":
        """The server is reached."""
        return self


async def away() -> Place:
    raise Unreachable("Temporal", "127.0.0.1:7233", "start it")


async def test_the_server_is_asked_first() -> None:
    found = await find_runs(stored.DISTRICT, Place([RUN]), Place([OTHER]))
    assert (found.runs, found.source, found.away) == ((RUN,), Source.SERVER, None)


async def test_what_the_server_dropped_comes_from_the_archive() -> None:
    found = await find_runs(stored.DISTRICT, Place(), Place([RUN]))
    assert (found.runs, found.source) == ((RUN,), Source.ARCHIVE)


async def test_while_the_server_is_away_the_archive_answers_and_that_is_told() -> None:
    found = await find_runs(stored.DISTRICT, away, Place([RUN]))
    assert (found.runs, found.source) == ((RUN,), Source.ARCHIVE)
    assert found.away is not None


async def test_a_server_that_is_away_is_an_error_where_the_archive_knows_nothing() -> None:
    with pytest.raises(Unreachable):
        await find_runs(stored.DISTRICT, away, Place())


async def test_what_neither_knows_has_no_runs() -> None:
    assert (await find_runs(stored.DISTRICT, Place(), Place())).runs == ()
