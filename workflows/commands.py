"""Reads what an update asks of a register."""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from models.command import Command


def command_of(name: str, given: Sequence[RawValue]) -> Command:
    """The command that an update carries. Raises `ApplicationError` for anything else."""
    try:
        (raw,) = given
        command: Command = workflow.payload_converter().from_payload(raw.payload, Command)  # type: ignore[call-overload]  # a union is a type to read, too
    except (ValueError, RuntimeError) as error:
        raise ApplicationError(f"not a command: {name}", type="NotACommand", non_retryable=True) from error
    if command.kind != name:
        raise ApplicationError(f"{name} carries {command.kind}", type="NotACommand", non_retryable=True)
    return command
