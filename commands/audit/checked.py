"""What a story says of the record that it is told from: whether its chains fit themselves, and what to do where not."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from audit.verify.finding import Finding
from audit.verify.shown import check_shown
from audit.verify.words import finding_line, not_to_be_trusted
from commands.errors import CommandError, Exit
from store.snapshot import Snapshots
from texts.language import Language, speaking

_UNREAD = "the record cannot be read as it stands: %s; run `dondoc audit verify`"


def check(engine: Engine, chains: Iterable[str], language: Language, obligation: str | None = None) -> list[Finding]:
    """What does not fit itself in the registers that are shown. Raises `Unreachable`."""
    with speaking(language):
        return check_shown(Snapshots(engine), chains, obligation)


def show_warning(engine: Engine, wrong: Sequence[Finding], language: Language) -> None:
    """Say before a story that it is told from a record that was changed; nothing where it fits."""
    if not wrong:
        return
    console, keepers = Console(highlight=False), Snapshots(engine).keepers()
    with speaking(language):
        for each in wrong:
            console.print(f"[bold red]{escape(finding_line(each, keepers))}[/bold red]")
        console.print(f"[bold red]{escape(advice(language))}[/bold red]\n")


def advice(language: Language) -> str:
    """What somebody must know who reads a story of a record that was changed."""
    with speaking(language):
        return not_to_be_trusted()


def exit_code(wrong: Sequence[Finding]) -> Exit:
    """3 where something does not fit."""
    return Exit.REFUSED if wrong else Exit.DONE


@contextmanager
def telling(wrong: Sequence[Finding]) -> Iterator[None]:
    """While a story is told: entries that were changed may not be readable any more. Raises `CommandError` REFUSED with
    what is wrong."""
    try:
        yield
    except (ValidationError, KeyError, ValueError) as error:
        if not wrong:
            raise
        raise CommandError(Exit.REFUSED, _UNREAD % "; ".join(each.words for each in wrong)) from error
