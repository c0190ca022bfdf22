"""How one register line stands, in words: what it is called, its state, and what each recipient has decided."""

from dataclasses import dataclass

from models.obligation import DONE, State
from models.plan import Period
from models.register import ObligationLine
from rules.deciding import recipients as deciding_on
from rules.timeliness import paused
from rules.words import STATES, day
from texts.language import gettext as _


@dataclass(frozen=True)
class Recipient:
    """One who decides on what is handed in. `decision` says what he has decided, empty where nothing came in yet."""

    unit: str
    name: str
    decision: str


def title(line: ObligationLine) -> str:
    """What is asked for, with the name of its period where the title does not say it."""
    if line.period is None or line.period.label.lower() in line.title.lower():
        return line.title
    return f"{line.title} – {line.period.label}"


def state_words(line: ObligationLine) -> str:
    """The state; satisfied by what another register or another unit reported is done, not `issued before`. What stood
    still when it could no longer be given is not called unfulfilled, unless it was overdue by then."""
    if line.state is State.SATISFIED and (line.taken_from or line.shared_from):
        return _(STATES[State.ACCEPTED])
    if line.state is State.UNFULFILLED and paused(line):
        return _("Tạm dừng đến khi kết thúc")
    return _(STATES[line.state])


def period_words(period: Period) -> str:
    """`Số liệu từ 15/12/2019 đến 14/12/2020`: both days included."""
    return _("Số liệu từ %(first)s đến %(last)s", first=day(period.first), last=day(period.last))


def recipients(line: ObligationLine) -> tuple[Recipient, ...]:
    """Who gets the answer and decides on it, with what each has decided."""
    names = {line.issuer: line.issuer_name} | {reviewer.unit: reviewer.name for reviewer in line.reviewers}
    deciding = deciding_on(line.issuer, line.unit, [reviewer.unit for reviewer in line.reviewers])
    return tuple(Recipient(unit, names[unit], _decision(line, unit)) for unit in deciding)


def decides(line: ObligationLine, unit: str) -> bool:
    """Whether a unit still has to decide on the latest submission of a line."""
    if line.state is not State.SUBMITTED or has_accepted(line, unit):
        return False
    return unit in deciding_on(line.issuer, line.unit, [reviewer.unit for reviewer in line.reviewers])


def has_accepted(line: ObligationLine, unit: str) -> bool:
    """Whether a recipient has accepted the latest submission of a line: what is done, all of them have."""
    return line.state in DONE or (line.state is State.SUBMITTED and unit in line.endorsed)


def _decision(line: ObligationLine, unit: str) -> str:
    if has_accepted(line, unit):
        return _("đã xác nhận")
    return _("chờ xác nhận") if line.state is State.SUBMITTED else ""
