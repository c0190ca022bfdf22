"""Why a directive cannot be changed, as the commands say it: an exit code and words."""

from collections.abc import Iterator
from contextlib import contextmanager

from changing.running import Running
from commands.errors import CommandError, Exit
from commands.stepping.looking import refused
from models.changing import CannotChange, Hindrance
from rules.refusals import Reason, Refused
from rules.words import day

_EXITS = {
    Hindrance.NOTHING_CHANGED: Exit.REFUSED,
    Hindrance.SAME_FILE: Exit.REFUSED,
    Hindrance.VERSION_UNTOLD: Exit.REFUSED,
    Hindrance.UNIT_NOT_VALID: Exit.REFUSED,
    Hindrance.CANNOT_ASK: Exit.REFUSED,
    Hindrance.NOT_APPLICABLE: Exit.REFUSED,
    Hindrance.UNKNOWN_UNIT: Exit.NOT_FOUND,
    Hindrance.UNKNOWN_REQUIREMENT: Exit.NOT_FOUND,
}
"""All others are faults of the file."""
_WORDS = {
    Hindrance.FILE_FAULTY: "{file} cannot take effect; nothing was changed:",
    Hindrance.OTHER_DIRECTIVE: "an amendment keeps number, issuer and date ({number} of {issuer}{on}); other here: "
    "{parts}. Another directive is started with `dondoc start`, and says under `replaces` what it changes",
    Hindrance.REPLACES_CHANGED: "`replaces` takes effect at the start: it stays as it is in an amendment",
    Hindrance.LINE_CHANGED: "`line` says who stands above whom: it stays as it is in an amendment",
    Hindrance.SAME_FILE: "{number} runs by this very file already",
    Hindrance.NOTHING_CHANGED: "{file}: nothing that {number} asks for is changed",
    Hindrance.VERSION_UNTOLD: "version {version} of {number} has not reached all registers: run `dondoc amend` with "
    "the file of that version again first",
    Hindrance.VERSION_UNREADABLE: "version {version} of {number} does not fit the registry any more, so nothing can be "
    "compared with it:",
    Hindrance.UNKNOWN_UNIT: "no unit {unit!r} in the registry{hint}",
    Hindrance.UNIT_NOT_VALID: "{name} does not exist on {day}",
    Hindrance.UNKNOWN_REQUIREMENT: "{number} has no requirement {requirement!r}{hint}",
    Hindrance.CANNOT_ASK: "{number} cannot ask that; nothing was changed:",
    Hindrance.NOT_APPLICABLE: "{requirement} of {number} does not apply to {unit}: it lacks the tag",
}
_PARTS = {"label": "number, type or, where it has none, title", "issuer": "issuer", "date": "date"}


@contextmanager
def explained(running: Running, file: str = "", owing: str = "") -> Iterator[None]:
    """Raises `CommandError` in the place of what hinders a change. `file` is the new version, `owing` who is enlisted,
    as people called them."""
    try:
        yield
    except CannotChange as hindered:
        raise _error(hindered, running, file) from hindered
    except Refused as refusal:
        about = {Reason.REASON_NEEDED: "" if file else running.row.number, Reason.ALREADY_OWES: owing}
        raise refused(refusal.reason, about.get(refusal.reason, running.row.number)) from refusal


def _error(hindered: CannotChange, running: Running, file: str) -> CommandError:
    row, issued = running.row, running.head.document.date
    parts = ", ".join(_PARTS[part] for part in hindered.about.get("parts", "").split(",") if part)
    on = f" of {day(issued)}" if issued else ""
    about = {"file": file, "number": row.number, "issuer": row.issuer, "on": on} | hindered.about | {"parts": parts}
    named = {
        Hindrance.FILE_FAULTY: file,
        Hindrance.VERSION_UNREADABLE: f"version {hindered.about.get('version')} of {row.number}",
    }.get(hindered.why, row.number)
    message = _WORDS[hindered.why].format(**about)
    return CommandError(_EXITS.get(hindered.why, Exit.INVALID), message, named, hindered.faults)
