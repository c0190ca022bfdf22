"""Runs dispatch 908 from issue to final report on a real installation of its own, and checks the outcome."""

import asyncio
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine
from sqlmodel import func, select

from commands.audit.anchor import anchor
from commands.audit.archive import archive
from commands.audit.verify import verify
from commands.directives import check
from commands.errors import CommandError, Exit
from commands.start import start
from commands.units import import_units
from demo.behaviour import plan_behaviour
from demo.pace import Pace
from demo.people import People
from demo.prediction import predict
from models.clock import Clock
from models.notice import NoticeKind
from models.plan import Plan
from models.summary import Summary
from models.tables import ObligationRow, OutboxRow
from rules.calendar import local_day
from rules.words import day
from services.installation import alone, running
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.summaries import load_summary
from store.units import load_units

_ROOT = Path(__file__).parent.parent
REGISTRY = _ROOT / "data" / "registries" / "thua-thien-hue.yaml"
DIRECTIVE = _ROOT / "directives" / "908-sldtbxh-bdg-2020.yaml"
_PROGRESS_SECONDS = 5
_PATIENCE = 10


async def run_demo(out: Path, *, seconds: float, seed: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Run the whole life of the directive; returns what `summary.json` says.

    `seconds` is how long that takes in real time where the simulated people keep up; where the machine is too busy for
    that, the clock is held until they have. Everything is left in `out`, which is emptied first if it is an earlier
    demo's.
    """
    began = monotonic()
    settings = _settings(_emptied(out))
    engine = make_engine(settings.sql_url)
    migrate(engine)
    imported = import_units(engine, REGISTRY)
    plan = _plan(engine)
    behaviours = plan_behaviour(plan, seed)
    predicted = predict(plan, behaviours, load_units(engine))
    say(f"{imported['added']} units imported; predicted outcome computed; starting the services ...")
    async with running(settings, say, None) as supervisor:
        client = await connect(settings)
        days = (plan.head.closing - plan.head.starts).total_seconds()
        clock = Clock(origin_real=datetime.now(UTC), origin_business=plan.head.starts, speed=days / seconds)
        head = await start(engine, FileStore(settings.files), lambda: connect(settings), DIRECTIVE, clock)
        say(f"{head.label} is running: a month passes in {30 * seconds / (days / 86_400):.0f} s")
        unforeseen: list[str] = []

        def complain(what: str) -> None:
            unforeseen.append(what)
            say(f"unforeseen: {what}")

        people = People(plan, load_units(engine), behaviours, clock, settings.maildir, complain)
        pace = Pace(plan, behaviours, people, engine, client)
        busy = [asyncio.create_task(work) for work in (people.live(), pace.keep(), _watch(engine, plan, say))]
        try:
            async with asyncio.timeout(seconds * _PATIENCE):
                for cascade in plan.cascades:
                    await client.get_workflow_handle(cascade.cascade_id).result()
            worker_megabytes = supervisor.peak_megabytes("worker")
        except TimeoutError:
            message = f"the registers did not close in time; see the logs in {settings.logs}"
            raise CommandError(Exit.FAILED, message) from None
        finally:
            for task in busy:
                task.cancel()
            stopped = await asyncio.gather(*busy, return_exceptions=True)
        unforeseen += [repr(error) for error in stopped if isinstance(error, Exception)]
        unforeseen += await _archive(settings, engine, head.directive_id)
        verified = await verify(settings, engine, None, None)
    summary = load_summary(engine, head.directive_id)
    for report in (settings.reports / head.directive_id).iterdir():
        shutil.copy(report, out / report.name)
    outcome = _outcome(engine, summary, predicted, settings.maildir, unforeseen)
    outcome["verified"] = {
        "findings": [each.words for each in verified.findings],
        "unchecked": [f"{each.cascade_id}: {each.why}" for each in verified.unchecked],
        "looked": verified.looked.model_dump(),
    }
    if verified.findings or verified.unchecked:
        outcome["differences"] += [f"verifying: {each.words}" for each in verified.findings]
        outcome["differences"] += [f"not verified: {each.cascade_id}: {each.why}" for each in verified.unchecked]
        outcome["match"] = False
    outcome["seconds"] = round(monotonic() - began, 1)
    outcome |= {"clock_held": pace.held, "worker_peak_mb": worker_megabytes}
    (out / "summary.json").write_text(json.dumps(outcome, ensure_ascii=False, indent=2), "utf-8")
    return outcome


async def _archive(settings: Settings, engine: Engine, directive_id: str) -> list[str]:
    """Archive all registers and write the day's sheet of anchors; returns what is not archived whole."""
    done = await archive(settings, engine, directive_id, None)
    await asyncio.to_thread(anchor, settings, engine)
    lacking = (item["register"] for item in done["incomplete"])
    return [f"not archived: {register}" for register in (*done["waiting"], *done["failed"], *lacking)]


def _settings(home: Path) -> Settings:
    """An installation of its own on free ports, whatever the environment says."""
    for name in [name for name in os.environ if name.startswith(("DONDOC_", "TEMPORAL_"))]:
        del os.environ[name]
    return alone(home.absolute(), smtp_collect=0.1)  # a second is four days here


def _emptied(out: Path) -> Path:
    """The folder, empty. Raises `CommandError` where it holds something that no demo left there."""
    if out.is_dir() and any(out.iterdir()):
        if not (out / "dondoc.db").exists():
            raise CommandError(Exit.REFUSED, f"{out} is not empty and not an earlier demo's; choose another --out")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    return out


def _plan(engine: Engine) -> Plan:
    compiled = check(engine, DIRECTIVE)
    if compiled.plan is None:
        raise CommandError(Exit.INVALID, f"{DIRECTIVE} cannot be started:", str(DIRECTIVE), compiled.errors)
    return compiled.plan


async def _watch(engine: Engine, plan: Plan, say: Callable[[str], None]) -> None:
    while True:
        await asyncio.sleep(_PROGRESS_SECONDS)
        summary = await asyncio.to_thread(load_summary, engine, plan.head.directive_id)
        tally = summary.overall
        done = tally.on_time + tally.late + tally.done_no_deadline
        say(
            f"{day(local_day(summary.as_of))}: {summary.answered_units} of {summary.units} units have answered, "
            f"{done} obligations done, {tally.not_done} overdue, {summary.mails_sent} mails sent"
        )


def _outcome(
    engine: Engine, summary: Summary, predicted: dict[str, Any], maildir: Path, unforeseen: list[str]
) -> dict[str, Any]:
    with reading(engine) as session:
        owing = set(session.exec(select(ObligationRow.unit)))
    actual = {
        "units": len(owing | {summary.head.issuer}),
        "obligations": summary.overall.obligations,
        "by_state": summary.by_state,
        "by_timeliness": summary.by_timeliness,
        "submissions": summary.submissions,
        "returned": summary.overall.returned,
        "escalations": summary.overall.escalations,
        "told": _told(engine),
    }
    differences = [
        f"{name}: {actual[name]} instead of {predicted[name]}" for name in actual if actual[name] != predicted[name]
    ]
    if summary.mails_failed:
        differences.append(f"mails that could not be delivered: {summary.mails_failed}")
    caught = sum(1 for _ in (maildir / "new").iterdir())
    if caught != summary.mails_sent:
        differences.append(f"mails in the mailbox: {caught} instead of {summary.mails_sent}")
    differences += [f"unforeseen: {what}" for what in unforeseen]
    return {
        "directive": summary.head.directive_id,
        **actual,
        "mails": {"sent": summary.mails_sent, "failed": summary.mails_failed},
        "predicted": predicted,
        "differences": differences,
        "match": not differences,
    }


def _told(engine: Engine) -> dict[str, int]:
    """How often somebody was told of something, by kind; several of them may have gone as one mail. Digests follow the
    pace of the reviewers, which nobody can predict."""
    with reading(engine) as session:
        query = select(OutboxRow.kind, func.count()).where(OutboxRow.kind != NoticeKind.REVIEW).group_by(OutboxRow.kind)
        return dict(sorted(session.exec(query).all()))
