"""What a change of the directive would do to a register as it stands: decided by the same rules, and nothing is
written."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.intervention import Amend, Enlist
from models.ledger import LedgerState
from models.obligation import DONE, LIVE, RELEASED, ObligationState, obligation_key
from models.plan import CascadePlan, RequirementPlan
from rules.ledger import decide, open_register


@dataclass(frozen=True)
class Redated:
    """An obligation that gets another date."""

    before: ObligationState
    after: ObligationState


@dataclass(frozen=True)
class Foreseen:
    """What becomes of the obligations of one register, each as it stands now unless it is `added`.

    `done` are those that the change concerns and that stay because they are done; `own_date` those that keep a date of
    their own although that of their requirement changes; `again` those that were laid aside and are owed again.
    `answered` counts those that stay with an answer that is in, `unchanged` those that the change does not concern.
    """

    plan: CascadePlan
    added: tuple[ObligationState, ...] = ()
    withdrawn: tuple[ObligationState, ...] = ()
    again: tuple[ObligationState, ...] = ()
    redated: tuple[Redated, ...] = ()
    done: tuple[ObligationState, ...] = ()
    own_date: tuple[ObligationState, ...] = ()
    answered: int = 0
    unchanged: int = 0


def foresee(plan: CascadePlan, state: LedgerState, command: Amend | Enlist) -> Foreseen:
    """What a command would bring in a register. Raises `Refused` where it would be."""
    now, then = state.obligations, decide(plan, state, command).state.obligations
    pairs = [(item, then[key]) for key, item in now.items()]
    withdrawn = tuple(item for item, after in pairs if item.state not in RELEASED and after.state in RELEASED)
    again = tuple(item for item, after in pairs if item.state in RELEASED and after.state not in RELEASED)
    redated = tuple(Redated(item, after) for item, after in pairs if item.due != after.due)
    concerned = _concerned(plan, command)
    changed = {item.key for item in (*withdrawn, *again, *(pair.before for pair in redated))}
    left = [item for item in now.values() if item.key in concerned and item.key not in changed]
    dated = _dated_anew(plan, command)
    return Foreseen(
        plan=plan,
        added=tuple(item for key, item in then.items() if key not in now),
        withdrawn=withdrawn,
        again=again,
        redated=redated,
        done=tuple(item for item in left if item.state in DONE),
        own_date=tuple(item for item in left if item.requirement in dated and item.due and item.state in LIVE),
        answered=sum(item.submissions > 0 for item, after in pairs if after.state not in RELEASED),
        unchanged=len(now) - len(changed | concerned),
    )


def foresee_opening(plan: CascadePlan) -> Foreseen:
    """A register that begins with the change."""
    return Foreseen(plan=plan, added=tuple(open_register(plan, plan.starts).state.obligations.values()))


def _concerned(plan: CascadePlan, command: Amend | Enlist) -> frozenset[str]:
    """The obligations of requirements that are changed or gone, and those of units that are left out."""
    if isinstance(command, Enlist):
        return frozenset()
    amendment = command.amendment
    requirements = {*amendment.removed, *(item.key for item in amendment.requirements)}
    keys = (obligation_key(duty.requirement, duty.unit) for duty in plan.duties if duty.requirement in requirements)
    return frozenset((*amendment.dropped, *keys))


def _dated_anew(plan: CascadePlan, command: Amend | Enlist) -> frozenset[str]:
    """The requirements that get another date."""
    if isinstance(command, Enlist):
        return frozenset()
    before: Mapping[str, RequirementPlan] = {item.key: item for item in plan.requirements}
    items = command.amendment.requirements
    return frozenset(
        item.key
        for item in items
        if item.key in before and (item.due, item.term) != (before[item.key].due, before[item.key].term)
    )
