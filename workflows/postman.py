"""Has the mail of a cascade delivered; while the mail server is away the register goes on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import naming
    from activities.deliver import DeliverActivities, Round
    from models.clock import Clock
    from models.delivery import Refusal
    from workflows import limits


class Postman:
    """Goes whenever mail waits or the hour comes at which some leaves, one round at a time.

    `clock` gives the clock of the register; `refused` is told of every address that does not exist.
    """

    def __init__(self, cascade_id: str, clock: Callable[[], Clock], refused: Callable[[Refusal], None]) -> None:
        self._cascade_id = cascade_id
        self._clock = clock
        self._refused = refused
        self._mail_waits = False
        self._out = False
        self._leaves: datetime | None = None

    @property
    def idle(self) -> bool:
        """Whether no mail waits, also not for its hour, and none is being delivered."""
        return not self._mail_waits and not self._out and self._leaves is None

    def mail_waits(self) -> None:
        """Tell that there is mail in the outbox."""
        self._mail_waits = True

    async def work(self) -> None:
        """Deliver until called off; a round that has begun is then brought to an end."""
        while True:
            await self._until_mail_leaves()
            self._mail_waits, self._out = False, True
            delivered = await workflow.execute_activity_method(
                DeliverActivities.deliver,
                Round(cascade_id=self._cascade_id, clock=self._clock()),
                task_queue=naming.MAIL_QUEUE,
                start_to_close_timeout=limits.DELIVER_TIMEOUT,
                heartbeat_timeout=limits.HEARTBEAT,
                retry_policy=limits.RETRY,
                cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
                summary="gửi thư",
            )
            self._leaves, self._out = delivered.next_at, False
            for refusal in delivered.refused:
                self._refused(refusal)

    async def _until_mail_leaves(self) -> None:
        if self._leaves is None:
            await workflow.wait_condition(lambda: self._mail_waits)
            return
        clock = self._clock()
        delay = clock.real_delay(clock.business(workflow.now()), self._leaves)
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._mail_waits,
                timeout=max(delay, limits.SHORTEST_TIMER),
                timeout_summary=f"thư đi lúc {self._leaves:%d/%m/%Y %H:%M} UTC",
            )
