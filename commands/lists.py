"""`dondoc list`, `status`, `obligations`: looking at directives that run or ran."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from models.clock import Clock
from models.obligation import State
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.tables import DirectiveRow
from rules.calendar import local_day
from rules.numbers import normalise
from rules.requests import waiting_for
from rules.suggestions import did_you_mean
from store.directives import all_directives, find_directives
from store.engine import one_moment, reading
from store.holders import unreachable_units
from store.lines import directive_lines
from store.mailbag import SENDING
from store.outbox import FAILED, QUEUED, SENT, mail_counts, refused_mails
from store.overview import load_overview
from store.reporting import issued_reports
from store.requests import directive_requests
from store.summaries import load_summary
from store.units import load_units


def directives(engine: Engine) -> list[dict[str, Any]]:
    """All directives, newest first."""
    return [_described(row) for row in all_directives(engine)]


def find(engine: Engine, number: str, issuer: str | None) -> DirectiveRow:
    """The directive of a number, of what it is called by if it has none, or of its id.

    Raises `CommandError`: NOT_FOUND, or INVALID where several match.
    """
    called = " ".join(unicodedata.normalize("NFC", number).split())
    found = find_directives(engine, normalise(number), issuer) or find_directives(engine, called, issuer)
    if not found:
        known = [row.number for row in all_directives(engine)]
        hint = did_you_mean(normalise(number), known) or did_you_mean(called, known)
        raise CommandError(Exit.NOT_FOUND, f"no directive {number!r}{hint}; see `dondoc list`")
    if len(found) > 1:
        ids = ", ".join(row.id for row in found)
        raise CommandError(Exit.INVALID, f"{number!r} is ambiguous: name one of {ids}, or use --issuer")
    return found[0]


def status(engine: Engine, number: str, issuer: str | None, *, why: bool = False) -> dict[str, Any]:
    """Where a directive stands: counts, mails, units that no mail reaches, requests that wait, what is overdue by
    unit; and `why` what is late is so."""
    row = find(engine, number, issuer)
    head = DirectiveHead.model_validate(row.head)
    as_of = min(Clock.model_validate(row.clock).business(datetime.now(UTC)), head.closing)
    with one_moment(engine) as session:
        asked = directive_requests(session, row.id)
        found = load_overview(session, row.id, as_of, {request.obligation for request in asked})
        refused = refused_mails(session, row.id)
        mails = mail_counts(session, row.id)
        unheard = unreachable_units(session, row.id, local_day(as_of))
        issued = issued_reports(session, row.id, at_most=1)
    delays = load_summary(engine, row.id).delays if why else None
    return _described(row) | {
        "as_of": as_of.isoformat(),
        "units": found.units,
        "answered_units": found.answered_units,
        "obligations": found.obligations,
        "by_state": found.by_state,
        "by_timeliness": found.by_timeliness,
        "submissions": found.submissions,
        "returned": found.returned,
        "escalations": found.escalations,
        "extensions": found.extensions,
        "waiting_for_review": found.by_state.get(State.SUBMITTED, 0),
        "mails": {
            "sent": mails.get(SENT, 0),
            "waiting": sum(mails.get(status, 0) for status in (QUEUED, SENDING)),
            "failed": mails.get(FAILED, 0),
        },
        "last_report": issued[0].model_dump(mode="json") if issued else None,
        "refused_mails": refused,
        "unreachable_units": [{"unit": unit, "why": why} for unit, why in unheard],
        "waiting_requests": [request.model_dump(mode="json") for request in waiting_for(asked, found.asking)],
        "awaiting_heirs": list(found.awaiting_heirs),
        "overdue_by_unit": found.overdue,
        **({"delays": delays.model_dump(mode="json")} if delays else {}),
    }


def obligations(
    engine: Engine, number: str, issuer: str | None, *, unit: str | None, state: str | None, requirement: str | None
) -> list[ObligationLine]:
    """The lines of all registers of a directive that pass the filters. Raises `CommandError` for an unknown filter."""
    if state is not None and state not in list(State):
        hint = did_you_mean(state, State)
        raise CommandError(Exit.INVALID, f"no state {state!r}{hint}; there are {', '.join(State)}")
    row = find(engine, number, issuer)
    with reading(engine) as session:
        lines = directive_lines(session, row.id, Clock.model_validate(row.clock).business(datetime.now(UTC)))
    if unit is not None and unit not in {line.unit for line in lines}:
        hint = did_you_mean(unit, load_units(engine))
        raise CommandError(Exit.NOT_FOUND, f"{unit!r} owes nothing in {row.number}{hint}")
    known = {key for line in lines for key in (line.requirement, line.series) if key}
    if requirement is not None and requirement not in known:
        hint = did_you_mean(requirement, known)
        raise CommandError(Exit.NOT_FOUND, f"{row.number} has no requirement {requirement!r}{hint}")
    return [
        line
        for line in lines
        if (unit is None or line.unit == unit)
        and (state is None or line.state == state)
        and (requirement is None or requirement in {line.requirement, line.series})
    ]


def _described(row: DirectiveRow) -> dict[str, Any]:
    head = DirectiveHead.model_validate(row.head)
    return {
        "directive": row.id,
        "number": row.number,
        "issuer": row.issuer,
        "title": row.title,
        "date": head.document.date.isoformat() if head.document.date else None,
        "started_at": row.started_at.isoformat(),
        "closing": head.closing.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
    }
