"""Units that have been reorganised while a directive ran, as its summary shows them."""

from models.base import Wire
from models.unit import Level


class FormerUnit(Wire):
    """A unit whose matters went to others under way: `kept` of its records stay closed under its old name (`done` of
    them were done), `moved` went on to `heirs`, by name. Of one that was `divided` nobody can say which share of its
    figures lies with whom: they stand with the first of them, or wait."""

    code: str
    name: str
    level: Level
    kept: int
    done: int
    moved: int
    heirs: tuple[str, ...]
    divided: bool = False
