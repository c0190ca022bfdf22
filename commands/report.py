"""`dondoc report`: the summary report of a directive or a branch, as things stand or stood."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from commands.audit.writing import reader
from commands.errors import CommandError, Exit
from commands.lists import find
from models.clock import Clock
from models.journal import Exported
from models.plan import DirectiveHead, Period
from models.summary import Summary
from models.tables import DirectiveRow
from naming import cascade_id, slug
from reports.forms import FORMS, TemplateUnfit, digest, forms, write_all
from rules.calendar import ZONE, day_end, last_day
from rules.periods import EXAMPLES, read_period
from rules.reportable import NotReportable, UnknownUnit, as_of_day
from rules.suggestions import did_you_mean
from store.journal import Journal
from store.summaries import load_summary

ALL = "all"


@dataclass(frozen=True)
class Asked:
    """What is reported on: everything, or the branch of a `unit` that keeps a register; as things stand, or as of the
    end of a day; with the data of a period, named as people write it."""

    unit: str | None = None
    period: str | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class Written:
    """The files, and what whoever asked for them should know beside."""

    files: list[Path]
    notes: list[str]


def report(
    engine: Engine, number: str, issuer: str | None, folder: Path, form: str = ALL, asked: Asked | None = None,
    template: Path | None = None,
) -> Written:  # fmt: skip
    """Write the summary report in one form or all, the Word document with the office's own `template` if there is one.
    It is noted that the files were taken away.

    Raises `CommandError`: INVALID for what cannot be reported on and for an unknown form or period, NOT_FOUND for an
    unknown directive or unit.
    """
    if form not in {*FORMS, ALL}:
        known = [*FORMS, ALL]
        raise CommandError(Exit.INVALID, f"no format {form!r}{did_you_mean(form, known)}; there are {', '.join(known)}")
    asked = asked or Asked()
    period = _period(asked.period) if asked.period is not None else None
    row = find(engine, number, issuer)
    summary = _summary(engine, row, asked, period)
    stem = _stem(summary)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == ALL:
            files = list(write_all(summary, folder, stem, template).values())
        else:
            files = [folder / f"{stem}.{form}"]
            forms(template)[form](summary, files[0])
        taken = Exported(what="report", files={path.name: digest(path) for path in files})
    except TemplateUnfit as error:
        raise CommandError(Exit.INVALID, f"DONDOC_REPORT_TEMPLATE: {error}") from error
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{folder}: cannot be written: {error.strerror}") from error
    Journal(engine).note(cascade_id(row.id, row.issuer), reader(), "dondoc report", taken)
    return Written(files, _notes(summary))


def _period(text: str) -> Period:
    period = read_period(text)
    if period is None:
        raise CommandError(Exit.INVALID, f"no period {text!r}; write one like {', '.join(EXAMPLES)}")
    return period


def _summary(engine: Engine, row: DirectiveRow, asked: Asked, period: Period | None) -> Summary:
    now = Clock.model_validate(row.clock).business(datetime.now(UTC))
    try:
        at = as_of_day(DirectiveHead.model_validate(row.head), asked.as_of, now) if asked.as_of else None
        return load_summary(engine, row.id, at, asked.unit, period)
    except UnknownUnit as error:
        raise CommandError(Exit.NOT_FOUND, str(error)) from error
    except NotReportable as error:
        raise CommandError(Exit.INVALID, str(error)) from error


def _stem(summary: Summary) -> str:
    """How the files are called: after the directive's number and year, the unit that reports, and what it reports on.
    So one report never takes the place of another."""
    year = summary.head.starts.astimezone(ZONE).year
    return "_".join(["report", slug(summary.head.label), str(year), summary.issuer.code, *_about(summary)])


def _about(summary: Summary) -> list[str]:
    day = last_day(summary.as_of)
    whole = summary.as_of == day_end(day)
    stood = f"{day}" if whole else f"{summary.as_of.astimezone(ZONE):%Y-%m-%d-%H%M%S}"
    if summary.period is None:
        return ["final" if summary.final else stood]
    over = summary.final or (whole and day == summary.period.last)
    return [slug(summary.period.label), *([] if over else [stood])]


def _notes(summary: Summary) -> list[str]:
    if summary.overall.fell_due:
        return []
    day = last_day(summary.as_of)
    return [f"nothing that {summary.head.label} asks for had fallen due by {day}; the report says how things stood"]
