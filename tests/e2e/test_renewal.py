"""Continue-as-new on the real server, with the threshold lowered: nothing is lost, forgotten or done twice."""

from pathlib import Path

import httpx

from audit.archive.archive import Archive
from audit.histories.found import Source
from audit.histories.live import LiveHistories
from audit.histories.runs import Run
from audit.verify.verify import verify
from commands.audit.history import Wanted, find_history
from models.command import Receipt
from models.obligation import State
from services.archive import archivist
from services.verifying import sources
from tests import small
from tests.e2e.installation import Installation, installation
from tests.waiting import eventually
from texts.language import Language

HIGH, LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"


async def test_a_register_continues_as_new_and_remembers(tmp_path: Path) -> None:
    async with installation(tmp_path, renew_after=2) as running:
        handle = running.client.get_workflow_handle(small.cascade(small.TOP))
        first_run = (await handle.describe()).run_id
        low = await running.link(f"{small.LOW}@nho.example", "assignment")
        register = await running.link("so@nho.example", "register")
        command = small.submit(HIGH, id_="the-same-form-twice")
        once = await handle.execute_update(command.kind, command, id=command.id, result_type=Receipt)
        assert (await running.submit(low, LOW)).status_code == httpx.codes.SEE_OTHER
        assert (await running.review(register, LOW, "accept")).status_code == httpx.codes.SEE_OTHER

        description = await handle.describe()
        assert description.run_id != first_run
        assert isinstance(once, Receipt)
        twice = await handle.execute_update(command.kind, command, id=command.id, result_type=Receipt)
        assert twice.seq == once.seq
        lines = running.lines()
        assert (lines[HIGH].submissions, lines[HIGH].state) == (1, State.SUBMITTED)
        assert lines[LOW].state is State.ACCEPTED
        await _its_runs_are_one_life(running, first_run, command.id, once.seq)
        await _the_archive_keeps_its_first_run(running, first_run)
        await running.review(register, HIGH, "accept")
        for commune in small.COMMUNES:
            await running.link(f"{commune}@nho.example", "assignment")


async def _its_runs_are_one_life(running: Installation, first_run: str, cause: str, seq: int) -> None:
    engine, looked = await find_history(running.settings, Wanted("15/SO-BĐG"), Language.VIETNAMESE)
    assert engine is not None
    engine.dispose()
    assert looked.found.source is Source.SERVER
    assert len(looked.found.runs) > 1
    assert looked.found.runs[0].run_id == first_run
    assert looked.replay is not None, looked.broken
    assert looked.replay.events[seq - 1].cause == cause


async def _the_archive_keeps_its_first_run(running: Installation, first_run: str) -> None:
    """While the register goes on; with it the record is proven when the server has dropped that run."""
    root, keeper = small.cascade(small.TOP), archivist(running.client, running.settings, running.engine)
    archive = Archive(running.settings.archive)

    async def kept() -> tuple[Run, ...]:
        swept = await keeper.sweep(lambda: None)
        assert not swept.failed
        return await archive.runs(root)  # none yet while the server's lists lag behind

    assert (await eventually(kept))[0].run_id == first_run
    looked = await verify(
        sources(running.settings, running.engine, _Forgetful(LiveHistories(running.client), first_run)),
        lambda _done, _of: None,
    )
    wrong = [each for each in looked.findings if each.row != small.PAPER.name]  # the command brought no file along
    assert not wrong, [each.words for each in wrong]
    assert (looked.unchecked, looked.looked.joined) == ((), 1)


class _Forgetful:
    """A server that has dropped one run."""

    def __init__(self, histories: LiveHistories, dropped: str) -> None:
        self._histories = histories
        self._dropped = dropped

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        return tuple(run for run in await self._histories.runs(cascade_id) if run.run_id != self._dropped)
