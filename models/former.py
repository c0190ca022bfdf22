"""Units that have ended while a directive ran, as its summary shows them."""

from models.base import Wire
from models.tally import Tally
from models.unit import Level


class FormerUnit(Wire):
    """A unit that was not there any more when a summary was made, with what is recorded under its old name and counts
    with no other unit. Of that `waiting` is not closed: nobody has taken it over yet. `moved` went on to `heirs`, by
    name. Of one that was `divided` nobody can say which share of its figures lies with whom: they stand with the first
    of them, or wait."""

    code: str
    name: str
    level: Level
    tally: Tally
    waiting: int
    moved: int
    heirs: tuple[str, ...]
    divided: bool = False
