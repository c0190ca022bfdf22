"""A register that cannot answer at the moment is asked again for a while; an officer sees nothing of that."""

from collections import deque
from types import SimpleNamespace
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from models.command import Receipt
from models.unreachable import Unreachable
from rules.refusals import Reason, Refused
from tests import small
from web.cascades import TemporalCascades

REGISTER = small.cascade(small.TOP)
RECEIPT = Receipt(cascade_id=REGISTER, seq=7, at=small.STARTS)
FULL = RPCError("too many Updates at once", RPCStatusCode.RESOURCE_EXHAUSTED, b"")
FAILING = RPCError("Workflow Task in failed state", RPCStatusCode.FAILED_PRECONDITION, b"")
GONE = RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")


class FakeTemporal:
    """Has one register, which answers these, one after the other, and the last for ever. `asked` are the ids."""

    service_client = SimpleNamespace(config=SimpleNamespace(target_host="localhost:7233"))

    def __init__(self, *answers: Receipt | RPCError) -> None:
        self.asked: list[str] = []
        self._answers = deque(answers)

    def get_workflow_handle(self, workflow_id: str) -> "FakeTemporal":
        assert workflow_id == REGISTER
        return self

    async def execute_update(self, *_: object, **options: Any) -> Receipt:
        self.asked.append(options["id"])
        answer = self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, RPCError):
            raise answer
        return answer


async def send(fake: FakeTemporal, patience: float = 60) -> Receipt:
    return await TemporalCascades(cast("Client", fake), patience).send(REGISTER, small.submit(f"plan@{small.HIGH}"))


@pytest.mark.parametrize("passing", [FULL, FAILING])
async def test_what_passes_is_waited_for(passing: RPCError) -> None:
    fake = FakeTemporal(passing, passing, RECEIPT)
    assert await send(fake) == RECEIPT
    assert fake.asked == ["submit"] * 3, "under one id, so that it has one effect"


@pytest.mark.parametrize("lasting", [FULL, FAILING])
async def test_what_does_not_pass_in_time_is_told(lasting: RPCError) -> None:
    with pytest.raises(Unreachable, match=lasting.message):
        await send(FakeTemporal(lasting), patience=0.1)


async def test_a_register_that_is_no_more_is_closed() -> None:
    with pytest.raises(Refused) as refused:
        await send(FakeTemporal(GONE))
    assert refused.value.reason is Reason.CLOSED
