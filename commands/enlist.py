"""`dondoc enlist`: late addressees owe something from now on, beside the directive's file."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from sqlalchemy import Engine

from changing import enlisting
from changing.amending import stored_file
from changing.enlisting import Enlisting
from changing.references import references
from changing.running import Running
from changing.telling import Progress
from commands.hindered import explained
from models.changing import LateAddressees
from web.ports import Cascades


def prepare(
    engine: Engine, running: Running, keys: Sequence[str], codes: Sequence[str], until: date | None, reason: str
) -> Enlisting:
    """Work out what units are to owe of requirements, by the keys of the file; changes nothing.

    Raises `CommandError`: NOT_FOUND for an unknown unit or requirement; REFUSED for a unit that does not exist on the
    day of issue or today, that nobody in the directive follows up, or that owes it already, and where the rules refuse
    it.
    """
    late = LateAddressees(requirements=tuple(keys), units=tuple(codes), until=until, reason=reason)
    with explained(running, owing=", ".join(codes)):
        return enlisting.prepare(engine, running, references(engine, stored_file), late, uuid4().hex)


async def apply(engine: Engine, cascades: Cascades, prepared: Enlisting, progress: Progress) -> None:
    """Add the registers that begin, tell those that change from the top, and then what they have missed. Where that is
    interrupted, the same command completes it. Raises `CommandError` REFUSED, `Unreachable`."""
    enlisting.store(engine, prepared)
    with explained(prepared.running):
        await enlisting.tell_all(engine, cascades, prepared, progress)
