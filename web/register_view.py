"""What a register page shows, in which order (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.command import Decision
from models.obligation import DONE, OWING, State, Timeliness
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.standing import decides, state_words, title
from rules.urgency import most_urgent_first
from rules.words import moment
from web.banner import Banner, Tone
from web.drafts import Draft
from web.figures import NOT_ASKED


@dataclass(frozen=True)
class Decidable:
    """A submission that waits for the reader's decision, with its two forms."""

    line: ObligationLine
    accepting: Draft
    returning: Draft


@dataclass(frozen=True)
class Silent:
    """A unit that has not said that it received the directive, and for how many obligations it owes as lead."""

    unit_name: str
    obligations: int


@dataclass(frozen=True)
class RequirementGroup:
    """The lines of one requirement; units that only take part stand last and are not counted."""

    first: ObligationLine
    lines: tuple[ObligationLine, ...]

    @property
    def done(self) -> int:
        return sum(line.state in DONE for line in self._leads)

    @property
    def asked(self) -> int:
        return sum(line.state not in NOT_ASKED for line in self._leads)

    @property
    def _leads(self) -> tuple[ObligationLine, ...]:
        return tuple(line for line in self.lines if not line.coordinating)


def waiting_for_decision(page: RegisterPage, drafts: Mapping[str, Draft]) -> tuple[Decidable, ...]:
    """Submissions on which the reader has to decide, the oldest first. `drafts` are posted forms by `form_name`."""
    waiting = (line for line in page.lines if decides(line, page.reviewer.code))
    ordered = sorted(waiting, key=lambda line: line.submitted_at or page.head.closing)
    return tuple(
        Decidable(line, *(drafts.get(form_name(line.key, decision)) or Draft() for decision in Decision))
        for line in ordered
    )


def undecided(page: RegisterPage) -> tuple[ObligationLine, ...]:
    """Submissions on which only others still have to decide."""
    waiting = (line for line in page.lines if line.state is State.SUBMITTED)
    return tuple(line for line in waiting if not decides(line, page.reviewer.code))


def form_name(obligation: str, decision: Decision) -> str:
    """The name of one of the two forms of a submission, also the beginning of its fields' ids."""
    return f"{obligation}-{decision}"


def overdue(page: RegisterPage) -> tuple[ObligationLine, ...]:
    """What is owed and late, the longest overdue first; nobody presses units that only take part."""
    owing = (line for line in page.lines if line.state in OWING and not line.coordinating)
    late = (line for line in owing if line.timeliness is Timeliness.OVERDUE)
    return tuple(sorted(late, key=lambda line: line.due or page.head.closing))


def silent(page: RegisterPage) -> tuple[Silent, ...]:
    """Units that have obligations as leads which they never acknowledged."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for line in page.lines:
        if line.state in OWING and line.acknowledged_at is None and not line.coordinating:
            names[line.unit] = line.unit_name
            counts[line.unit] = counts.get(line.unit, 0) + 1
    return tuple(Silent(names[unit], count) for unit, count in counts.items())


def by_requirement(page: RegisterPage) -> tuple[RequirementGroup, ...]:
    """The whole register by requirement, in the directive's order; within one, what is most urgent first."""
    grouped: dict[str, list[ObligationLine]] = {}
    for line in page.lines:
        grouped.setdefault(line.requirement, []).append(line)
    return tuple(RequirementGroup(lines[0], _leads_first(lines)) for lines in grouped.values())


def _leads_first(lines: list[ObligationLine]) -> tuple[ObligationLine, ...]:
    return tuple(sorted(most_urgent_first(lines), key=lambda line: line.coordinating))


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
    if line is not None:
        decided = "Đã xác nhận" if page.reviewer.code in line.endorsed else _DECIDED.get(line.state)
        text = f"{line.unit_name}: {title(line)}. Số ghi sổ: {int(number)}."
        return Banner(Tone.DONE, decided, text) if decided else None
    if trigger and trigger not in page.waiting_triggers:
        return Banner(Tone.DONE, "Đã đăng ký văn bản đến", f"Số ghi sổ: {int(number)}.")
    return None


def as_it_stands(line: ObligationLine) -> str:
    """One obligation now, for a reviewer whose page was out of date."""
    handed_in = f", nộp lần {line.submissions} lúc {moment(line.submitted_at)}" if line.submitted_at else ""
    return f"{line.unit_name} – {title(line)}: {state_words(line).lower()}{handed_in}."
