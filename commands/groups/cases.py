"""`dondoc accept-paper`, `grant`, `refuse`, `name-holder`, `cancel`, `close`: stepping in by single cases, or for the
whole directive."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.groups.common import AsJson, Issuer, Number, say, settings
from commands.groups.stepping_common import By, Whole, Why, Yes, carry_out

app = typer.Typer()

Requests = Annotated[list[str], typer.Argument(help="Requests as `dondoc status` names them, e.g. plan@481-ubnd/r7.")]


@app.command("accept-paper")
def accept_paper(
    number: Number,
    key: Annotated[str, typer.Argument(help="The obligation as requirement@unit, e.g. annual-plan@481-ldtbxh.")],
    received: Annotated[
        str, typer.Option(help="The day on which the paper came, like 31/07/2025; lateness goes by it.")
    ],
    reason: Why,
    document: Annotated[str | None, typer.Option(help="Number of the document, e.g. 25/KH-UBND.")] = None,
    dated: Annotated[str | None, typer.Option(help="The day that stands on the document, like 31/07/2025.")] = None,
    file: Annotated[list[Path] | None, typer.Option(help="A scan of it; may be repeated.")] = None,
    outcome: Annotated[
        str | None, typer.Option(help="What became of a proposal or comment, where the requirement asks for that.")
    ] = None,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Accept on behalf of a unit what it gave on paper."""
    from commands.errors import CommandError, Exit
    from commands.stepping.choosing import Wanted, choose, outcome_of
    from commands.stepping.days import day
    from commands.stepping.interventions import accept_paper as accepting
    from commands.stepping.papers import read_paper
    from commands.stepping.run import step_in
    from store.files import FileStore

    if dated and not document:
        raise CommandError(Exit.INVALID, "--dated is the day of a document: give its number, too, with --document")
    on = day(dated, "--dated") if dated else None
    paper = read_paper(document, on, file or ())
    intervention = accepting(paper.answer, day(received, "--received"), outcome_of(outcome), reason)
    for doubt in paper.doubts:
        say(f"--document: {doubt}")

    def act(desk: Any, looked: Any) -> Any:
        lines = choose(desk.engine, looked, Wanted(keys=(key,)))
        return step_in(desk, looked, lines, intervention, lambda: paper.store(FileStore(settings().files)))

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json)


@app.command()
def grant(
    number: Number,
    requests: Requests,
    reason: Why,
    until: Annotated[str | None, typer.Option(help="Another last day than was asked for, like 31/07/2025.")] = None,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Grant what units asked for. That is more time, release, or that something does not apply."""
    from commands.stepping.days import day
    from commands.stepping.deciding import answer_requests

    day_granted = day(until, "--until") if until else None

    def act(desk: Any, looked: Any) -> Any:
        return answer_requests(desk, looked, requests, granted=True, until=day_granted, words=reason)

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json)


@app.command()
def refuse(
    number: Number,
    requests: Requests,
    reason: Why,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Refuse what units asked for."""
    from commands.stepping.deciding import answer_requests

    def act(desk: Any, looked: Any) -> Any:
        return answer_requests(desk, looked, requests, granted=False, until=None, words=reason)

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json)


@app.command("name-holder")
def name_holder(
    number: Number,
    unit: Annotated[str, typer.Argument(help="Code of the unit for which somebody is to answer.")],
    name: Annotated[str, typer.Option(help="His or her name.")],
    email: Annotated[str, typer.Option(help="His or her address.")],
    reason: Why,
    arrangement: Annotated[str, typer.Option("--as", help="successor, colleague or substitute.")] = "successor",
    first: Annotated[str | None, typer.Option("--from", help="First day of a substitute.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day of a substitute.")] = None,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Name who answers for a unit. Every register of the directive that knows the unit is told."""
    from commands.stepping import people
    from commands.stepping.days import day

    named = people.Named(
        name=name,
        email=email,
        arrangement=people.arrangement_of(arrangement),
        first=day(first, "--from") if first else None,
        last=day(last, "--to") if last else None,
    )

    def act(desk: Any, looked: Any) -> Any:
        return people.name_holder(desk, looked, unit, named, reason)

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json)


@app.command()
def cancel(
    number: Number,
    reason: Why,
    whole: Whole = False,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Cancel a directive. What is not done is withdrawn, and all its registers close."""
    _end(True, number, issuer, reason, by, yes=yes, as_json=as_json, whole=whole)


@app.command()
def close(
    number: Number,
    reason: Why,
    whole: Whole = False,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Close a directive before its time. What is owed stays unfulfilled."""
    _end(False, number, issuer, reason, by, yes=yes, as_json=as_json, whole=whole)


def _end(
    cancelled: bool,
    number: str,
    issuer: str | None,
    reason: str,
    by: str | None,
    *,
    yes: bool,
    as_json: bool,
    whole: bool,
) -> None:
    from commands.stepping.ending import end

    def act(desk: Any, looked: Any) -> Any:
        return end(desk, looked, cancelled=cancelled, reason=reason)

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json, whole=whole)
