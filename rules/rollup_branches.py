"""The branches directly below whoever reports, along the tree of registers: counts are added, never averaged."""

from collections.abc import Collection, Mapping, Sequence

from models.register import ObligationLine
from models.reported import BranchTally
from models.unit import Unit
from rules.collation import vietnamese
from rules.rollup_figures import Figures
from rules.rollup_tally import present, spoke


def branches(
    lines: Sequence[ObligationLine],
    figures: Figures,
    branch: Mapping[str, str],
    keepers: Mapping[str, Unit],
    ended: Collection[str],
) -> tuple[BranchTally, ...]:
    """One tally for each unit that keeps a register directly below, in the order of their names: all in that register
    and those below it, and what the register of whoever reports asks of the unit. What that asks of units that keep
    none is in no branch, and a branch of which all was transferred is left out.

    `figures` are those of the lines; `branch` says of each register whose it is (`branch_of_each`), `keepers` are the
    units that keep them, by code; `ended` are the codes of units that are not there any more.
    """
    found: dict[str, list[ObligationLine]] = {code: [] for code in branch.values() if code}
    for line in lines if found else ():
        if (code := branch[line.cascade_id] or line.unit) in found:
            found[code].append(line)
    tallies = (_tally(keepers[code], items, figures, ended) for code, items in found.items())
    return tuple(sorted((item for item in tallies if item.tally.obligations), key=lambda item: vietnamese(item.name)))


def _tally(keeper: Unit, lines: Sequence[ObligationLine], figures: Figures, ended: Collection[str]) -> BranchTally:
    there = present(lines, ended)
    return BranchTally(
        code=keeper.code,
        name=keeper.short_name,
        level=keeper.level,
        units=len(there),
        answered=len(spoke(lines) & there),
        tally=figures.branch(keeper.code),
    )
