"""Stepping in into a directive that runs on a real server, with the commands as they are typed."""

import asyncio
import json
from pathlib import Path

import pytest

from tests import small
from tests.commands.conftest import Dondoc
from tests.e2e.installation import installation

NUMBER = "15/SO-BĐG"
WHY = ("--reason", "bão số 5", "--yes", "--json")
PLANS = {f"plan@{small.HIGH}", f"plan@{small.LOW}"}


async def test_registers_that_run_are_put_off_suspended_and_cancelled(
    tmp_path: Path, dondoc: Dondoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    async with installation(home) as running:
        monkeypatch.setenv("DONDOC_TEMPORAL_ADDRESS", running.settings.temporal_address)
        await running.link(f"{small.HIGH}@nho.example", "assignment")

        async def typed(*words: str) -> tuple[int, dict[str, list[str]]]:
            answer = await asyncio.to_thread(dondoc, words[0], NUMBER, *words[1:], *WHY)
            return answer.code, json.loads(answer.out)

        code, found = await typed("extend", "--requirement", "plan", "--until", "10/04/2020")
        assert (code, set(found["done"])) == (0, PLANS)
        code, found = await typed("suspend", "--unit", small.HIGH, "--state", "open")
        assert code == 0
        assert f"plan@{small.HIGH}" in found["done"]
        code, found = await typed("suspend", f"plan@{small.HIGH}")
        assert (code, [item["why"] for item in found["left"]]) == (3, ["suspended"])  # type: ignore[index]
        line = running.lines()[f"plan@{small.LOW}"]
        assert (line.extensions, line.reason) == (1, "bão số 5")

        code, found = await typed("cancel")
        assert code == 0
        assert found["left"] == []
        for cascade in small.plan().cascades:
            await running.client.get_workflow_handle(cascade.cascade_id).result()
