"""The catalogues that are shipped: the 20 indicators of the strategy, and the documents that directives cite."""

from datetime import date
from pathlib import Path

import pytest

from changing.catalogues import indicators, known_documents
from models.catalogue import BrokenCatalogue
from models.document import DocumentRef
from models.indicator import Comparator, Direction, IndicatorKind, Trust
from rules.catalogue import date_doubt, match, programme_doubt
from rules.numbers import normalise, parse


def test_the_strategy_has_twenty_indicators_compound_ones_in_several_rows() -> None:
    rows = indicators()
    wholes = {row.group or row.code for row in rows.values()}
    goals = [code.partition(".")[0] for code in wholes]
    assert [goals.count(goal) for goal in "123456"] == [1, 3, 4, 4, 4, 4]
    assert len(rows) == 23
    assert all(code == row.code for code, row in rows.items())


def test_rows_from_memory_say_so() -> None:
    memory = {code for code, row in indicators().items() if row.trust is Trust.MEMORY}
    assert memory == {"4.3", "5.2b", "5.3", "6.1", "6.2", "6.3", "6.4"}


@pytest.mark.parametrize(
    ("code", "direction", "comparator", "targets"),
    [
        ("1.1", Direction.UP, Comparator.AT_LEAST, {"2025": 60, "2030": 75}),
        ("2.2", Direction.DOWN, Comparator.LESS, {"2025": 30, "2030": 25}),
        ("3.1", Direction.DOWN, Comparator.AT_MOST, {"2025": 1.7, "2030": 1.4}),
        ("3.3", Direction.LEVEL, Comparator.EQUAL, {"2025": 100, "2030": 100}),
        ("5.4b", Direction.UP, Comparator.AT_LEAST, {"2025": 30, "2030": 35}),
    ],
)
def test_an_indicator_knows_which_way_is_better(
    code: str, direction: Direction, comparator: Comparator, targets: dict[str, float]
) -> None:
    row = indicators()[code]
    assert (row.direction, row.comparator, row.targets) == (direction, comparator, targets)


def test_gender_in_the_schools_is_a_matter_of_yes_or_no() -> None:
    assert indicators()["5.1"].kind is IndicatorKind.YES_NO


def test_the_known_documents_have_numbers_in_normal_form_each_once() -> None:
    documents = known_documents()
    assert len({(document.number, document.issuer) for document in documents}) == len(documents) == 18
    for document in documents:
        assert parse(document.number) is not None
        assert normalise(document.number) == document.number
        assert document.title
        assert document.date or document.year


def test_a_citation_is_found_and_its_wrong_date_doubted() -> None:
    """Hà Giang quotes the strategy's decision with a wrong year (DOMAIN section 4.1)."""
    citation = DocumentRef(number="2351/QĐ-TTg", normal="2351/QĐ-TTg", date=date(2009, 12, 24), issuer="TTg")
    found = match(citation, known_documents())
    assert found is not None
    assert "24/12/2010" in date_doubt(citation, found)


def test_every_known_programme_is_recognised_by_its_name() -> None:
    documents = known_documents()
    programmes = [document.programme for document in documents if document.programme]
    assert len(programmes) == 7
    assert [programme_doubt(programme, documents) for programme in programmes] == [""] * 7


@pytest.mark.parametrize("text", ["- {number: 1/A}", "- [", "number: 1/A"])
def test_a_broken_catalogue_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(BrokenCatalogue, match=str(file)):
        known_documents(tmp_path)
