"""Days as people type them at the command line."""

from datetime import date, datetime

from commands.errors import CommandError, Exit
from models.written import EARLIEST, LATEST

_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


def day(text: str, option: str) -> date:
    """The day of `31/07/2025` or `2025-07-31`. Raises `CommandError` INVALID, which names the option, for others."""
    for form in _FORMS:
        try:
            found = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            return found
    raise CommandError(Exit.INVALID, f"{option}: {text!r} is no day; write it like 31/07/2025 or 2025-07-31")
