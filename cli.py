"""The `dondoc` command: parse, call, print. Everything heavy is imported where it is used."""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="dondoc",
    help="Follows a directive from the ministry to the commune until everything it asks for is done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
units_app = typer.Typer(help="The registry of units.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(units_app, name="units")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else.")]
Number = Annotated[str, typer.Argument(help="Number of the directive, e.g. 908/SLĐTBXH-BĐG, or its id.")]
Issuer = Annotated[str | None, typer.Option(help="Code of the issuing unit, where the number alone is not unique.")]
File = Annotated[Path, typer.Argument(help="The directive file (YAML).")]


@app.command()
def init(as_json: AsJson = False) -> None:
    """Prepare the home folder and the database; harmless to repeat."""
    from commands import init as command

    done = command.init(_settings())
    _print(done, as_json, lambda: _say(f"ready: {done['home']}, database {done['database']}"))


@app.command()
def up() -> None:
    """Run server, worker, pages and mail catcher in this terminal until Ctrl-C."""
    import asyncio

    from commands.up import up as run

    asyncio.run(run(_settings(), _say))


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

    outcome = asyncio.run(run_demo(out, seconds=seconds, seed=seed, say=_say))
    _print(outcome, as_json, lambda: show_outcome(outcome, out))
    raise typer.Exit(0 if outcome["match"] else 1)


@units_app.command("import")
def units_import(
    file: Annotated[Path, typer.Argument(help="A registry file, e.g. data/registries/thua-thien-hue.yaml.")],
    as_json: AsJson = False,
) -> None:
    """Add or update the units of a registry file."""
    from commands.units import import_units

    done = import_units(_database(), file)
    _print(done, as_json, lambda: _say(f"{done['added']} units added, {done['updated']} updated"))


@units_app.command("tree")
def units_tree(
    below: Annotated[str | None, typer.Argument(help="Code of a unit: only what lies below it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show units under the units that follow them up."""
    from commands.show import show_units
    from commands.units import tree

    found = tree(_database(), below)
    _print([unit.model_dump(mode="json") for unit in found], as_json, lambda: show_units(found))


@units_app.command("show")
def units_show(code: Annotated[str, typer.Argument(help="Code of the unit.")], as_json: AsJson = False) -> None:
    """Show one unit with its addresses."""
    from commands.show import show_unit
    from commands.units import unit

    found = unit(_database(), code)
    _print(found.model_dump(mode="json"), as_json, lambda: show_unit(found))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a directive file, so that editors complete and check."""
    from commands.directives import schema as made

    _print(made(), True, lambda: None)


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Compile a directive and show who will owe what by when; starts nothing."""
    from commands import directives
    from commands.show import show_plan

    compiled = directives.check(_database(), file)
    _print(directives.check_document(compiled), as_json, lambda: show_plan(str(file), compiled, _say))
    raise typer.Exit(2 if compiled.errors else 0)


@app.command()
def start(
    file: File,
    clock_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="For practice: business time begins on this day.")
    ] = None,
    speed: Annotated[float, typer.Option(min=1, max=1_000_000, help="For practice: so many times real time.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Start a directive: its registers open and the first mails go out."""
    import asyncio
    from datetime import UTC

    from commands import directives
    from services.temporal import connect

    async def run() -> dict[str, Any]:
        settings, engine = _settings(), _database()
        clock = directives.practice_clock(clock_from.date() if clock_from else None, speed, datetime.now(UTC))
        head = await directives.start(engine, lambda: connect(settings), file, clock)
        return {"directive": head.directive_id, "number": head.document.number}

    done = asyncio.run(run())
    _print(done, as_json, lambda: _say(f"{done['number']} is running; see `dondoc status {done['number']}`"))


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
        engine = _database()
        changed = await set_speed(engine, await connect(_settings()), find(engine, number, issuer), speed)
        return changed.model_dump(mode="json")

    done = asyncio.run(run())
    _print(done, as_json, lambda: _say(f"{number} goes on at {speed:g} times real time"))


@app.command("list")
def list_directives(as_json: AsJson = False) -> None:
    """List the directives, newest first."""
    from commands.lists import directives
    from commands.show import show_directives

    found = directives(_database())
    _print(found, as_json, lambda: show_directives(found))


@app.command()
def status(number: Number, issuer: Issuer = None, as_json: AsJson = False) -> None:
    """Show where a directive stands and which units are late."""
    from commands import lists
    from commands.show import show_status

    found = lists.status(_database(), number, issuer)
    _print(found, as_json, lambda: show_status(found))


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

    found = lists.obligations(_database(), number, issuer, unit=unit, state=state, requirement=requirement)
    _print([line.model_dump(mode="json") for line in found], as_json, lambda: show_lines(found))


@app.command()
def report(
    number: Number,
    issuer: Issuer = None,
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path(),
    form: Annotated[str | None, typer.Option("--format", help="Only html, docx, pdf, xlsx or json.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the summary report as it stands now."""
    from commands import lists

    files = [str(path) for path in lists.report(_database(), number, issuer, out, form)]
    _print(files, as_json, lambda: _say("\n".join(files)))


def _settings() -> Any:
    from commands.errors import load_settings

    return load_settings()


def _database() -> Any:
    from commands.database import open_database

    return open_database(_settings())


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _print(data: object, as_json: bool, human: Callable[[], None]) -> None:
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        human()


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
