"""The summary for machines: JSON that people can read too, and that is written piece by piece however long it is.

Values stand in the order of the model, the rows of a list in the order of the summary and each on a line of its own,
so that two reports can be compared line by line. docs/report-data.md says what each value means.
"""

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic_core import to_json as encoded

from models.summary import Summary


def to_json(summary: Summary) -> Iterator[bytes]:
    """The pieces of the file in UTF-8, one value or row each."""
    opening = b"{\n"
    for name in type(summary).model_fields:
        yield b'%b  "%b": ' % (opening, name.encode())
        yield from _value(getattr(summary, name))
        opening = b",\n"
    yield b"\n}\n"


def _value(value: object) -> Iterator[bytes]:
    if isinstance(value, tuple) and value:
        before = b"[\n    "
        for row in value:
            yield before + _row(row)
            before = b",\n    "
        yield b"\n  ]"
    else:
        yield _row(value)


def _row(value: object) -> bytes:
    return value.model_dump_json().encode() if isinstance(value, BaseModel) else encoded(value)
