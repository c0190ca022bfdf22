"""Whom a letter greets, why that person gets it, and who named him (pure)."""

from dataclasses import dataclass

from mail.plain import one_line
from models.holder import Arrangement, Holder
from models.mail import Letter
from models.unit import Role
from rules.words import day


@dataclass(frozen=True)
class Named:
    """Somebody who was named to answer for the unit: by whom, to do what and, as a substitute, between which days."""

    by: str
    to_do: str
    days: str


def greeted(letter: Letter) -> str:
    """After `Kính gửi:`: a named person with his unit, the head of the unit, or the unit."""
    unit = one_line(letter.receiver.name)
    if name := _name(letter.holder):
        return f"Đồng chí {name}, {unit}"
    return f"Lãnh đạo {unit}" if letter.role is Role.HEAD else unit


def capacity(letter: Letter) -> str:
    """As what somebody gets a letter, continuing a sentence."""
    unit = one_line(letter.receiver.name)
    if letter.holder is not None and letter.holder.arrangement is not None:
        return f"là người được phân công của {unit}"
    return f"là lãnh đạo {unit}" if letter.role is Role.HEAD else f"là đầu mối của {unit}"


def named(letter: Letter) -> Named | None:
    """How the one to whom a letter goes was named; None where the registry has him."""
    holder = letter.holder
    if holder is None or holder.arrangement is None:
        return None
    match holder.arrangement:
        case Arrangement.COLLEAGUE:
            to_do, days = "cùng phụ trách", ""
        case Arrangement.SUCCESSOR:
            to_do, days = "tiếp nhận, phụ trách", ""
        case Arrangement.SUBSTITUTE:
            to_do, days = "tạm thời phụ trách thay", _days(holder)
    return Named(by=_by(holder, letter), to_do=to_do, days=days)


def _by(holder: Holder, letter: Letter) -> str:
    """Who named somebody: only one who answers for the unit does so from an address; else it was the unit that keeps
    the register."""
    if not holder.by_email:
        return one_line(letter.issuer.name)
    unit = one_line(letter.receiver.short_name)
    who = {Role.FOCAL.value: f"đầu mối của {unit}", Role.HEAD.value: f"lãnh đạo {unit}"}
    return f"{who.get(holder.by, f'người đang phụ trách của {unit}')} ({one_line(holder.by_email)})"


def _days(holder: Holder) -> str:
    if holder.first is None or holder.last is None:
        return ""
    return f"từ ngày {day(holder.first)} đến hết ngày {day(holder.last)}"


def _name(holder: Holder | None) -> str:
    return one_line(holder.name) if holder else ""
