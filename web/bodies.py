"""Reads a posted form without taking in more than the limits allow."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from models.journal import Invalid

_TEXT_LIMIT = 256 * 1024
_MAX_FILES = 60
_MAX_FIELDS = 5000  # a tick for each of 3,321 communes, where a directive addresses all of the country
_ALL_FILES = 2
_PATIENCE = 10


class _TooMuch(Exception):
    """The request holds more than it may."""


@dataclass
class Body:
    """The posted fields in order, and the chosen files. `cut_short`: more came than may come in, or something that is
    no form; the fields before it are here, but no files. `wrong` is what was found to be wrong with files."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[UploadFile] = field(default_factory=list)
    cut_short: bool = False
    wrong: list[Invalid] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The first value of a field, empty where it is missing."""
        return next((value for key, value in self.fields if key == name), "")

    def texts(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.fields if key == name]

    def exceeds(self, max_upload: int) -> bool:
        """Whether any file, or all of them together, were too much; one file may have `max_upload` bytes."""
        return self.cut_short or any((upload.size or 0) > max_upload for upload in self.files)

    def close(self) -> None:
        """Give the temporary files back."""
        for upload in self.files:
            upload.file.close()


async def read_body(request: Request, max_upload: int) -> Body:
    """The form of a POST; what cannot be read as a form is left out. All files together may have twice `max_upload`."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    parser: MultiPartParser | FormParser
    if media_type == "multipart/form-data":
        limit = _ALL_FILES * max_upload + _TEXT_LIMIT
        parser = MultiPartParser(
            request.headers,
            _limited(request, limit),
            max_files=_MAX_FILES,
            max_fields=_MAX_FIELDS,
            max_part_size=_TEXT_LIMIT,
        )
    elif media_type == "application/x-www-form-urlencoded":
        parser = FormParser(request.headers, _limited(request, _TEXT_LIMIT), max_fields=_MAX_FIELDS)
    else:
        return Body()
    return await _parsed(parser)


async def _parsed(parser: MultiPartParser | FormParser) -> Body:
    body = Body()
    try:
        items = (await parser.parse()).multi_items()
    except (_TooMuch, MultiPartException):
        body.cut_short = True  # whoever takes in files says so: half of a form is not what was meant
        items = [] if isinstance(parser, FormParser) else parser.items
    for key, value in items:
        if isinstance(value, str):
            body.fields.append((key, value))
        elif not value.file.closed:
            body.files.append(value)
    return body


async def _limited(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The request's bytes up to a limit.

    What is beyond is read and thrown away, within reason, because browsers show an answer only after they have sent
    everything. Raises `_TooMuch` then.
    """
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            yield chunk
        elif size > _PATIENCE * limit:
            break
    if size > limit:
        raise _TooMuch
