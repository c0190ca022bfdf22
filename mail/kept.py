"""The words of a mail as they are kept: all that its reader was told, and no way in (pure)."""

import re

_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}")
"""Links have 43 such letters behind the last slash (store/links.py), also one that somebody copied into his words."""
CUT = "…"


def without_links(text: str, url: str) -> str:
    """A mail's text, with the secret of its own link `url` and of any other left out."""
    return _TOKEN.sub(CUT, text.replace(url, f"{url.rpartition('/')[0]}/{CUT}"))
