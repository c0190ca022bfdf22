"""Whether anything of a reform is left to do, so that nobody is asked twice for what is done."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from models.actor import Actor, ActorKind, Identified
from models.clock import Clock
from models.tables import DirectiveRow
from rules.catching_up import missed
from rules.reforming.heirs import Heirs
from rules.reforming.orders import Orders
from store.reforms import heirs_since
from store.versions import kept_registers


def nothing_left(engine: Engine, heirs: Heirs, directives: Iterable[tuple[DirectiveRow, Orders]]) -> bool:
    """Whether the registry is as the reform says, no register has to be told anything, and nothing is on its way."""
    found = list(directives)
    if any(orders.all or orders.directive.on_the_way for _, orders in found):
        return False
    return _is_registered(engine, heirs) and not any(_has_missed(engine, row) for row, _ in found)


def _is_registered(engine: Engine, heirs: Heirs) -> bool:
    """Whether the registry knows the units of a reform, and who follows whom."""
    if any(heirs.before.get(code) != unit for code, unit in {**heirs.ended, **heirs.made}.items()):
        return False
    said = {(unit, function, heir) for unit, function, _, found in heirs.successors() for heir in found}
    return {found for found in heirs_since(engine, heirs.file.on) if found[0] in heirs.ended} == said


def _has_missed(engine: Engine, row: DirectiveRow) -> bool:
    """Whether a register waits for what has come above it, because the reform was interrupted."""
    at = Clock.model_validate(row.clock).business(datetime.now(UTC))
    actor = Actor(kind=ActorKind.SUPERVISOR, unit=row.issuer, identified=Identified.COMMAND_LINE)
    return any(missed(kept_registers(engine, row.id, at), "", at, actor))
