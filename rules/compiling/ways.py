"""In which way a deadline in parts is written, what it is counted from, and which settings go with it."""

from collections.abc import Iterator

from models.due import After, DueFile, Every
from rules.compiling.desk import Desk
from rules.source import Path

_TOGETHER = (["within", "every"], ["before", "every"])
_GOES_WITH = {"after": "within", "days": "before", "by_day": "every", "since": "every", "until": "every"}


def is_one_way(desk: Desk, path: Path, due: DueFile) -> bool:
    """Whether a deadline is written in one way and no setting is without effect; what is wrong is said on the desk."""
    ways = [name for name in ("on", "within", "before", "every") if getattr(due, name) is not None]
    ways += ["by_level"] * bool(due.by_level)
    if len(ways) != 1 and ways not in _TOGETHER:
        desk.error("deadline", path, "name one of `on`, `within`, `before`, `every` and `by_level`")
        return False
    idle = [name for name, way in _GOES_WITH.items() if getattr(due, name) is not None and way not in ways]
    for name in idle:
        desk.error("deadline", (*path, name), f"`{name}` goes with `{_GOES_WITH[name]}`")
    return not idle and (due.every is None or _recurs_well(desk, path, due, due.every, ways))


def counted_from(due: object) -> Iterator[str]:
    """The requirements from whose dates a deadline is counted."""
    if isinstance(due, DueFile):
        after = due.after
        yield from (key for key in (due.before, after and after.due, after and after.window) if key)


def _recurs_well(desk: Desk, path: Path, due: DueFile, every: Every, ways: list[str]) -> bool:
    if due.after not in {None, After(cut_off=True)}:
        message = "what recurs is counted from the day on which its data are closed: leave `after` out"
        desk.error("deadline", (*path, "after"), message)
        return False
    if due.by_day is not None and (every in {Every.DAY, Every.WEEK} or len(ways) > 1):
        message = "`by_day` is for months and longer periods, without `within` and `before`"
        desk.error("deadline", (*path, "by_day"), message)
        return False
    return True
