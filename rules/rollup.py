"""Rolls register lines up to the figures of a summary; each idea has its own module (rules.rollup_*)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from models.obligation import NOT_ASKED, OWING, State
from models.plan import DirectiveHead, Period
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.reported import Before
from models.summary import Summary
from models.unit import Unit
from rules.register_tree import RegisterFace
from rules.rollup_answers import consultations, proposals, selected, several_recipients
from rules.rollup_branches import branches
from rules.rollup_delay import delays
from rules.rollup_documents import documents
from rules.rollup_events import attendance, events, gatherings
from rules.rollup_figures import Figures, branch_of_each, figures_of
from rules.rollup_former import former_units
from rules.rollup_indicators import indicators
from rules.rollup_lineage import lineage
from rules.rollup_obstacles import obstacles
from rules.rollup_progress import progress
from rules.rollup_quality import remarks
from rules.rollup_rates import rates
from rules.rollup_recommendations import recommendation_groups
from rules.rollup_tables import by_level, by_requirement, by_unit
from rules.rollup_tally import by_state, by_timeliness, present, spoke
from rules.timeliness import still_since


def summarise(
    head: DirectiveHead,
    issuer: Unit,
    lines: Sequence[ObligationLine],
    *,
    as_of: datetime,
    final: bool,
    mails_sent: int,
    mails_failed: int,
    recommendations: Sequence[Recommendation] = (),
    ended: Collection[str] = (),
    divided: Collection[str] = (),
    above: Unit | None = None,
    period: Period | None = None,
    registers: Sequence[RegisterFace] = (),
    keepers: Mapping[str, Unit] | None = None,
    first_answers: Mapping[tuple[str, str], datetime] | None = None,
    before: Before | None = None,
    figures: Figures | None = None,
) -> Summary:
    """The whole summary from the lines of all registers of a directive, or of the branch that `issuer` reports on, as
    they stand at `as_of` (business time).

    `registers` are those of whoever reports and all below, with their `keepers` by code; `first_answers` say when
    something was first handed in, by register and obligation, where that was not the latest time. `figures` are those
    of the lines, where somebody has counted already. `ended` are the codes
    of units that are not there any more by then, `divided` of those of which several others have a part. Lines of
    coordinating units are set apart and enter no count; every other line counts exactly once: with its unit, or with
    the former unit whose name it keeps.
    """
    lead = [line for line in lines if not line.coordinating]
    branch = branch_of_each(registers)
    counted = figures or figures_of(lead, as_of, branch)
    applicable = [line for line in lead if line.state not in NOT_ASKED]
    there = present(lead, ended)
    heard = spoke(lead) & there
    quiet = there - heard
    silent = {
        line.unit: line.unit_name
        for line in applicable
        if line.unit in quiet and line.state in {*OWING, State.UNFULFILLED} and still_since(line) is None
    }
    names = {issuer.code: issuer.name} | {line.unit: line.unit_name for line in lines}
    held = gatherings(lead)
    return Summary(
        head=head,
        issuer=issuer,
        above=above,
        period=period,
        final=final,
        as_of=as_of,
        units=len(there),
        answered_units=len(heard),
        silent_units=tuple(silent.values()),
        overall=counted.overall,
        by_state=by_state(lead),
        by_timeliness=by_timeliness(lead),
        levels=by_level(lead, ended, counted),
        requirements=by_requirement(lead, counted),
        unit_tallies=by_unit(lead, ended, counted),
        lines=tuple(lead),
        coordinating=tuple(line for line in lines if line.coordinating),
        documents=documents(lead, names),
        lineage=lineage(head, lead),
        events=events(held, names),
        attendance=attendance(held),
        consultations=consultations(lead),
        proposals=proposals(lead),
        selected=selected(lead, names),
        recommendation_groups=recommendation_groups(lines, recommendations, as_of),
        obstacles=obstacles(recommendations),
        recommendations=tuple(recommendations),
        indicators=indicators(lead),
        several_recipients=several_recipients(lead),
        delays=delays(lead, as_of),
        remarks=remarks(lead, held),
        former_units=former_units(lead, names, ended, divided, counted),
        below=branches(lead, counted, branch, keepers or {}, ended),
        progress=progress(lead, first_answers or {}, head.starts, as_of),
        rates=rates(lead, head.starts, head.closing, as_of),
        before=before,
        submissions=sum(line.submissions for line in lead if line.state is not State.TRANSFERRED),
        mails_sent=mails_sent,
        mails_failed=mails_failed,
    )


def stood_before(
    lines: Sequence[ObligationLine], figures: Figures, *, as_of: datetime, period: Period | None, ended: Collection[str]
) -> Before:
    """What of a report before is told beside this one: from the lines of the same registers as they stood at `as_of`,
    when the units that `ended` were not there any more; `figures` are those of the lines."""
    lead = [line for line in lines if not line.coordinating]
    there = present(lead, ended)
    return Before(
        period=period,
        as_of=as_of,
        units=len(there),
        answered_units=len(spoke(lead) & there),
        overall=figures.overall,
        levels=by_level(lead, ended, figures),
    )
