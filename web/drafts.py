"""A form as it stands between two posts: what was typed, what is stored, what is wrong."""

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.document import FileRef
from texts.language import gettext as _
from texts.language import mark
from web.bodies import Body

_COMMAND = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Also what turns the direction of reading, and what no XML may hold."""

LONGEST = {
    "signer": 200,
    "issuer": 300,
    "title": 1000,
    "note": 10_000,
    "comment": 5_000,
    "held_name": 300,
    "held_place": 300,
    "role": 200,
    "text": 5_000,
    "by": 300,
    "words": 5_000,
    "body": 300,
    "reason": 5_000,
    "why": 2_000,
    "receiver": 300,
    "typed": 5_000,
    "name": 200,
    "email": 254,
}
"""Characters that a field may hold, by its name up to the first dot; 100 for all others."""
STALE = mark("Biểu mẫu không còn dùng được; nội dung vẫn được giữ, đề nghị bấm gửi lại một lần nữa.")


def new_command() -> str:
    """A random id that makes a pressed button count once, however often the form arrives."""
    return secrets.token_urlsafe(18)


@dataclass
class Draft:
    """`errors` maps field names to what to do; `form` stands for the form as a whole. `saved_at` is when it was last
    kept for later (real time)."""

    command: str = field(default_factory=new_command)
    values: dict[str, str] = field(default_factory=dict)
    kept: tuple[FileRef, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    shown: bool = False
    saved_at: datetime | None = None

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    def renewed(self) -> "Draft":
        """The same form under a new id, for when the old one has been refused."""
        return replace(self, command=new_command())


def posted(body: Body, names: tuple[str, ...]) -> Draft:
    """The draft that a post holds, with these fields: control characters removed, overlong text an error."""
    draft = Draft(shown=True)
    for name in names:
        text = _CONTROL.sub("", body.text(name).replace("\r\n", "\n").replace("\r", "\n")).strip()
        limit = LONGEST.get(name.partition(".")[0], 100)
        if len(text) > limit:
            message = _("Dài %(length)s ký tự; tối đa %(limit)s ký tự.", length=len(text), limit=limit)
            draft.errors[name] = message
        draft.values[name] = text
    if _COMMAND.fullmatch(body.text("command")):
        draft.command = body.text("command")
    else:
        draft.errors["form"] = _(STALE)
    return draft
