"""Has the mail of a cascade delivered; while the mail server is away the register goes on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

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
        self._look = False
        self._out = False
        self._called_off = False
        self._leaves: datetime | None = None

    @property
    def idle(self) -> bool:
        """Whether no mail waits, also not for its hour, and none is being delivered."""
        return not self._look and not self._out and self._leaves is None

    def look(self) -> None:
        """Look into the outbox: what is in it is not known, or the clock has changed."""
        self._look = True

    def expect(self, leaves: datetime) -> None:
        """Tell when mail leaves that is in the outbox now."""
        self._leaves = min(self._leaves or leaves, leaves)

    def call_off(self) -> None:
        """Begin no other round. The task has to be cancelled too, and may miss that: up to Python 3.11 a wait whose
        condition is met at the same moment swallows it."""
        self._called_off = True

    async def work(self) -> None:
        """Deliver until called off; a round that has begun is then brought to an end."""
        while True:
            await self._until_mail_leaves()
            if self._called_off:
                return
            self._look, self._leaves, self._out = False, None, True
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
            self._out = False
            if delivered.next_at:
                self.expect(delivered.next_at)
            for refusal in delivered.refused:
                self._refused(refusal)

    async def _until_mail_leaves(self) -> None:
        """Wait for the hour of the next mail, which may come nearer meanwhile."""
        while not self._look and not self._called_off:
            leaves = self._leaves
            delay = self._delay(leaves) if leaves else None
            if delay is not None and delay <= timedelta(0):
                return
            with suppress(TimeoutError):
                await workflow.wait_condition(
                    partial(self._news, leaves),
                    timeout=delay and max(delay, limits.SHORTEST_TIMER),
                    timeout_summary=f"thư đi lúc {leaves:%d/%m/%Y %H:%M} UTC" if leaves else None,
                )

    def _news(self, planned: datetime | None) -> bool:
        return self._look or self._leaves != planned

    def _delay(self, leaves: datetime) -> timedelta:
        clock = self._clock()
        return clock.real_delay(clock.business(workflow.now()), leaves)
