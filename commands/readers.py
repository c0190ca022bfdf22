"""`dondoc readers add|list|remove`: who may use the reading room."""

from collections.abc import Iterable
from getpass import getuser
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.units import unit
from models.actor import Actor, ActorKind, Identified
from models.reader import Reader, ReaderRole
from rules.holders import EMAIL
from rules.reading import as_listed, has_a_unit
from rules.suggestions import did_you_mean
from store.readers import all_readers, list_reader, remove_reader

_CAUSE = "dondoc readers"


def add(engine: Engine, address: str, role: str, code: str | None, name: str) -> dict[str, Any]:
    """Put somebody on the list, or change who he is there; returns him, and whether he is `new`.

    Raises `CommandError`: INVALID for an address, role, name or unit that does not fit, NOT_FOUND for an unknown unit.
    """
    listed, called = as_listed(address), " ".join(name.split())
    if not EMAIL.fullmatch(listed):
        raise CommandError(Exit.INVALID, f"{address!r} is not an e-mail address")
    if role not in list(ReaderRole):
        hint = did_you_mean(role, ReaderRole)
        raise CommandError(Exit.INVALID, f"--role: no role {role!r}{hint}; there are {', '.join(ReaderRole)}")
    if not called:
        raise CommandError(Exit.INVALID, "--name: say who it is")
    if has_a_unit(ReaderRole(role)) and not code:
        raise CommandError(Exit.INVALID, f"a {role} needs --unit: the code of the unit whose branch is seen")
    if code and not has_a_unit(ReaderRole(role)):
        raise CommandError(Exit.INVALID, f"--unit: an {role} has none")
    reader = Reader(address=listed, name=called, role=ReaderRole(role), unit=unit(engine, code).code if code else "")
    new = list_reader(engine, reader, _actor(), _CAUSE)
    return reader.model_dump(mode="json") | {"new": new}


def everybody(engine: Engine) -> list[dict[str, Any]]:
    """Everybody on the list, by address."""
    return [reader.model_dump(mode="json") for reader in all_readers(engine)]


def remove(engine: Engine, address: str) -> dict[str, Any]:
    """Take somebody off the list; where he is signed in, that ends. Raises `CommandError` NOT_FOUND."""
    listed = as_listed(address)
    if not remove_reader(engine, listed, _actor(), _CAUSE):
        hint = did_you_mean(listed, [reader.address for reader in all_readers(engine)])
        raise CommandError(Exit.NOT_FOUND, f"{listed!r} is not on the list{hint}; see `dondoc readers list`")
    return {"address": listed, "removed": True}


def show_readers(found: Iterable[dict[str, Any]]) -> None:
    """The list in a terminal."""
    table = Table("Address", "Name", "Role", "Unit")
    for reader in found:
        table.add_row(*(escape(reader[column]) for column in ("address", "name", "role", "unit")))
    Console().print(table if table.row_count else "nobody may use the reading room yet: `dondoc readers add`")


def _actor() -> Actor:
    return Actor(kind=ActorKind.OPERATOR, unit="", name=getuser(), identified=Identified.COMMAND_LINE)
