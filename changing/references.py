"""What a directive file may refer to: catalogues that are shipped, directives in the database, and its own files."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine

from changing.catalogues import indicators, known_documents
from models.document import FileRef
from rules.compiling.desk import References
from store import earlier


def references(engine: Engine, file: Callable[[str], FileRef | str]) -> References:
    """What a directive may refer to; `file` finds its files by their paths as written. Raises `BrokenCatalogue`."""
    return References(
        indicators=indicators(),
        documents=(*known_documents(), *earlier.known_documents(engine)),
        earlier=partial(earlier.find_earlier, engine),
        file=file,
    )
