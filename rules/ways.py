"""The ways of stepping in that are about single obligations, and which of them fit one as it stands: pages offer what
the ledger would do, because both ask the same functions."""

from enum import StrEnum

from models.intervention import Release
from rules.refusals import Reason
from rules.stepping_in import (
    Item,
    answered_since,
    paper_fault,
    reassigning_fault,
    reinstating_fault,
    release_fault,
    resuming_fault,
    suspending_fault,
)


class Way(StrEnum):
    SET_DUE = "set_due"
    ACCEPT_PAPER = "accept_paper"
    REASSIGN = "reassign"
    SUSPEND = "suspend"
    RESUME = "resume"
    WAIVE = "waived"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAW = "withdrawn"
    REINSTATE = "reinstate"


RELEASES = {
    Way.WAIVE: Release.WAIVED,
    Way.NOT_APPLICABLE: Release.NOT_APPLICABLE,
    Way.WITHDRAW: Release.WITHDRAWN,
}
"""The ways in which a unit is released."""


_FAULTS = dict.fromkeys(RELEASES, release_fault) | {
    Way.SET_DUE: release_fault,
    Way.ACCEPT_PAPER: paper_fault,
    Way.REASSIGN: reassigning_fault,
    Way.SUSPEND: suspending_fault,
    Way.RESUME: resuming_fault,
    Way.REINSTATE: reinstating_fault,
}


def ways(item: Item) -> tuple[Way, ...]:
    """All ways that fit an obligation; whether a day or a unit fits too is seen once it is named."""
    return tuple(way for way in Way if _FAULTS[way](item) is None)


def fault(way: Way, item: Item, submissions: int) -> Reason | None:
    """Why a way does not fit an obligation that was looked at with so many submissions; None where it does."""
    return answered_since(item, submissions) or _FAULTS[way](item)
