"""Registers are not larger than what Temporal can carry (decision 0020)."""

from collections.abc import Iterable

from models.plan import CascadePlan
from rules.compiling.desk import Desk

MOST_OBLIGATIONS = 12_000
"""Of one register. All answered and decided on, they are about 1.2 MB to take along when it continues as new (by what
8,000 take), and Temporal carries 2 MB as one value. The texts of a file are bounded by its own size."""


def check_size(desk: Desk, cascades: Iterable[CascadePlan]) -> None:
    """An error for each register that is too large."""
    for register in cascades:
        if (count := len(register.duties)) > MOST_OBLIGATIONS:
            message = (
                f"{register.issuer_name} would keep a register of {count:,} obligations, and one carries "
                f"{MOST_OBLIGATIONS:,} at most: let units between follow up those below them, or issue the directive "
                "in parts"
            )
            desk.error("register_too_large", ("requirements",), message)
