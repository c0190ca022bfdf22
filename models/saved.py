"""What stays of a form that was not sent."""

from models.base import Instant, Wire
from models.document import FileRef


class SavedDraft(Wire):
    """The fields of a form as they were typed, and the files that were stored with it; `saved_at` is real time."""

    values: dict[str, str]
    kept: tuple[FileRef, ...] = ()
    saved_at: Instant


class Printed(Wire):
    """A document made for somebody who asked for it: bytes to be saved under a name."""

    name: str
    media_type: str
    content: bytes
