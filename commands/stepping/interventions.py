"""What can be done to obligations: to which it fits, the command that does it, and how to see that it was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands.stepping.looking import Looked, refused
from models.answer import Answer
from models.command import Chase, Command
from models.intervention import (
    AcceptPaper,
    Reassign,
    Reinstate,
    Release,
    ReleaseUnit,
    Resume,
    SetDue,
    Suspend,
    Target,
)
from models.obligation import DONE, Outcome, State, obligation_key
from models.register import ObligationLine
from rules.calendar import last_day
from rules.chasing import chasing_fault
from rules.refusals import Reason
from rules.requests import day_fault
from rules.stepping_in import (
    dating_fault,
    due_fault,
    paper_fault,
    reassigning_fault,
    reinstating_fault,
    release_fault,
    resuming_fault,
    suspending_fault,
)

Lines = Sequence[ObligationLine]


@dataclass(frozen=True)
class Intervention:
    """`name` is what is typed, `will` what is said before ("will be waived"), `fault` tells why it does not fit a line,
    `command` makes the command for lines of one register with what all commands have, `done` compares a line before
    and after."""

    name: str
    will: str
    fault: Callable[[ObligationLine], Reason | None]
    command: Callable[[dict[str, Any], Lines], Command]
    done: Callable[[ObligationLine, ObligationLine], bool]


def remind(looked: Looked, words: str) -> Intervention:
    return Intervention(
        "remind",
        "will be chased now",
        lambda line: chasing_fault(line, line.issuer, looked.at),
        lambda stamp, lines: Chase(**stamp, obligations=tuple(line.key for line in lines), words=words),
        lambda before, after: after.chased_at not in {None, before.chased_at},
    )


def set_due(looked: Looked, until: date, reason: str) -> Intervention:
    """Raises `CommandError` REFUSED for a day that fits nothing."""
    if fault := due_fault(looked.head, until, looked.today):
        raise refused(fault, f"{until:%d/%m/%Y}")
    return Intervention(
        "set-due",
        f"will be due on {until:%d/%m/%Y}",
        lambda line: dating_fault(line, until),
        lambda stamp, lines: SetDue(**stamp, targets=_targets(lines), until=until, reason=reason),
        lambda _, after: after.due is not None and last_day(after.due) == until,
    )


def extend(looked: Looked, until: date, reason: str) -> Intervention:
    """The same, but only for what gets more time by it."""
    later = set_due(looked, until, reason)

    def fault(line: ObligationLine) -> Reason | None:
        return later.fault(line) or day_fault(line.due, until, looked.today, looked.head.closing)

    return Intervention("extend", f"will be put off until {until:%d/%m/%Y}", fault, later.command, later.done)


def release(kind: Release, reason: str) -> Intervention:
    name, will = _RELEASES[kind]
    return Intervention(
        name,
        will,
        release_fault,
        lambda stamp, lines: ReleaseUnit(**stamp, targets=_targets(lines), release=kind, reason=reason),
        lambda _, after: after.state == State(kind),
    )


_RELEASES = {
    Release.WAIVED: ("waive", "will be waived"),
    Release.NOT_APPLICABLE: ("not-applicable", "will be marked as not applicable"),
    Release.WITHDRAWN: ("withdraw", "will be withdrawn"),
}


def reinstate(reason: str) -> Intervention:
    return Intervention(
        "reinstate",
        "will be owed again",
        reinstating_fault,
        lambda stamp, lines: Reinstate(**stamp, targets=_targets(lines), reason=reason),
        lambda _, after: reinstating_fault(after) is not None,
    )


def suspend(reason: str) -> Intervention:
    return Intervention(
        "suspend",
        "will be suspended",
        suspending_fault,
        lambda stamp, lines: Suspend(**stamp, targets=_targets(lines), reason=reason),
        lambda _, after: after.state is State.SUSPENDED,
    )


def resume(reason: str) -> Intervention:
    return Intervention(
        "resume",
        "will go on",
        resuming_fault,
        lambda stamp, lines: Resume(**stamp, targets=_targets(lines), reason=reason),
        lambda _, after: after.state is not State.SUSPENDED,
    )


def reassign(looked: Looked, unit: str, reason: str) -> Intervention:
    def fault(line: ObligationLine) -> Reason | None:
        there = looked.by_place.get((line.cascade_id, obligation_key(line.requirement, unit)))
        return reassigning_fault(line, there)

    return Intervention(
        "reassign",
        f"will be owed by {unit}",
        fault,
        lambda stamp, lines: Reassign(**stamp, targets=_targets(lines), unit=unit, reason=reason),
        lambda _, after: unit in after.moved_to,
    )


def accept_paper(answer: Answer, received_on: date, outcome: Outcome | None, reason: str) -> Intervention:
    def command(stamp: dict[str, Any], lines: Lines) -> Command:
        (target,) = _targets(lines)
        said = {"target": target, "answer": answer, "received_on": received_on, "outcome": outcome}
        return AcceptPaper(**stamp, **said, reason=reason)

    return Intervention(
        "accept-paper",
        f"will be accepted on paper, received on {received_on:%d/%m/%Y}",
        paper_fault,
        command,
        lambda before, after: after.state in DONE and after.submissions > before.submissions,
    )


def _targets(lines: Lines) -> tuple[Target, ...]:
    return tuple(Target(obligation=line.key, submissions=line.submissions) for line in lines)


PLAIN: Mapping[str, Callable[[Looked, str], Intervention]] = {
    "remind": remind,
    "waive": lambda _, reason: release(Release.WAIVED, reason),
    "not-applicable": lambda _, reason: release(Release.NOT_APPLICABLE, reason),
    "withdraw": lambda _, reason: release(Release.WITHDRAWN, reason),
    "reinstate": lambda _, reason: reinstate(reason),
    "suspend": lambda _, reason: suspend(reason),
    "resume": lambda _, reason: resume(reason),
}
"""What needs no more than a reason, by the name that is typed."""
