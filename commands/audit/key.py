"""`dondoc audit key`: keys with which bundles are signed."""

from pathlib import Path
from typing import Any

from audit.archive.anchors import grouped
from audit.bundle.signing import KeyBroken, SigningKey, load_key, make_key
from commands.errors import CommandError, Exit
from settings import Settings


def new(file: Path) -> dict[str, Any]:
    """Make a key. Raises `CommandError`: REFUSED where there is a file already, INVALID where it cannot be written."""
    try:
        return _described(file, make_key(file))
    except FileExistsError:
        raise CommandError(Exit.REFUSED, f"{file} is there already; keys are never overwritten") from None
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror}") from error


def show(settings: Settings, file: Path | None) -> dict[str, Any]:
    """What may be known of the key in a file, left out: of the one that bundles are signed with. Raises `CommandError`
    INVALID where that is none."""
    file = file or settings.signing_key
    if file is None:
        raise CommandError(Exit.INVALID, "name the file of a key, or set DONDOC_SIGNING_KEY")
    try:
        return _described(file, load_key(file))
    except KeyBroken as error:
        raise CommandError(Exit.INVALID, str(error)) from error


def words(done: dict[str, Any]) -> str:
    """The public key, and what its fingerprint is for."""
    return f"{done['public_key']}SHA-256 fingerprint: {grouped(done['fingerprint'])}"


def _described(file: Path, key: SigningKey) -> dict[str, Any]:
    return {"file": str(file.absolute()), "public_key": key.public_pem, "fingerprint": key.fingerprint}
