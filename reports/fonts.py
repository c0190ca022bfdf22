"""Which of the fonts that PDFs ask for this machine has."""

import typst

FAMILIES = ("Times New Roman", "Tinos", "Libertinus Serif")
"""As the templates name them, the official one (Decree 30/2020) first; the last comes with typst."""


def found_font() -> str:
    """The first family that is here."""
    here = set(typst.Fonts().families())
    return next((family for family in FAMILIES if family in here), FAMILIES[-1])


def is_official(family: str) -> bool:
    """Whether a family is Times New Roman, or cut to its measures."""
    return family != FAMILIES[-1]
