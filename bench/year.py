"""A realistic year of one register, as commands in the order of time: who takes note, hands in, is returned, and is
decided on. 80 % of the answers come in the last three days before the date, 12 % late, 3 % never; 5 % are returned."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zlib import crc32

from bench.answered import answer_to
from models.actor import Actor, ActorKind
from models.command import Acknowledge, Command, Decision, Review, Submit
from models.obligation import obligation_key
from models.plan import CascadePlan, Duty, RequirementPlan

_HURRIED, _LATE, _NEVER = 80, 12, 3
_RETURNED, _SLOWLY_DECIDED, _LATELY_HEARD = 5, 8, 10
"""Parts of a hundred. What is left of the answers comes earlier."""
_LAST_DAYS, _LATEST_DAYS, _EARLIEST_DAYS = timedelta(days=3), timedelta(days=15), timedelta(days=20)
_RETURNED_WORDS = "Đề nghị bổ sung phân công trách nhiệm và thời gian thực hiện từng nội dung."


def year(register: CascadePlan) -> list[Command]:
    """All that people ask of a register in a year, the same in every run."""
    asked = {item.key: item for item in register.requirements}
    units = dict.fromkeys(duty.unit for duty in register.duties)
    found: list[Command] = [_take_note(unit, register.starts) for unit in units]
    for duty in register.duties:
        found += _answered(register, asked[duty.requirement], duty)
    return sorted(found, key=lambda command: command.at)


def _take_note(unit: str, starts: datetime) -> Command:
    """Most do so at once, some only when they have been reminded."""
    number = _spread(unit)
    after = timedelta(days=5) if number < _LATELY_HEARD else timedelta(minutes=number * 20)
    return Acknowledge(id=f"note {unit}", at=starts + after, actor=_officer(unit))


def _answered(register: CascadePlan, asked: RequirementPlan, duty: Duty) -> Iterator[Command]:
    key = obligation_key(duty.requirement, duty.unit)
    came = _came(key, asked.due or register.closing)
    if came is None:
        return
    keeper = Actor(kind=ActorKind.REVIEWER, unit=register.issuer)
    submission = 1
    if _spread(f"return {key}") < _RETURNED:
        yield _submit(asked, duty, submission, came)
        returned = {"decision": Decision.RETURN, "comment": _RETURNED_WORDS}
        yield Review(
            id=f"return {key}", at=came + timedelta(days=1), actor=keeper, obligation=key, submission=1, **returned
        )
        came, submission = came + timedelta(days=3), 2
    yield _submit(asked, duty, submission, came)
    days = 9 if _spread(f"decide {key}") < _SLOWLY_DECIDED else 1
    yield Review(
        id=f"accept {key}",
        at=came + timedelta(days=days),
        actor=keeper,
        obligation=key,
        submission=submission,
        decision=Decision.ACCEPT,
    )


def _came(key: str, due: datetime) -> datetime | None:
    """When the first answer comes, None where none does."""
    chance, place = _spread(key), _spread(f"when {key}") / 100
    if chance < _NEVER:
        return None
    if chance < _NEVER + _LATE:
        return due + _LATEST_DAYS * place
    if chance < _NEVER + _LATE + _HURRIED:
        return due - _LAST_DAYS * (1 - place)
    return due - _LAST_DAYS - _EARLIEST_DAYS * place


def _submit(asked: RequirementPlan, duty: Duty, number: int, at: datetime) -> Command:
    key = obligation_key(duty.requirement, duty.unit)
    answer = answer_to(asked, duty.unit, _spread(key), at)
    return Submit(id=f"submit {number} {key}", at=at, actor=_officer(duty.unit), obligation=key, answer=answer)


def _officer(unit: str) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=unit)


def _spread(word: str) -> int:
    """A number below a hundred that looks like chance and is the same in every run."""
    return crc32(word.encode()) % 100
