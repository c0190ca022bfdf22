"""`dondoc audit …`: what auditors ask of the record."""

from pathlib import Path
from typing import Annotated

import typer

from commands.groups.common import AsJson, Issuer, Number, database, say, settings, show

app = typer.Typer(
    help="Ask the record what happened, check it, take it away.", no_args_is_help=True, rich_markup_mode=None
)

keys = typer.Typer(help="Keys with which bundles are signed.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(keys, name="key")

AsCsv = Annotated[Path | None, typer.Option("--csv", help="Also write it as a table for spreadsheets to this file.")]
From = Annotated[str | None, typer.Option("--from", help="First day, like 31/07/2025 or 2025-07-31.")]
To = Annotated[str | None, typer.Option("--to", help="Last day.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of the sentences: vi or en.")]


@app.callback()
def audit() -> None:
    """Ask the record what happened, check it, take it away."""


@app.command()
def timeline(
    number: Annotated[
        str,
        typer.Argument(help="Number of the directive, its name or id; `installation`: what belongs to no directive."),
    ],
    issuer: Issuer = None,
    unit: Annotated[str | None, typer.Option(help="Only what concerns this unit, by its code.")] = None,
    requirement: Annotated[str | None, typer.Option(help="Only of this requirement, and mails about it.")] = None,
    actor: Annotated[
        str | None, typer.Option(help="Only what this one did: part of a name, a unit's code, or a kind as officer.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only entries of this kind, e.g. submitted, mail_sent; may be repeated.")
    ] = None,
    first: From = None,
    last: To = None,
    late: Annotated[bool, typer.Option("--late", help="Only what tells of lateness.")] = False,
    escalated: Annotated[bool, typer.Option("--escalated", help="Only what went to those above.")] = False,
    lang: Lang = "vi",
    as_csv: AsCsv = None,
    as_json: AsJson = False,
) -> None:
    """Tell what happened, by day: who did what, how that is known, whom mails told, what was refused and why.

    Ends with 3 where the chain of a register that it is told from does not fit.
    """
    from commands.audit import checked
    from commands.audit import timeline as command
    from commands.audit.asked import Typed, asked, language, nothing_fits

    typed = Typed(unit, requirement, actor, tuple(kind or ()), first, last, late, escalated)
    engine, spoken = database(), language(lang)
    question = asked(engine, number, issuer, typed)
    wrong = checked.check(engine, question.shown, spoken)
    with checked.telling(wrong):
        if as_csv is not None:
            digest = command.write_story(engine, question, spoken, as_csv)
            say(f"{as_csv} is written, SHA-256 {digest}")
        if as_json:
            show(command.described(engine, question, wrong, spoken), True, lambda: None)
        elif as_csv is None:
            checked.show_warning(engine, wrong, spoken)
            if not command.tell_story(engine, question, spoken):
                say(nothing_fits(engine, question))
    if wrong:
        say(checked.advice(spoken))
    raise typer.Exit(checked.exit_code(wrong))


@app.command()
def verify(
    number: Annotated[str | None, typer.Argument(help="Number of the directive, its name or id.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All directives, the installation and all sheets.")] = False,
    issuer: Issuer = None,
    without_histories: Annotated[
        bool, typer.Option("--without-histories", help="Do not ask Temporal; what nothing else proves is named.")
    ] = False,
    lang: Lang = "vi",
    as_json: AsJson = False,
) -> None:
    """Find out whether anything in the record has been changed; ends with 3 where something does not fit."""
    import asyncio

    from commands.audit import verify as command
    from commands.audit.asked import language

    wanted, spoken = command.only_one(number, everything), language(lang)
    engine = database()
    asked = command.verify(
        settings(), engine, wanted, issuer, ask_server=not without_histories, language=spoken, say=say
    )
    report = asyncio.run(asked)
    show(report.model_dump(mode="json"), as_json, lambda: typer.echo(command.words(engine, report, spoken)))
    raise typer.Exit(command.exit_code(report))


@app.command()
def file(
    path: Annotated[Path, typer.Argument(help="A file as somebody has it.")],
    lang: Lang = "vi",
    as_json: AsJson = False,
) -> None:
    """Say whether a file was handed in: for what, by whom, when, and whether that register's chain holds.

    Ends with 4 where nobody handed it in, 3 where it was and the chain does not hold.
    """
    from commands.audit import file as command
    from commands.audit.asked import language

    spoken = language(lang)
    found = command.find_file(database(), path)
    show(found, as_json, lambda: typer.echo(command.words(found, spoken)))
    raise typer.Exit(command.exit_code(found))


@app.command()
def archive(
    number: Annotated[
        str | None, typer.Argument(help="Only this directive, also what is archived already: mends what is broken.")
    ] = None,
    issuer: Issuer = None,
    as_json: AsJson = False,
) -> None:
    """Archive closed registers now, with histories, files and mails; `dondoc up` does so every quarter of an hour."""
    import asyncio

    from commands.audit import archive as command

    done = asyncio.run(command.archive(settings(), database(), number, issuer))
    show(done, as_json, lambda: command.tell(done))
    raise typer.Exit(command.exit_code(done))


@app.command()
def anchor(as_json: AsJson = False) -> None:
    """Write a sheet with the heads of all chains now, to be mailed or printed; `dondoc up` writes one a day."""
    from commands.audit import anchor as command

    done = command.anchor(settings(), database())
    show(done, as_json, lambda: say(command.words(done)))
    raise typer.Exit(command.exit_code(done))


@app.command()
def history(
    workflow: Annotated[
        str | None, typer.Argument(help="Number of a directive, its name or id, or the id of a register's workflow.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Code of the unit that keeps the register; else the first.")] = None,
    issuer: Issuer = None,
    file: Annotated[
        Path | None, typer.Option(help="A history exported with Temporal's own tools, instead of a workflow.")
    ] = None,
    run: Annotated[str | None, typer.Option(help="Only this run, by the beginning of its id.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Temporal's own JSON of one run, unchanged.")] = False,
    lang: Lang = "vi",
    as_json: AsJson = False,
) -> None:
    """Tell a Temporal event history in the words of the trail: from the server, or from the archive."""
    import asyncio

    from commands.audit.asked import language
    from commands.audit.history import Wanted, find_history, raw_json
    from commands.audit.show_history import described, names, show_steps, steps

    spoken = language(lang)
    engine, looked = asyncio.run(find_history(settings(), Wanted(workflow, unit, issuer, file), spoken))
    if raw:
        typer.echo(raw_json(looked, run))
    else:
        found = steps(looked, run, names(engine), spoken)
        show(described(looked, found), as_json, lambda: show_steps(found, spoken))
    for line in looked.told_of(spoken):
        say(line)


@app.command()
def units(
    first: From = None,
    last: To = None,
    level: Annotated[str | None, typer.Option(help="Only ministry, province, district or commune.")] = None,
    as_csv: AsCsv = None,
    as_json: AsJson = False,
) -> None:
    """Show how units kept their time across directives and years: on time, late, extensions, silent days."""
    from commands.audit import units as command
    from commands.audit.writing import take_away
    from models.journal import INSTALLATION

    engine = database()
    found = command.records(engine, first, last, level)
    if as_csv is not None:
        digest = take_away(engine, as_csv, command.HEAD, command.rows(found), what="units", chain=INSTALLATION)
        say(f"{as_csv} is written, SHA-256 {digest}")
    if as_json or as_csv is None:
        show([record.described() for record in found], as_json, lambda: command.show_records(found))


@app.command()
def obligation(
    number: Number,
    key: Annotated[str, typer.Argument(help="The obligation, e.g. annual-plan@481-ldtbxh.")],
    issuer: Issuer = None,
    lang: Lang = "vi",
    as_csv: AsCsv = None,
    as_json: AsJson = False,
) -> None:
    """Tell the life of one obligation from beginning to end, the mails about it, and in whose hands its time was.

    Ends with 3 where it is not what the events make of it, or the chain of its register does not fit.
    """
    from commands.audit import checked
    from commands.audit import obligation as command
    from commands.audit.asked import language
    from commands.audit.writing import take_away
    from texts.language import speaking

    engine, spoken = database(), language(lang)
    found = command.life(engine, number, issuer, key)
    wrong = checked.check(engine, found.registers, spoken, found.key)
    with checked.telling(wrong):
        if as_csv is not None:
            with speaking(spoken):
                head, rows = command.rows(engine, found)
            digest = take_away(engine, as_csv, head, rows, what="obligation", chain=found.chain)
            say(f"{as_csv} is written, SHA-256 {digest}")
        if as_json:
            show(command.described(engine, found, wrong, spoken), True, lambda: None)
        elif as_csv is None:
            checked.show_warning(engine, wrong, spoken)
            command.show_life(engine, found, spoken)
    if wrong:
        say(checked.advice(spoken))
    raise typer.Exit(checked.exit_code(wrong))


@app.command()
def export(
    number: Number,
    output: Annotated[Path, typer.Option("--output", "-o", help="The bundle to write (ZIP).")],
    issuer: Issuer = None,
    as_json: AsJson = False,
) -> None:
    """Take a directive away: all on record of it, signed; ends with 3 where something does not hold or is missing."""
    from commands.audit import export as command

    done = command.take_away(settings(), database(), number, issuer, output)
    show(done, as_json, lambda: None)
    for line in command.words(done):
        say(line)
    raise typer.Exit(command.exit_code(done))


@keys.callback()
def key() -> None:
    """Keys with which bundles are signed."""


@keys.command("new")
def new_key(
    file: Annotated[Path, typer.Argument(help="Where to write the private key (PEM).")], as_json: AsJson = False
) -> None:
    """Make a key to sign bundles with, and print its public part; set DONDOC_SIGNING_KEY to the file."""
    from commands.audit import key as command

    done = command.new(file)
    show(done, as_json, lambda: typer.echo(command.words(done)))
    say(f"{done['file']} is written for its owner only: keep a copy where nobody else reads it")


@keys.command("show")
def show_key(
    file: Annotated[
        Path | None, typer.Argument(help="The private key (PEM); left out: the one of DONDOC_SIGNING_KEY.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the public part of a key, and its fingerprint."""
    from commands.audit import key as command

    done = command.show(settings(), file)
    show(done, as_json, lambda: typer.echo(command.words(done)))
