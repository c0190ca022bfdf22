"""`dondoc name-holder`: somebody answers for a unit, in every register of a directive that knows it."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from changing.sending import Order, send_all
from commands.counting import count
from commands.errors import CommandError, Exit
from commands.stepping.looking import Looked
from commands.stepping.outcome import Left, Outcome
from commands.stepping.run import Desk
from models.command import NameHolder
from models.holder import Arrangement
from rules.holders import EMAIL
from rules.suggestions import did_you_mean
from store.units import load_units


@dataclass(frozen=True)
class Named:
    """Whom somebody names, and between which days if he is a substitute."""

    name: str
    email: str
    arrangement: Arrangement
    first: date | None
    last: date | None


def arrangement_of(word: str) -> Arrangement:
    """Raises `CommandError` INVALID for a word that is none."""
    known = [item.value for item in Arrangement]
    if word not in known:
        raise CommandError(Exit.INVALID, f"--as: no {word!r}{did_you_mean(word, known)}; there are {', '.join(known)}")
    return Arrangement(word)


async def name_holder(desk: Desk, looked: Looked, unit: str, named: Named, reason: str) -> Outcome:
    """Name somebody for a unit wherever it owes, reviews or keeps a register.

    Raises `CommandError`: NOT_FOUND for a unit that the directive does not know, INVALID for an address that is none,
    and what `ask` raises.
    """
    if not EMAIL.fullmatch(named.email):
        raise CommandError(Exit.INVALID, f"--email: {named.email!r} is no address, write it like lan@so.gov.vn")
    registers = {
        line.cascade_id: line.issuer
        for line in looked.lines
        if unit in {line.unit, line.issuer, *(reviewer.unit for reviewer in line.reviewers)}
    }
    if not registers:
        hint = did_you_mean(unit, {line.unit for line in looked.lines})
        raise CommandError(Exit.NOT_FOUND, f"{unit!r} has nothing to do with {looked.row.number}{hint}")
    called = load_units(desk.engine, [unit])[unit].short_name
    desk.terminal.ask(
        f"{named.name} <{named.email}> will be {named.arrangement} for {called} "
        f"in {count(len(registers), 'register')}. Go on?"
    )
    cascades = await desk.connect()
    invocation = uuid4()
    orders = [
        Order(
            cascade_id,
            NameHolder(**looked.stamp(f"{invocation}/{number}"), unit=unit, reason=reason, **vars(named)),
        )
        for number, cascade_id in enumerate(registers)
    ]
    answers = await send_all(cascades, orders, lambda count: desk.terminal.progress(count, len(orders)))
    results = list(zip(registers.items(), answers, strict=True))
    return Outcome(
        "name-holder",
        looked.said | {"unit": unit},
        tuple(cascade_id for (cascade_id, _), answer in results if answer.taken),
        tuple(
            Left(cascade_id, called, issuer, answer.refused)
            for (cascade_id, issuer), answer in results
            if not answer.taken
        ),
    )
