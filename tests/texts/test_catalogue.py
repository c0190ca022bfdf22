"""The English catalogue is complete: `make texts` takes in what is new, and everything in it is translated."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
VIETNAMESE = re.compile("[ăâđêôơưàáạảãằắặẳẵầấậẩẫèéẹẻẽềếệểễìíịỉĩòóọỏõồốộổỗờớợởỡùúụủũừứựửữỳýỵỷỹ]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "texts" / "en.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the source says now, by the same command as `make texts`."""
    found = tmp_path_factory.mktemp("texts") / "messages.pot"
    options = ["--quiet", "extract", "-F", str(ROOT / "pyproject.toml"), "-k", "mark", "-o", str(found)]
    with pytest.MonkeyPatch.context() as context:
        context.chdir(ROOT)  # the patterns in pyproject.toml start at the root
        CommandLineInterface().run(["pybabel", *options, "."])  # type: ignore[no-untyped-call]
    with found.open("rb") as file:
        return read_po(file)


def ids(catalogue: Catalog) -> set[str]:
    return {first(message) for message in catalogue if message.id}


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def test_every_message_of_the_source_is_in_the_catalogue_and_no_other(english: Catalog, extracted: Catalog) -> None:
    assert len(ids(extracted)) > 150
    assert sorted(ids(extracted) - ids(english)) == []
    assert sorted(ids(english) - ids(extracted)) == []
    assert not english.obsolete


def test_every_message_is_translated_and_none_is_guessed(english: Catalog) -> None:
    missing = [first(message) for message in english if message.id and not all(translations(message))]
    assert missing == []
    assert [first(message) for message in english if message.fuzzy and message.id] == []


def test_translations_have_the_placeholders_of_their_message(english: Catalog) -> None:
    for message in english:
        for translation in translations(message):
            assert set(PLACEHOLDER.findall(translation)) == set(PLACEHOLDER.findall(first(message))), first(message)
            assert not re.search(r"%(?!\(\w+\)s|%)", translation), first(message)
    assert [(first(message), errors) for message, errors in english.check()] == []


def test_translations_are_english(english: Catalog) -> None:
    assert [text for message in english for text in translations(message) if VIETNAMESE.search(text)] == []


def test_translations_end_as_their_message_does(english: Catalog) -> None:
    def ending(text: str) -> str:
        return text[-1] if text[-1:] in ".:?…" else ""

    differing = [
        first(message)
        for message in english
        if message.id and any(ending(text) != ending(first(message)) for text in translations(message))
    ]
    assert differing == []


def test_the_catalogue_changes_only_where_words_do() -> None:
    text = (ROOT / "texts" / "en.po").read_text("utf-8")
    assert "POT-Creation-Date" not in text
    assert "\n#: " not in text
