"""Reads the catalogues that are shipped: indicators, and documents that directives cite (data/README.md)."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from models.catalogue import BrokenCatalogue, KnownDocument
from models.indicator import CatalogueIndicator

_Rows = TypeVar("_Rows")
_DATA = Path(__file__).parent.parent / "data"
_INDICATORS = TypeAdapter(tuple[CatalogueIndicator, ...])
_DOCUMENTS = TypeAdapter(tuple[KnownDocument, ...])


def indicators(folder: Path = _DATA / "indicators") -> dict[str, CatalogueIndicator]:
    """The indicators of all catalogues, by code."""
    return {row.code: row for file in _files(folder) for row in _read(file, _INDICATORS)}


def known_documents(folder: Path = _DATA / "documents") -> tuple[KnownDocument, ...]:
    """The documents that are known to exist."""
    return tuple(document for file in _files(folder) for document in _read(file, _DOCUMENTS))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _read(file: Path, rows: TypeAdapter[_Rows]) -> _Rows:
    """What a file holds. Raises `BrokenCatalogue`."""
    try:
        return rows.validate_python(yaml.safe_load(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BrokenCatalogue(f"{file}: {where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenCatalogue(f"{file}: cannot be read as a catalogue: {error}") from error
