"""How a command fails: an exit code and words for people, never a traceback."""

import tempfile
import traceback
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from pydantic import ValidationError

from models.catalogue import BrokenCatalogue
from models.fault import Fault
from models.unreachable import Unreachable
from settings import Settings


class Exit(IntEnum):
    DONE = 0
    FAILED = 1
    INVALID = 2
    REFUSED = 3
    NOT_FOUND = 4
    UNREACHABLE = 5


class CommandError(Exception):
    """What is wrong, where, and what to do; `faults` of a file are listed below the message."""

    def __init__(self, code: Exit, message: str, file: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__("\n".join([message, *(fault_line(file, fault) for fault in faults)]))
        self.code = code


def fault_line(file: str, fault: Fault) -> str:
    """`file:line: path: message`, which editors and terminals can follow."""
    where = f" {fault.path}:" if fault.path else ""
    return f"{file}:{fault.line}:{where} {fault.message}"


def load_settings() -> Settings:
    """The settings from the environment. Raises `CommandError` naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"DONDOC_{'_'.join(map(str, first['loc'])).upper()}"
        raise CommandError(Exit.INVALID, f"{name}: {first['msg']}, got {first['input']!r}") from error


def explain(error: Exception) -> tuple[int, str]:
    """The exit code and the words for whatever went wrong."""
    if isinstance(error, CommandError):
        return error.code, f"dondoc: {error}"
    if isinstance(error, BrokenCatalogue):
        return Exit.INVALID, f"dondoc: {error}"
    if isinstance(error, Unreachable):
        return Exit.UNREACHABLE, f"dondoc: {error}"
    with tempfile.NamedTemporaryFile("w", prefix="dondoc-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    kind = type(error).__name__
    return Exit.FAILED, f"dondoc: an error of our own ({kind}: {error}). Please report it with {Path(log.name)}"
