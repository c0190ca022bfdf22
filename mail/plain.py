"""Foreign words made harmless before they get into a header, a sentence or a list (pure)."""

import unicodedata


def one_line(text: str) -> str:
    """A text without line breaks, control or invisible characters, also those that turn the direction of reading."""
    if text.isprintable():  # no separator but the space, and nothing of category C; so are nearly all texts
        return " ".join(text.split())
    spaced = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text)
    return " ".join(spaced.split())
