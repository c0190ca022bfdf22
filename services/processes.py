"""Starts, watches and stops the processes of an installation."""

import asyncio
import contextlib
import ctypes
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from models.unreachable import Unreachable

_STOP_SECONDS = 10
_PATIENCE_SECONDS = 5
_LOOK_SECONDS = 0.05
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 15.0
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Keeps processes running: one that dies is started again after a pause that grows. `say` gets lines for people."""

    def __init__(self, logs: Path, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._logs = logs
        self._environment = {**os.environ, **environment}
        self._say = say
        self._watchers: list[asyncio.Task[None]] = []
        self._processes: dict[str, asyncio.subprocess.Process] = {}

    async def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process under a name; its output goes to `<logs>/<name>.log`."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self._processes[name] = await self._spawn(name, command)
        self._watchers.append(asyncio.create_task(self._watch(name, command)))

    def process_id(self, name: str) -> int:
        """The id of the running process of a name."""
        return self._processes[name].pid

    def peak_megabytes(self, name: str) -> float | None:
        """The most memory that the running process of a name has held; None where the system does not tell."""
        return peak_megabytes(self.process_id(name))

    async def stop(self) -> None:
        """Stop all in the reverse order of their start: politely, then for good."""
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        for process in reversed(self._processes.values()):
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.terminate()
                try:
                    await asyncio.wait_for(process.wait(), _STOP_SECONDS)
                except TimeoutError:
                    process.kill()
                    await process.wait()

    async def _spawn(self, name: str, command: Sequence[str]) -> asyncio.subprocess.Process:
        with (self._logs / f"{name}.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops the others in order
                preexec_fn=_end_with_parent,
            )

    async def _watch(self, name: str, command: Sequence[str]) -> None:
        pause = _FIRST_PAUSE
        while True:
            started = asyncio.get_running_loop().time()
            code = await self._processes[name].wait()
            if asyncio.get_running_loop().time() - started > _LONGEST_PAUSE:
                pause = _FIRST_PAUSE
            self._say(f"{name} ended ({code}); starting it again. Its log: {self._logs / name}.log")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            self._processes[name] = await self._spawn(name, command)


def _end_with_parent() -> None:
    """On Linux a child ends with its parent even where the parent is killed, so that ports are free again."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def python(module: str) -> list[str]:
    """The command line of one of our own processes."""
    return [sys.executable, "-m", module]


def peak_megabytes(process_id: int) -> float | None:
    """The most memory that a running process has held; None where the system does not tell."""
    status = Path(f"/proc/{process_id}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return round(int(found[1]) / 1024, 1) if found else None


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answers(host: str, port: int) -> bool:
    """Whether something accepts connections at an address within a few seconds."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


async def wait_for_port(service: str, host: str, port: int, seconds: float = 30) -> None:
    """Return once something accepts connections. Raises `Unreachable` after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                if await answers(host, port):
                    return
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        raise Unreachable(service, f"{host}:{port}", f"it did not start within {seconds:.0f} s; see its log") from None


def refuse_taken_port(service: str, host: str, port: int, setting: str) -> None:
    """Raises `Unreachable` where something else listens on a port that a service needs."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            advice = f"the port is taken, perhaps by another `dondoc up`; stop that or set {setting}"
            raise Unreachable(service, f"{host}:{port}", advice) from None
