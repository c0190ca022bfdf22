"""Reads the forms of a page, as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it posts to, and its fields with the values they have before anybody types."""

    action: str
    name: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(action=values.get("action", ""), name=values.get("id", ""))
            self.forms.append(self._open)
        elif self._open is not None and tag in {"input", "textarea", "select"} and "name" in values:
            self._open.names.add(values["name"])
            ticked = values.get("type") not in {"checkbox", "radio", "file"} or "checked" in values
            if ticked and "value" in values:
                self._open.fields[values["name"]] = values["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms(html: str) -> list[Form]:
    """All forms of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
