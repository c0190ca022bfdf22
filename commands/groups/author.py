"""`dondoc new`, `check`, `schema`: writing a directive before it runs."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, File, database, say, show

app = typer.Typer()


@app.command()
def new(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; left out: to stdout.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Code of the issuing unit.")] = None,
) -> None:
    """Write a commented directive file to start from."""
    from datetime import UTC, datetime

    from commands import new as command
    from rules.calendar import local_day

    today = local_day(datetime.now(UTC))
    known = command.beginning(database(), issuer, today) if issuer else command.Beginning()
    text = command.start_file(known)
    if file is None:
        typer.echo(text, nl=False)
    else:
        command.write_new(text, file)
        say(f"{file} is written: change what it says, then `dondoc check {file}`")


@app.command()
def schema(
    report: Annotated[bool, typer.Option("--report", help="That of a summary report in JSON, for programs.")] = False,
) -> None:
    """Print the JSON Schema of a directive file, so that editors complete and check."""
    from commands.directives import schema as directive
    from reports.schema import summary_schema

    show(summary_schema() if report else directive(), True, lambda: None)


@app.command()
def check(
    file: File,
    unit: Annotated[str | None, typer.Option(help="Code of a unit: what it will owe.")] = None,
    calendar: Annotated[
        Path | None, typer.Option(help="Write the due dates of --unit or --level to this iCalendar file (.ics).")
    ] = None,
    level: Annotated[str | None, typer.Option(help="With --calendar: ministry, province, district or commune.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compile a directive and show who will owe what by when; starts nothing."""
    from commands import directives, ics, units
    from commands.check import check_document
    from commands.owed import owed_by
    from commands.show_plan import show_faults, show_owed, show_plan

    wanted = ics.wanted(calendar, unit, level)
    engine = database()
    compiled = directives.check(engine, file)
    if not as_json:
        show_faults(str(file), compiled, say)
    name = units.unit(engine, unit).name if unit is not None and compiled.plan is not None else ""
    document = check_document(compiled, unit) if as_json else None
    if compiled.plan is not None and wanted is not None:
        say(ics.export(engine, compiled.plan, wanted))
    elif compiled.plan is not None and unit is not None and not as_json:
        items = owed_by(compiled.plan, unit)
        show_owed(compiled.plan, name, items)
    elif compiled.plan is not None and not as_json:
        show_plan(compiled.plan)
    if document is not None:
        show(document, True, lambda: None)
    raise typer.Exit(2 if compiled.errors else 0)
