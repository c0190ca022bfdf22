"""Counts over obligations, as every form of a report prints them: of all, by requirement, by level and by unit."""

from models.base import Instant, Wire
from models.plan import Period, RequirementKind
from models.unit import Level


class Tally(Wire):
    """Counts over a set of obligations of lead units; what coordinating units are asked for is outside all tallies.

    `obligations` counts all but the `transferred`, which count where they went; `applicable` those that opened, apply
    and were neither waived nor withdrawn. `fell_due` are applicable ones that are done or whose due instant has passed:
    `on_time` + `late` were done, `waiting` were handed in and await review, `not_done` are owed; those suspended after
    it fell due too. Rates are on_time / fell_due (DOMAIN section 3, BC 1270). `not_yet_due` are open with time left;
    `suspended` stand still, in no other column. `extended` were put off, so many times as `extensions` says.

    What is `not_done` is so many calendar days past its due day (DOMAIN section 3, Quảng Nam 2020): not_done =
    `overdue_30` (1 to 30) + `overdue_90` (31 to 90) + `overdue_120` (91 to 120) + `overdue_longer`.
    """

    obligations: int = 0
    not_applicable: int = 0
    waived: int = 0
    withdrawn: int = 0
    transferred: int = 0
    dormant: int = 0
    applicable: int = 0
    fell_due: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    not_done: int = 0
    overdue_30: int = 0
    overdue_90: int = 0
    overdue_120: int = 0
    overdue_longer: int = 0
    not_yet_due: int = 0
    done_no_deadline: int = 0
    open_no_deadline: int = 0
    suspended: int = 0
    extended: int = 0
    extensions: int = 0
    returned: int = 0
    escalations: int = 0

    @property
    def stopped_late(self) -> int:
        """How many were suspended after they fell due."""
        return self.fell_due - self.on_time - self.late - self.waiting - self.not_done

    @property
    def on_time_rate(self) -> float | None:
        """Share of what fell due that was done on time, from counts; None where nothing fell due."""
        return self.on_time / self.fell_due if self.fell_due else None


class RequirementTally(Wire):
    """One requirement at one level; of a recurring one, one occurrence. `series` names the requirement in the file.

    `due` is left out where the units have different due instants, as with deadlines counted from an opening.
    """

    key: str
    series: str = ""
    ref: str
    title: str
    kind: RequirementKind
    level: Level
    period: Period | None = None
    due: Instant | None
    due_phrase: str
    tally: Tally


class LevelTally(Wire):
    """All obligations at a level, also of units that have ended; `units` are those that have not."""

    level: Level
    units: int
    tally: Tally


class UnitTally(Wire):
    """What is recorded under the name of a unit that has not ended."""

    code: str
    name: str
    level: Level
    issuer_name: str
    tally: Tally
