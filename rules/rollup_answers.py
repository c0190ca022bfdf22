"""What became of answers that put something forward: comments on drafts, proposals, choices of pilot units."""

from collections import Counter
from collections.abc import Iterable, Sequence

from models.obligation import DONE, NOT_ASKED, Outcome, State
from models.plan import RequirementKind
from models.register import ObligationLine
from models.summary import ConsultationTally, ProposalTally, SelectedUnit, SeveralRecipients
from rules.deciding import recipients
from rules.rollup_tally import answered, grouped


def consultations(lines: Iterable[ObligationLine]) -> tuple[ConsultationTally, ...]:
    """One tally per draft: who commented, who said that there is nothing to say, and who said nothing."""
    return tuple(_consultation(found) for found in grouped(_asked(lines)) if _kind(found) is _CONSULTATION)


def proposals(lines: Iterable[ObligationLine]) -> tuple[ProposalTally, ...]:
    """One tally per requirement, other than consultations, whose answers the reviewer decides upon with an outcome."""
    groups = [found for found in grouped(_asked(lines)) if _kind(found) is not _CONSULTATION and found[0].outcomes]
    return tuple(_proposal(found) for found in groups if any(answered(line) for line in found))


def selected(lines: Sequence[ObligationLine], names: dict[str, str]) -> tuple[SelectedUnit, ...]:
    """The units chosen in accepted selections, in register order; `names` are those of units by code."""
    known = {code: name for line in lines for code, name in line.candidates.items()} | names
    return tuple(
        SelectedUnit(
            key=line.key,
            selected_by=line.unit_name,
            unit=chosen.unit,
            name=known.get(chosen.unit, chosen.unit),
            choice=line.choices.get(chosen.choice, chosen.choice),
            origin=known.get(chosen.origin, chosen.origin),
        )
        for line in lines
        if line.state in DONE
        for chosen in line.selected
    )


def several_recipients(lines: Iterable[ObligationLine]) -> SeveralRecipients:
    """Receipts and decisions of answers that have further recipients beside the unit that keeps the register."""
    reports = [line for line in lines if line.reviewers and line.state not in NOT_ASKED and answered(line)]
    return SeveralRecipients(
        reports=len(reports),
        receipts=sum(_recipients(line) for line in reports),
        decided=sum(_decided(line) for line in reports),
    )


_CONSULTATION = RequirementKind.CONSULTATION


def _asked(lines: Iterable[ObligationLine]) -> list[ObligationLine]:
    return [line for line in lines if line.state not in NOT_ASKED]


def _kind(found: Sequence[ObligationLine]) -> RequirementKind:
    return found[0].kind


def _consultation(found: Sequence[ObligationLine]) -> ConsultationTally:
    spoken = [line for line in found if answered(line)]
    commented = [line for line in spoken if not line.no_comment]
    outcomes = _outcomes(commented)
    silent = [line for line in found if not answered(line)]
    return ConsultationTally(
        key=found[0].requirement,
        ref=found[0].ref,
        title=found[0].title,
        asked=len(found),
        commented=len(commented),
        no_comment=len(spoken) - len(commented),
        silent=len(silent),
        outcomes=outcomes,
        undecided=len(commented) - sum(outcomes.values()),
        silent_units=tuple(line.unit_name for line in silent),
    )


def _proposal(found: Sequence[ObligationLine]) -> ProposalTally:
    proposed = [line for line in found if answered(line)]
    outcomes = _outcomes(proposed)
    return ProposalTally(
        key=found[0].requirement,
        ref=found[0].ref,
        title=found[0].title,
        proposed=len(proposed),
        outcomes=outcomes,
        undecided=len(proposed) - sum(outcomes.values()),
    )


def _outcomes(lines: Iterable[ObligationLine]) -> dict[Outcome, int]:
    """How often each was named on accepting, in the order of the list; what never was is left out."""
    counts = Counter(line.outcome for line in lines if line.state in DONE and line.outcome)
    return {outcome: counts[outcome] for outcome in Outcome if counts[outcome]}


def _recipients(line: ObligationLine) -> int:
    return len(recipients(line.issuer, line.unit, [reviewer.unit for reviewer in line.reviewers]))


def _decided(line: ObligationLine) -> int:
    """All where it is done; else those that have accepted, or the one that has returned it."""
    if line.state in DONE:
        return _recipients(line)
    return 1 if line.state is State.RETURNED else len(line.endorsed)
