"""`dondoc remind`, `extend`, `waive`, … : one intervention for many obligations, chosen by keys or filters."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from commands.groups.common import AsJson, Issuer, Number, database
from commands.groups.stepping_common import By, Until, Whole, Why, Yes, carry_out

app = typer.Typer()

Several = list[str] | None
_PLAIN = {
    "remind": "Chase now what is owed, beside the ladder. At most once a day.",
    "waive": "Excuse units from what they owe. They need not do it.",
    "not-applicable": "Mark what never applied to units. It is left out of every figure.",
    "withdraw": "Withdraw what was asked of units.",
    "reinstate": "Ask again for what was released or accepted. What was waived, withdrawn or not applicable is owed "
    "again; what was accepted is returned.",
    "suspend": "Pause what is owed, until `resume`. Its clock stands still.",
    "resume": "Let what was suspended go on. The working days that were left are left.",
}
"""Interventions that need no more than a reason."""


def _of_chosen(
    making: Callable[..., Any],
    number: Number,
    keys: Annotated[
        Several, typer.Argument(metavar="KEY", help="Obligations as requirement@unit, e.g. annual-plan@481-ldtbxh.")
    ] = None,
    *,
    reason: Why,
    unit: Annotated[Several, typer.Option("--unit", help="Of this unit; may be repeated.")] = None,
    below: Annotated[str | None, typer.Option("--below", help="Of units that stand below this one.")] = None,
    level: Annotated[
        str | None, typer.Option("--level", help="Of units of this level: ministry, province, district or commune.")
    ] = None,
    requirement: Annotated[
        Several, typer.Option("--requirement", help="Of this requirement or series; may be repeated.")
    ] = None,
    state: Annotated[
        Several, typer.Option("--state", help="In this state, e.g. open, returned or submitted; may be repeated.")
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is overdue.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All that fits; instead of keys and filters.")] = False,
    whole: Whole = False,
    issuer: Issuer = None,
    by: By = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Do to the chosen obligations what `making` makes of the directive and the reason."""
    from commands.stepping.choosing import Wanted, choose
    from commands.stepping.run import step_in

    wanted = Wanted(keys or (), unit or (), below, level, requirement or (), state or (), late, everything)

    def act(desk: Any, looked: Any) -> Any:
        return step_in(desk, looked, choose(desk.engine, looked, wanted), making(looked, reason))

    carry_out(act, number, issuer, by, yes=yes, as_json=as_json, whole=whole)


def _of_many(making: Callable[..., Any]) -> Callable[..., None]:
    """A command for many obligations: how they are chosen is the same for all, so that only what `making` asks for
    beside the directive and the reason is written there; typer reads both from the signature."""
    _, *shared = inspect.signature(_of_chosen).parameters.values()
    own = [item for name, item in inspect.signature(making).parameters.items() if name not in {"looked", "reason"}]

    def command(**typed: Any) -> None:
        options = {item.name: typed.pop(item.name) for item in own}
        _of_chosen(lambda looked, reason: making(looked, reason, **options), **typed)

    parameters = [*shared, *own]
    command.__doc__, command.__name__ = making.__doc__, making.__name__
    command.__annotations__ = {item.name: item.annotation for item in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


def _plain(name: str) -> Callable[[Any, str], Any]:
    def making(looked: Any, reason: str) -> Any:
        from commands.stepping.interventions import PLAIN

        return PLAIN[name](looked, reason)

    return making


for _name, _help in _PLAIN.items():
    app.command(_name, help=_help)(_of_many(_plain(_name)))


@app.command()
@_of_many
def extend(looked: Any, reason: str, *, until: Until) -> Any:
    """Put the due date off. What is due later already is left alone."""
    from commands.stepping import interventions
    from commands.stepping.days import day

    return interventions.extend(looked, day(until, "--until"), reason)


@app.command("set-due")
@_of_many
def set_due(looked: Any, reason: str, *, until: Until) -> Any:
    """Set another due date: later, earlier, or the first one."""
    from commands.stepping import interventions
    from commands.stepping.days import day

    return interventions.set_due(looked, day(until, "--until"), reason)


@app.command()
@_of_many
def reassign(
    looked: Any, reason: str, *, to: Annotated[str, typer.Option(help="Code of the unit that owes it from now on.")]
) -> Any:
    """Give what one unit owes to another, as it stands."""
    from commands.stepping import interventions
    from commands.stepping.choosing import unit_on

    return interventions.reassign(looked, unit_on(database(), to, looked.today), reason)
