"""What a register page shows, in which order (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.command import Decision
from models.obligation import DONE, OWING, State, Timeliness
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.urgency import most_urgent_first
from rules.words import STATES, moment
from web.banner import Banner, Tone
from web.drafts import Draft


@dataclass(frozen=True)
class Decidable:
    """A submission that waits for a decision, with its two forms."""

    line: ObligationLine
    accepting: Draft
    returning: Draft


@dataclass(frozen=True)
class Silent:
    """A unit that has not said that it received the directive, and for how many obligations."""

    unit_name: str
    obligations: int


@dataclass(frozen=True)
class RequirementGroup:
    first: ObligationLine
    lines: tuple[ObligationLine, ...]

    @property
    def done(self) -> int:
        return sum(line.state in DONE for line in self.lines)

    @property
    def asked(self) -> int:
        return sum(line.state not in {State.DORMANT, State.NOT_APPLICABLE} for line in self.lines)


def waiting_for_decision(page: RegisterPage, drafts: Mapping[str, Draft]) -> tuple[Decidable, ...]:
    """Submissions, the oldest first. `drafts` are posted forms by `form_name`."""
    waiting = (line for line in page.lines if line.state is State.SUBMITTED)
    ordered = sorted(waiting, key=lambda line: line.submitted_at or page.head.closing)
    return tuple(
        Decidable(line, *(drafts.get(form_name(line.key, decision)) or Draft() for decision in Decision))
        for line in ordered
    )


def form_name(obligation: str, decision: Decision) -> str:
    """The name of one of the two forms of a submission, also the beginning of its fields' ids."""
    return f"{obligation}-{decision}"


def overdue(page: RegisterPage) -> tuple[ObligationLine, ...]:
    """What is owed and late, the longest overdue first."""
    late = (line for line in page.lines if line.state in OWING and line.timeliness is Timeliness.OVERDUE)
    return tuple(sorted(late, key=lambda line: line.due or page.head.closing))


def silent(page: RegisterPage) -> tuple[Silent, ...]:
    """Units that have obligations which they never acknowledged."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in page.lines:
        if line.state in OWING and line.acknowledged_at is None:
            names[line.unit] = line.unit_name
            counts[line.unit] = counts.get(line.unit, 0) + 1
    return tuple(Silent(names[unit], count) for unit, count in counts.items())


def by_requirement(page: RegisterPage) -> tuple[RequirementGroup, ...]:
    """The whole register by requirement, in the directive's order; within one, what is most urgent first."""
    grouped: dict[str, list[ObligationLine]] = {}
    for line in page.lines:
        grouped.setdefault(line.requirement, []).append(line)
    return tuple(RequirementGroup(lines[0], tuple(most_urgent_first(lines))) for lines in grouped.values())


def document_drafts(page: RegisterPage, drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """A form for every document that is waited for; `drafts` are posted ones by trigger."""
    return {
        trigger: drafts.get(trigger) or Draft(values={"title": title})
        for trigger, title in page.waiting_triggers.items()
    }


_DECIDED = {
    State.ACCEPTED: "Đã xác nhận hoàn thành",
    State.SATISFIED: "Đã xác nhận hoàn thành",
    State.RETURNED: "Đã trả lại để bổ sung",
}


def receipt(page: RegisterPage, number: str, obligation: str, trigger: str) -> Banner | None:
    """The confirmation after a decision or a registration; none where the register does not bear it out."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    line = next((line for line in page.lines if line.key == obligation), None)
    if line is not None and line.state in _DECIDED:
        text = f"{line.unit_name}: {line.title}. Số ghi sổ: {int(number)}."
        return Banner(Tone.DONE, _DECIDED[line.state], text)
    if trigger and trigger not in page.waiting_triggers:
        return Banner(Tone.DONE, "Đã đăng ký văn bản đến", f"Số ghi sổ: {int(number)}.")
    return None


def as_it_stands(line: ObligationLine) -> str:
    """One obligation now, for a reviewer whose page was out of date."""
    handed_in = f", nộp lần {line.submissions} lúc {moment(line.submitted_at)}" if line.submitted_at else ""
    return f"{line.unit_name} – {line.title}: {STATES[line.state].lower()}{handed_in}."
