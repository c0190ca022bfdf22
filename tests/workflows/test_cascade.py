"""A directive's whole life on the time-skipping server: the workflow waits, the ledger decides, activities do."""

from datetime import timedelta

import pytest
from sqlmodel import select
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.command import RegisterDocument
from models.document import DocumentRef
from models.obligation import State
from models.tables import CascadeRow, DirectiveRow
from rules.refusals import Reason
from store.engine import reading
from store.outbox import mail_counts
from store.summaries import load_summary
from tests import small
from tests.workflows.conftest import Running
from workflows.cascade import CascadeWorkflow

PLAN_HIGH, PLAN_LOW = f"plan@{small.HIGH}", f"plan@{small.LOW}"
ROOT = small.cascade(small.TOP)
DAY = timedelta(days=1)


async def test_a_directive_nobody_answers_is_reminded_escalated_and_closed(running: Running) -> None:
    handle = await running.start(ROOT)
    outcome = await handle.result()
    assert outcome.events > 0
    kinds = [kind for kind, to in running.mailer.taken if to == f"{small.HIGH}@nho.example"]
    assert kinds.count("assignment") == 1
    assert kinds.index("reminder") < kinds.index("chase")
    assert ("overdue", f"truong.{small.HIGH}@nho.example") in running.mailer.taken
    assert ("escalation", "giamdoc@nho.example") in running.mailer.taken
    assert set(running.states().values()) == {State.UNFULFILLED, State.NOT_APPLICABLE, State.DORMANT}
    assert running.reports.issued == [small.plan().head.directive_id]
    with reading(running.engine) as session:
        assert all(row.closed for row in session.exec(select(CascadeRow)))
        assert session.get_one(DirectiveRow, small.plan().head.directive_id).closed_at is not None
        assert set(mail_counts(session, small.plan().head.directive_id)) == {"sent"}


async def test_an_answer_is_received_reviewed_and_opens_the_level_below(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    receipt = await running.update(ROOT, small.submit(PLAN_HIGH))
    assert running.states()[PLAN_HIGH] is State.SUBMITTED
    with reading(running.engine) as session:
        assert session.get_one(CascadeRow, small.cascade(small.TOP)).last_seq >= receipt.seq
    assert running.states()["commune-plan@0111-xa"] is State.DORMANT
    await running.update(ROOT, small.review(PLAN_HIGH, small.TOP))
    await running.environment.sleep(DAY)
    assert running.states()[PLAN_HIGH] is State.ACCEPTED
    assert running.states()["commune-plan@0111-xa"] is State.OPEN
    assert running.states()["commune-plan@0121-xa"] is State.DORMANT
    assert ("assignment", "0111-xa@nho.example") in running.mailer.taken
    await running.until(small.STARTS + 50 * DAY)
    assert running.states()["commune-plan@0121-xa"] is State.OPEN, "opened on the latest day"
    await handle.terminate()


async def test_a_returned_answer_is_mailed_and_can_be_handed_in_again(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    await running.update(ROOT, small.submit(PLAN_LOW, id_="s1"))
    await running.update(ROOT, small.review(PLAN_LOW, small.TOP, id_="r1", returns=True))
    await running.environment.sleep(DAY)
    assert ("returned", f"{small.LOW}@nho.example") in running.mailer.taken
    await running.update(ROOT, small.submit(PLAN_LOW, id_="s2"))
    await running.update(ROOT, small.review(PLAN_LOW, small.TOP, id_="r2", submission=2))
    assert running.states()[PLAN_LOW] is State.ACCEPTED
    await handle.terminate()


async def test_the_same_command_twice_has_one_effect(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    first = await running.update(ROOT, small.submit(PLAN_HIGH))
    again = await running.update(ROOT, small.submit(PLAN_HIGH))
    assert again == first
    assert load_summary(running.engine, small.plan().head.directive_id).submissions == 1
    await handle.terminate()


async def test_two_officers_at_once_leave_one_submission(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    await running.update(ROOT, small.submit(PLAN_HIGH, id_="one"))
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await running.update(ROOT, small.submit(PLAN_HIGH, id_="other"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == Reason.ALREADY_SUBMITTED
    await handle.terminate()


async def test_a_registered_document_wakes_what_waited_for_it(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    assert running.states()[f"training@{small.HIGH}"] is State.DORMANT
    command = RegisterDocument(
        id="guidance",
        at=small.STARTS,
        actor=small.reviewer(small.TOP),
        trigger="guidance",
        document=DocumentRef(number="9/HD-UBND", normal="9/HD-UBND"),
    )
    await running.update(ROOT, command)
    assert running.states()[f"training@{small.HIGH}"] is State.OPEN
    await handle.terminate()


async def test_while_the_mail_server_is_away_the_register_goes_on_and_mail_goes_out_after(running: Running) -> None:
    running.mailer.down = True
    handle = await running.start(ROOT)
    await running.environment.sleep(timedelta(hours=9))  # mail does not leave at night
    await running.update(ROOT, small.submit(PLAN_HIGH))
    assert running.mailer.taken == []
    running.mailer.down = False
    await running.environment.sleep(timedelta(hours=9))  # mail does not leave at night
    kinds = [kind for kind, _ in running.mailer.taken]
    assert sorted(kinds) == ["assignment", "assignment", "register", "register", "register"]
    await handle.terminate()


async def test_a_practice_clock_can_be_hurried_and_business_time_stays_continuous(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    real = (await running.environment.get_current_time()).astimezone(running.clock.origin_real.tzinfo)
    faster = running.clock.at_speed(1000, real)
    assert faster.business(real) == running.clock.business(real)
    for unit in (small.TOP, small.HIGH, small.LOW):
        await running.client.get_workflow_handle(small.cascade(unit)).signal(CascadeWorkflow.set_clock, faster)
    await handle.result()
    life = await handle.describe()
    assert life.close_time is not None
    assert life.close_time - life.start_time < 2 * DAY


async def test_in_the_temporal_ui_a_cascade_explains_itself(running: Running) -> None:
    handle = await running.start(ROOT)
    await running.environment.sleep(DAY)
    from temporalio.api.sdk.v1 import WorkflowMetadata

    metadata = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    assert "15/SO-BĐG" in metadata.current_details
    assert "| Đang thực hiện | 3 |" in metadata.current_details
    await handle.terminate()
