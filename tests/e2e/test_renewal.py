"""Continue-as-new on the real server, with the threshold lowered: nothing is lost, forgotten or done twice."""

from pathlib import Path

import httpx

from audit.histories.found import Source
from commands.audit.history import Wanted, find_history
from models.command import Receipt
from models.obligation import State
from tests import small
from tests.e2e.installation import Installation, installation
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
