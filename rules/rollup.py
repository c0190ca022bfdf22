"""Rolls register lines up to the figures of a summary; each idea has its own module (rules.rollup_*)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from models.obligation import NOT_ASKED, OWING, State
from models.plan import DirectiveHead
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Unit
from rules.rollup_answers import consultations, proposals, selected, several_recipients
from rules.rollup_delay import delays
from rules.rollup_documents import documents
from rules.rollup_events import attendance, events, gatherings
from rules.rollup_former import former_units
from rules.rollup_indicators import indicators
from rules.rollup_lineage import lineage
from rules.rollup_obstacles import obstacles
from rules.rollup_quality import remarks
from rules.rollup_recommendations import recommendation_groups
from rules.rollup_tally import (
    by_level,
    by_requirement,
    by_state,
    by_timeliness,
    by_unit,
    spoke,
    tally,
)
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
) -> Summary:
    """The whole summary from the lines of all registers of a directive, as they stand at `as_of` (business time).

    `ended` are the codes of units that are not there any more by then, `divided` of those of which several others have
    a part. Lines of coordinating units are set apart and enter no count; every other line counts exactly once: with its
    unit, or with the former unit whose name it keeps.
    """
    lead = [line for line in lines if not line.coordinating]
    applicable = [line for line in lead if line.state not in NOT_ASKED]
    present = {line.unit for line in applicable} - set(ended)
    heard = spoke(lead) & present
    quiet = present - heard
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
        final=final,
        as_of=as_of,
        units=len(present),
        answered_units=len(heard),
        silent_units=tuple(silent.values()),
        overall=tally(lead),
        by_state=by_state(lead),
        by_timeliness=by_timeliness(lead),
        levels=by_level(lead, ended),
        requirements=by_requirement(lead),
        unit_tallies=by_unit(lead, ended),
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
        former_units=former_units(lead, names, ended, divided),
        submissions=sum(line.submissions for line in lead if line.state is not State.TRANSFERRED),
        mails_sent=mails_sent,
        mails_failed=mails_failed,
    )
