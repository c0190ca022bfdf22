"""Obstacles (khó khăn, vướng mắc): a unit tells what stands in its way (DOMAIN section 9, seed 2, behaviour 9)."""

from models.command import RaiseObstacle
from models.correspondence import ObstacleRaised
from rules.book import Book
from rules.refusals import Reason, Refused


def raise_obstacle(book: Book, command: RaiseObstacle) -> None:
    """Whoever the obligation is asked of raises it, also who only takes part, and in whatever state it is."""
    obligation = book.obligation(command.obligation)
    if obligation.unit != command.actor.unit:
        raise Refused(Reason.NOT_YOURS)
    if not command.text.strip():
        raise Refused(Reason.OBSTACLE_MISSING)
    book.add(ObstacleRaised(obligation=command.obligation, unit=obligation.unit, text=command.text))
