"""Looks after the installation: archives what is closed, writes down the heads of chains."""

import asyncio
from datetime import UTC, datetime

from temporalio import activity

from activities.ports import Anchoring, Archiving
from models.upkeep import Sweep


class UpkeepActivities:
    def __init__(self, archiving: Archiving, anchoring: Anchoring) -> None:
        self._archiving = archiving
        self._anchoring = anchoring

    @activity.defn
    async def archive_closed(self) -> Sweep:
        """Archive closed registers before Temporal forgets how they came about; harmless to repeat."""
        sweep = await self._archiving.sweep(activity.heartbeat)
        for cascade_id, why in sweep.failed.items():
            activity.logger.error("not archived: %s: %s", cascade_id, why)
        return sweep

    @activity.defn
    async def anchor(self) -> str:
        """Write today's sheet of anchors, if it is not there yet; returns its file name."""
        path, _ = await asyncio.to_thread(self._anchoring.write, datetime.now(UTC))
        return path.name
