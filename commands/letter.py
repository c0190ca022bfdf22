"""`dondoc letter NUMBER --unit CODE`: the letter that presses a unit for what it owes, made at any time."""

from pathlib import Path

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.lists import find, obligations
from reports.chase_letter import chase_letters
from store.papers import PaperData


def write_letter(engine: Engine, number: str, issuer: str | None, unit: str, file: Path) -> int:
    """Write the letters to a unit, of every register in which it is pressed for something, as one .docx; returns how
    many there are.

    Raises `CommandError`: NOT_FOUND for an unknown directive or a unit that owes nothing in it, REFUSED where it is
    pressed for nothing, INVALID where the file cannot be written.
    """
    lines = obligations(engine, number, issuer, unit=unit, state=None, requirement=None)
    keepers = {line.cascade_id: line.issuer for line in lines}
    data = PaperData(engine)
    letters = [data.chase_letter(cascade_id, keeper, unit) for cascade_id, keeper in keepers.items()]
    found = [letter for letter in letters if letter is not None]
    if not found:
        number = find(engine, number, issuer).number
        raise CommandError(Exit.REFUSED, f"nothing that {unit} owes in {number} is late, returned or chased by now")
    try:
        file.write_bytes(chase_letters(found))
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror}") from error
    return len(found)
