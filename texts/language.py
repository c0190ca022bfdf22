"""The language in which a page is written: Vietnamese words stand in the source, others come from catalogues.

Only what is written for the web changes its language; mails, reports and the record are Vietnamese, because nothing
sets another language there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

CATALOGUES = Path(__file__).parent


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


_VIETNAMESE = Language.VIETNAMESE
"""Looked up once: a page or a story asks for thousands of messages, which are Vietnamese as they stand."""
_spoken = ContextVar("language", default=Language.VIETNAMESE)


def spoken() -> Language:
    """The language of what is being written now."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Write everything inside in a language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def gettext(message: str, /, **values: Any) -> str:
    """A message in the language that is spoken, with `%(name)s` replaced; a percent sign itself is written `%%`."""
    language = _spoken.get()
    return (message if language is _VIETNAMESE else _catalogue(language).gettext(message)) % values


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> str:
    """The same for a message with a number, `%(num)s`; Vietnamese has one form, and takes it twice."""
    return raw_ngettext(singular, plural, number) % ({"num": number} | values)


def raw_gettext(message: str) -> str:
    """A message with its placeholders: templates escape what they put in."""
    language = _spoken.get()
    return message if language is _VIETNAMESE else _catalogue(language).gettext(message)


def raw_ngettext(singular: str, plural: str, number: int) -> str:
    """The same for a message with a number."""
    return _catalogue(spoken()).ngettext(singular, plural, number)


def mark(message: str) -> str:
    """A message that is looked up only where it is shown: `gettext(WORDS[key])`."""
    return message


@cache
def _catalogue(language: Language) -> NullTranslations:
    """The catalogue of a language, compiled when it is first asked for; Vietnamese needs none."""
    if language is Language.VIETNAMESE:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # takes its time, and only English pages need it
    from babel.messages.pofile import read_po

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language.value, domain="dondoc")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
