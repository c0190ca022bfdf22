"""What may be done to what runs, in words that pages share."""

from dataclasses import dataclass

from texts.language import gettext as _


@dataclass(frozen=True)
class Said:
    """What something is called, what it means, and that it was done."""

    called: str
    meaning: str
    done: str

    def here(self) -> "Said":
        """Marked words in the language of the page."""
        return Said(_(self.called), _(self.meaning), _(self.done))
