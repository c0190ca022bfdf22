"""The evening of the due date: all communes hand in and all answers are accepted, as fast as it goes, beside as many
bare Updates to as many bare workflows."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client

from bench.bare import bare_command, bare_registers, bare_worker
from bench.countries import MINISTRY, country, spread
from bench.crowd import Crowd, Work, compared, crowd
from bench.result import Result
from bench.running_directive import begin, owed, review, submit
from bench.site import MAIL_HOURS
from models.command import Command
from models.document import FileRef
from models.event import Accepted, Submitted
from models.obligation import State
from models.tables import CascadeRow, EventRow, ObligationRow, SubmissionRow
from rules.calendar import day_start
from services.installation import alone, running
from services.temporal import connect
from store.engine import make_engine, migrate, reading
from store.units import save_units
from web.cascades import TemporalCascades

_DIRECTIVE = """
document: {number: 10/LĐTBXH-BĐG, title: bình đẳng giới năm 2025, issuer: bo-ldtbxh, date: 2025-03-03}
closing: 2025-12-31
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {line: ldtbxh}, due: 2025-04-29}
  report: {title: Báo cáo của xã, kind: report, to: {level: commune}, due: 2025-03-31}
  summary: {title: Báo cáo năm, kind: report, to: {line: ldtbxh}, due: 2025-11-28, consolidates: [report]}
"""
_EVENING = day_start(date(2025, 3, 31), time(19))
_PAPER = FileRef(sha256="ab" * 32, name="bao-cao.pdf", size=200_000, media_type="application/pdf")
_AT_ONCE = 32
_ROUNDS = 5
_ORDER = 8
"""Where the order in which people come begins."""

Sent = list[tuple[str, Command]]


async def measure_deadline(one_in: int = 1) -> list[Result]:
    """The commands of one in so many provinces go through the port by which the pages send them, without the pages
    themselves: those are measured by `posting`. People come in any order, from everywhere at the same time.

    A round is a part of the submissions, or of the reviews, and then as many bare Updates. Raises where a command is
    not taken, and `RuntimeError` where the database has not exactly one answer and one decision for each.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), mail_hours=MAIL_HOURS)
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, spread(country(), MINISTRY, one_in).values())
        async with running(settings, print, None):
            client = await connect(settings)
            await begin(engine, settings, _DIRECTIVE, _EVENING)
            before, communes = _events(engine), owed(engine, "report")
            Random(_ORDER).shuffle(communes)  # noqa: S311 - the same order in every run
            async with bare_worker(client):
                bare = await bare_registers(client, _registers(engine))
                at = datetime.now(UTC)
                submissions: Sent = [(register, submit(key, _EVENING, _PAPER)) for register, key, _ in communes]
                handed_in = await _in_turn(client, submissions, bare, at)
                reviews: Sent = [(register, review(key, issuer, _EVENING)) for register, key, issuer in communes]
                decided = await _in_turn(client, reviews, bare, at)
        _check(engine, before, [key for _, key, _ in communes])
    told = f"from {len(communes):,} communes in {len({register for register, _, _ in communes})} registers"
    beside = f"bare Updates, {_AT_ONCE} at once"
    return [
        *compared(f"submissions {told}", beside, *handed_in, ">= 0.6"),
        *compared("reviews of them", beside, *decided, ">= 0.6"),
    ]


async def _in_turn(
    client: Client, commands: Sent, bare: Sequence[str], at: datetime
) -> tuple[list[Crowd], list[Crowd]]:
    """All commands in some rounds, and after each of these as many bare Updates."""
    cascades = TemporalCascades(client)
    ours: list[Crowd] = []
    floors: list[Crowd] = []
    for round_ in range(_ROUNDS):
        sent = commands[round_::_ROUNDS]
        ours.append(await crowd((partial(cascades.send, *each) for each in sent), _AT_ONCE))
        floors.append(await crowd(_updates(cascades, bare, len(sent), at), _AT_ONCE))
    return ours, floors


def _updates(cascades: TemporalCascades, bare: Sequence[str], number: int, at: datetime) -> Iterator[Work]:
    return (partial(cascades.send, bare[place % len(bare)], bare_command(at)) for place in range(number))


def _registers(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(CascadeRow.id)))


def _events(engine: Engine) -> Counter[str]:
    """How many events of a kind are on record."""
    with reading(engine) as session:
        return Counter(session.exec(select(EventRow.kind)))


def _check(engine: Engine, before: Counter[str], keys: Sequence[str]) -> None:
    """Exactly one answer to each obligation, each accepted, and nothing else on record."""
    submission, obligation = SubmissionRow, ObligationRow
    with reading(engine) as session:
        answers = Counter(session.exec(select(submission.key)))
        accepted = Counter(session.exec(select(obligation.key).where(col(obligation.state) == State.ACCEPTED)))
    kinds = (Submitted.model_fields["kind"].default, Accepted.model_fields["kind"].default)
    happened, expected = _events(engine) - before, Counter(dict.fromkeys(kinds, len(keys)))
    if answers != Counter(keys) or accepted != Counter(keys) or happened != expected:
        raise RuntimeError(f"{happened} on record; {answers.total()} answers, {accepted.total()} accepted")
