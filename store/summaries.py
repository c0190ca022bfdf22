"""The summary of a directive from SQL."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from models.summary import Summary
from rules.calendar import last_day
from rules.rollup import summarise
from store.directives import clock_of, head_of
from store.engine import reading
from store.lines import directive_lines
from store.outbox import mail_counts
from store.recommendations import directive_recommendations
from store.units import divided_units, ended_units, units_in


def load_summary(engine: Engine, directive_id: str, at: datetime | None = None) -> Summary:
    """The summary as it stands at a business instant (now if left out), or at the closing if that has passed."""
    with reading(engine) as session:
        head = head_of(session, directive_id)
        now = at or clock_of(session, directive_id).business(datetime.now(UTC))
        as_of = min(now, head.closing)
        mails = mail_counts(session, directive_id)
        return summarise(
            head,
            units_in(session, [head.issuer])[head.issuer],
            directive_lines(session, directive_id, as_of),
            recommendations=directive_recommendations(session, directive_id),
            as_of=as_of,
            final=now >= head.closing,
            mails_sent=mails.get("sent", 0),
            mails_failed=mails.get("failed", 0),
            ended=ended_units(session, last_day(as_of)),
            divided=divided_units(session),
        )
