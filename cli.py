"""The `dondoc` command: parse, call, print. Everything heavy is imported where it is used."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.groups import audit, author, cases, changing, letters, mail, readers, registry, stepping, storing
from commands.groups.common import AsJson, File, Issuer, Number, database, say, settings, show

app = typer.Typer(
    name="dondoc",
    help="Follows a directive from the ministry to the commune until everything it asks for is done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(registry.app, name="units")
app.add_typer(mail.app, name="mail")
app.add_typer(audit.app, name="audit")
app.add_typer(readers.app, name="readers")
app.add_typer(storing.app, name="store")
app.add_typer(author.app)
app.add_typer(letters.app)
app.add_typer(stepping.app)
app.add_typer(cases.app)
app.add_typer(changing.app)


@app.command()
def init(as_json: AsJson = False) -> None:
    """Prepare the home folder and the database; harmless to repeat."""
    from commands import init as command

    done = command.init(settings())
    show(done, as_json, lambda: say(f"ready: {done['home']}, database {done['database']}"))


@app.command()
def up() -> None:
    """Run server, worker, pages and mail catcher in this terminal until Ctrl-C."""
    import asyncio

    from commands.up import up as run

    asyncio.run(run(settings(), say))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Look at everything that dondoc needs, and say what is wrong and what to do."""
    import asyncio

    from commands.doctor import examine, exit_code
    from commands.show import show_findings

    found = asyncio.run(examine())
    show([finding.model_dump(mode="json") for finding in found], as_json, lambda: show_findings(found))
    raise typer.Exit(exit_code(found))


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for everything that the demo leaves.")] = Path("out/demo"),
    seconds: Annotated[
        int, typer.Option(min=30, help="Real seconds for the directive's life, if people keep up.")
    ] = 75,
    seed: Annotated[int, typer.Option(help="Seed of the plan by which the simulated officers behave.")] = 908,
    as_json: AsJson = False,
) -> None:
    """Run dispatch 908 from issue to final report with simulated officers, and check the outcome."""
    import asyncio

    from demo.run import run_demo
    from demo.show import show_outcome

    outcome = asyncio.run(run_demo(out, seconds=seconds, seed=seed, say=say))
    show(outcome, as_json, lambda: show_outcome(outcome, out))
    raise typer.Exit(0 if outcome["match"] else 1)


@app.command()
def start(
    file: File,
    clock_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="For practice: business time begins on this day.")
    ] = None,
    speed: Annotated[float, typer.Option(min=1, max=1_000_000, help="For practice: so many times real time.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Start a directive: its registers open, and the first mails go out, in the hours of DONDOC_MAIL_HOURS."""
    import asyncio
    from datetime import UTC

    from commands import start as command
    from services.temporal import connect
    from store.files import FileStore

    async def run() -> dict[str, Any]:
        engine = database()
        clock = command.practice_clock(clock_from.date() if clock_from else None, speed, datetime.now(UTC))
        files = FileStore(settings().files)
        hours = settings().mail_hours
        head = await command.start(engine, files, lambda: connect(settings()), file, clock, say, hours)
        return {"directive": head.directive_id, "number": head.label}

    done = asyncio.run(run())
    named = f'"{done["number"]}"' if " " in done["number"] else done["number"]
    show(done, as_json, lambda: say(f"{done['number']} is running; see `dondoc status {named}`"))


@app.command()
def clock(
    number: Number,
    speed: Annotated[float, typer.Option(min=0.001, max=1_000_000, help="So many times real time from now on.")],
    issuer: Issuer = None,
    as_json: AsJson = False,
) -> None:
    """Slow down, hold or hurry on a practice run (one started with --clock-from)."""
    import asyncio

    from commands.clock import set_speed
    from commands.lists import find
    from services.temporal import connect

    async def run() -> dict[str, Any]:
        engine = database()
        changed = await set_speed(engine, await connect(settings()), find(engine, number, issuer), speed)
        return changed.model_dump(mode="json")

    done = asyncio.run(run())
    show(done, as_json, lambda: say(f"{number} goes on at {speed:g} times real time"))


@app.command("list")
def list_directives(as_json: AsJson = False) -> None:
    """List the directives, newest first."""
    from commands.lists import directives
    from commands.show import show_directives

    found = directives(database())
    show(found, as_json, lambda: show_directives(found))


@app.command()
def status(
    number: Number,
    issuer: Issuer = None,
    why: Annotated[bool, typer.Option("--why", help="Also in whose hands the time of what is late was.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show where a directive stands and which units are late."""
    from commands import lists
    from commands.show import show_status

    found = lists.status(database(), number, issuer, why=why)
    show(found, as_json, lambda: show_status(found))


@app.command()
def obligations(
    number: Number,
    issuer: Issuer = None,
    unit: Annotated[str | None, typer.Option(help="Only of this unit.")] = None,
    state: Annotated[str | None, typer.Option(help="Only in this state, e.g. open.")] = None,
    requirement: Annotated[str | None, typer.Option(help="Only of this requirement.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what every unit owes, and how it stands."""
    from commands import lists
    from commands.show import show_lines

    found = lists.obligations(database(), number, issuer, unit=unit, state=state, requirement=requirement)
    show([line.model_dump(mode="json") for line in found], as_json, lambda: show_lines(found))


@app.command()
def report(
    number: Number,
    issuer: Issuer = None,
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path(),
    form: Annotated[str, typer.Option("--format", help="docx, pdf, xlsx, html, json or csv; or all of them.")] = "all",
    unit: Annotated[
        str | None, typer.Option(help="Code of a unit that keeps a register: only of this and what lies below.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="With the data of a period, e.g. 'quý II/2020', beside those of the one before.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As things stood at the end of this day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the summary report as things stand now, or as they stood."""
    from commands import report as command

    asked = command.Asked(unit, period, as_of.date() if as_of else None)
    written = command.report(database(), number, issuer, out, form, asked, settings().report_template)
    for note in written.notes:
        say(note)
    files = [str(path) for path in written.files]
    show(files, as_json, lambda: say("\n".join(files)))


def run() -> int:
    """Carry out the command line; what goes wrong becomes words and the exit code that is returned."""
    try:
        app()
    except SystemExit as ended:
        return int(ended.code or 0)
    except Exception as error:  # noqa: BLE001 - the last stop before the user
        from commands.errors import explain

        code, message = explain(error)
        typer.echo(message, err=True)
        return code
    return 0


def main() -> None:
    """The entry point.

    Where a Temporal client was used, the process ends without tearing the interpreter down: threads of the SDK may
    abort it there (temporalio/sdk-python, issue 300), after everything was done and said.
    """
    code = run()
    if "temporalio" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
