"""Commands that change what a register is: more units, a new version, a reorganisation, what other registers tell."""

from collections.abc import Sequence
from datetime import date, datetime

from models.command import HearEscalation
from models.follow_up import Audience
from models.intervention import Amend, Enlist, Target
from models.ledger import LedgerState
from models.obligation import ObligationState, obligation_key
from models.plan import Amendment, CascadePlan, Duty
from models.succession import Arrival, Handover, Keeping, Reorganise, Succession, TakeIn
from tests.rules.plans import cascade_of, new_id, supervisor
from tests.rules.stepping import common

BELOW = "cascade:x:d1"
"""The register that the unit d1 keeps."""


def as_seen(state: LedgerState, *keys: str) -> tuple[Target, ...]:
    """The obligations as whoever looks at the register sees them."""
    known = state.obligations
    return tuple(Target(obligation=key, submissions=known[key].submissions if key in known else 0) for key in keys)


def enlist(when: datetime, *duties: Duty, until: date | None = None, reason: str = "bỏ sót") -> Enlist:
    return Enlist(**common(when, reason, None), duties=duties, until=until)


def amend(when: datetime, amendment: Amendment, reason: str = "sửa đổi") -> Amend:
    return Amend(**common(when, reason, None), amendment=amendment)


def reorganise(when: datetime, *successions: Succession, keeping: Keeping | None = None) -> Reorganise:
    return Reorganise(
        id=new_id(),
        at=when,
        actor=supervisor(),
        on=when.date(),
        basis="Nghị quyết số 202/2025/QH15",
        successions=successions,
        keeping=keeping,
    )


def keeping(plan: CascadePlan, further: str, *, ends: bool) -> Keeping:
    """Another recipient decides in place of the first; everything else stays, but that the register may end."""
    return Keeping(
        issuer=plan.issuer,
        issuer_name=plan.issuer_name,
        parent=plan.parent,
        children=plan.children,
        kept_by=plan.kept_by,
        passes_down=plan.passes_down,
        reviewers={"so": further},
        ends=ends,
    )


def gives_up(plan: CascadePlan, state: LedgerState, unit: str, heirs: Sequence[str]) -> tuple[Succession, ...]:
    """What one unit owes in a register goes to others in it; to none: it waits."""
    duties = {obligation_key(duty.requirement, duty.unit): duty for duty in plan.duties}
    return tuple(
        Succession(
            obligation=key,
            cascade_id=plan.cascade_id,
            duties=tuple(duties[key].model_copy(update={"unit": heir}) for heir in heirs),
        )
        for key, item in state.obligations.items()
        if item.unit == unit
    )


def take_in(when: datetime, plan: CascadePlan, before: ObligationState, unit: str, *, waiting: bool = False) -> TakeIn:
    """Another register hands over an obligation of a requirement that this one has too."""
    asked = next(item for item in plan.requirements if item.key == before.requirement)
    duty = Duty(requirement=before.requirement, unit=before.unit if waiting else unit)
    handover = Handover(
        cascade_id=plan.cascade_id,
        requirements=(asked,),
        arrivals=(Arrival(before=before, duty=duty, waiting=waiting),),
    )
    return TakeIn(
        id=new_id(), at=when, actor=cascade_of("z"), source="cascade:x:z", handover=handover, reason="sắp xếp"
    )


def hear_escalation(when: datetime, *keys: str, to: Sequence[Audience] = (Audience.ABOVE,)) -> HearEscalation:
    return HearEscalation(
        id=new_id(),
        at=when,
        actor=cascade_of("d1"),
        register_id=BELOW,
        unit="d1",
        step="T+15",
        to=tuple(to),
        obligations=keys,
    )
