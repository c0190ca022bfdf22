"""What one register does with further recipients, recommendations and an earlier directive, and how it is replaced."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.link import Link, Purpose
from models.obligation import State
from models.recommendation import Handling, RecommendationStatus, recommendation_id
from models.unit import Role
from rules.refusals import Reason
from store.earlier import still_owing
from store.pages import Pages
from tests import small, wide
from tests.small import HIGH, LOW, STARTS, TOP
from tests.wide import BOARD
from tests.workflows.conftest import Running
from workflows.cascade import CascadeWorkflow

ROOT = wide.cascade(TOP)
REPORT = f"weekly.2020-w11@{HIGH}"
COMMUNE_PLAN = f"commune-plan@{wide.COMMUNE}"
DAY = timedelta(days=1)


async def test_an_answer_taken_over_opens_the_level_below_that_is_only_just_started(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    assert wide_running.states()[f"plan@{HIGH}"] is State.ACCEPTED
    assert wide_running.states()[COMMUNE_PLAN] is State.OPEN
    assert ("assignment", f"{wide.COMMUNE}@nho.example") in wide_running.mailer.taken
    await handle.terminate()


async def test_a_report_is_accepted_when_all_its_recipients_have_accepted(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    assert ("register", f"{BOARD}@nho.example") in wide_running.mailer.taken
    await wide_running.update(ROOT, small.submit(REPORT))
    await wide_running.environment.sleep(DAY)
    await wide_running.update(ROOT, small.review(REPORT, BOARD, id_="board"))
    assert wide_running.states()[REPORT] is State.SUBMITTED
    await wide_running.update(ROOT, small.review(REPORT, TOP, id_="top"))
    assert wide_running.states()[REPORT] is State.ACCEPTED
    await wide_running.environment.sleep(DAY)
    assert ("review", f"{BOARD}@nho.example") in wide_running.mailer.taken
    await handle.terminate()


async def test_a_recommendation_is_referred_and_replied_to_by_that_body_alone(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    key = f"asks@{HIGH}"
    await wide_running.update(ROOT, wide.submit(key, wide.asking("vốn")))
    reply_by = (STARTS + 9 * DAY).date()
    referral = wide.handle(f"{key}/1.1", Handling.REFER, body=LOW, reply_by=reply_by, id_="refer")
    await wide_running.update(ROOT, referral)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await wide_running.update(ROOT, wide.handle(f"{key}/1.1", Handling.REPLY, by=HIGH, id_="not-theirs"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type in set(Reason)
    await wide_running.until(STARTS + 20 * DAY)
    assert ("reply_overdue", "so@nho.example") in wide_running.mailer.taken
    await wide_running.update(ROOT, wide.handle(f"{key}/1.1", Handling.REPLY, by=LOW, id_="reply"))
    officer = Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=Purpose.OFFICER,
        directive_id=wide.DIRECTIVE,
        cascade_id=ROOT,
        unit=HIGH,
        role=Role.FOCAL,
        expires_at=STARTS,
    )
    (asked,) = Pages(wide_running.engine).officer_page(officer).recommendations
    assert asked.status is RecommendationStatus.REPLIED
    await handle.terminate()


async def test_an_obstacle_reaches_the_register_and_its_answer_the_unit(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await wide_running.update(ROOT, wide.obstacle(f"training@{HIGH}", " ", id_="blank"))
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == Reason.OBSTACLE_MISSING
    receipt = await wide_running.update(ROOT, wide.obstacle(f"training@{HIGH}", "thiếu kinh phí"))
    key = recommendation_id(f"training@{HIGH}", 0, receipt.seq)
    await wide_running.update(ROOT, wide.handle(key, Handling.ANSWER))
    await wide_running.environment.sleep(DAY)
    assert ("obstacle", "so@nho.example") in wide_running.mailer.taken
    assert ("answered", f"{HIGH}@nho.example") in wide_running.mailer.taken
    await handle.terminate()


async def test_figures_are_completed_after_an_event_was_reported(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    key = f"training@{HIGH}"
    await wide_running.update(ROOT, wide.submit(key, wide.held(LOW, split=False)))
    first = await wide_running.update(ROOT, wide.complete(key))
    assert await wide_running.update(ROOT, wide.complete(key)) == first
    await wide_running.update(ROOT, small.review(key, TOP))
    assert wide_running.states()[f"training@{LOW}"] is State.SATISFIED
    await handle.terminate()


async def test_a_directive_that_is_annulled_withdraws_what_is_owed_and_closes_from_the_top(
    wide_running: Running,
) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    await wide_running.update(ROOT, small.submit(REPORT))
    await wide_running.environment.sleep(DAY)
    assert still_owing(wide_running.engine, wide.DIRECTIVE) > 0
    await handle.signal(CascadeWorkflow.relay, wide.replace(await wide_running.business_now(), close=True))
    await handle.result()
    assert still_owing(wide_running.engine, wide.DIRECTIVE) == 0
    assert wide_running.states()[COMMUNE_PLAN] is State.WITHDRAWN
    assert wide_running.states()[REPORT] is State.WITHDRAWN, "nobody decides on it any more"
    assert wide_running.reports.issued == [wide.DIRECTIVE]


async def test_a_directive_that_is_amended_goes_on_with_the_rest(wide_running: Running) -> None:
    handle = await wide_running.start(ROOT)
    await wide_running.environment.sleep(DAY)
    now = await wide_running.business_now()
    await handle.signal(CascadeWorkflow.relay, wide.replace(now, "weekly", "commune-plan"))
    await wide_running.environment.sleep(DAY)
    assert still_owing(wide_running.engine, wide.DIRECTIVE, ("weekly", "commune-plan")) == 0
    assert wide_running.states()[COMMUNE_PLAN] is State.WITHDRAWN
    assert wide_running.states()[f"asks@{LOW}"] is State.OPEN
    await handle.terminate()
