"""Running registers as commands reach them: what they refuse is noted in their journals, as it is on pages."""

from sqlalchemy import Engine

from services.temporal import connect
from settings import Settings
from store.journal import Journal
from web.cascades import TemporalCascades
from web.noted import NotedCascades
from web.ports import Cascades


async def registers(settings: Settings, engine: Engine) -> Cascades:
    """The registers of an installation. Raises `Unreachable` where Temporal is away."""
    return NotedCascades(TemporalCascades(await connect(settings)), Journal(engine))
