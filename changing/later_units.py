"""Units that a directive asks although they arose after its day of issue: late addressees, since a reorganisation."""

from collections.abc import Collection, Mapping

from changing.running import Running
from models.unit import Unit
from rules.catching_up import Kept
from rules.compiling.enlisting import joining


def joined(
    running: Running, units: Mapping[str, Unit], registers: Mapping[str, Kept], late: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """Of late addressees, by requirement, those that were not there on the day of issue, each with the unit whose
    register follows it up. Registers that have closed follow nobody up any more."""
    codes = {code for found in late.values() for code in found}
    in_force = [kept.plan for kept in registers.values() if not kept.state.closed or kept.plan.parent is None]
    return joining(sorted(codes & units.keys()), units, running.head, in_force, running.today)
