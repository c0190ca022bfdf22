"""Has the mail of a cascade delivered; while the mail server is away the register goes on."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import naming
    from activities.deliver import DeliverActivities
    from workflows import limits


class Postman:
    """Goes whenever mail waits, one round at a time."""

    def __init__(self, cascade_id: str) -> None:
        self._cascade_id = cascade_id
        self._mail_waits = False
        self._out = False

    @property
    def idle(self) -> bool:
        """Whether no mail waits and none is being delivered."""
        return not self._mail_waits and not self._out

    def mail_waits(self) -> None:
        """Tell that there is mail in the outbox."""
        self._mail_waits = True

    async def work(self) -> None:
        """Deliver until called off; a round that has begun is then brought to an end."""
        while True:
            await workflow.wait_condition(lambda: self._mail_waits)
            self._mail_waits, self._out = False, True
            await workflow.execute_activity_method(
                DeliverActivities.deliver,
                self._cascade_id,
                task_queue=naming.MAIL_QUEUE,
                start_to_close_timeout=limits.DELIVER_TIMEOUT,
                heartbeat_timeout=limits.HEARTBEAT,
                retry_policy=limits.RETRY,
                cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
                summary="gửi thư",
            )
            self._out = False
