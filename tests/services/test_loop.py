"""Processes that run for long do so on libuv's loop."""

import asyncio
import sys

import pytest

from services.loop import run


@pytest.mark.skipif(sys.platform == "win32", reason="libuv's loop is not made for Windows")
def test_a_process_runs_on_the_faster_loop() -> None:
    seen: list[str] = []

    async def main() -> None:
        seen.append(type(asyncio.get_running_loop()).__module__)

    run(main())
    assert seen == ["uvloop"]
