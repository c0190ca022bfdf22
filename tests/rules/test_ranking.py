"""Units are ranked by their exact rate, ties share a place, and a place is never torn."""

from hypothesis import given
from hypothesis import strategies as st

from models.tally import Tally, UnitTally
from models.unit import Level
from rules.ranking import Ranked, ranked, whole_places


def unit(code: str, on_time: int, fell_due: int) -> UnitTally:
    tally = Tally(on_time=on_time, fell_due=fell_due)
    return UnitTally(code=code, name=code, level=Level.COMMUNE, issuer_name="i", tally=tally)


def places(ranking: tuple[Ranked, ...]) -> list[tuple[int, str]]:
    return [(item.place, item.unit.code) for item in ranking]


def test_units_of_one_rate_share_a_place_and_the_next_counts_them_all() -> None:
    found = ranked([unit("a", 1, 2), unit("b", 3, 3), unit("c", 0, 0), unit("d", 2, 4), unit("e", 0, 5)])
    assert places(found) == [(1, "b"), (2, "a"), (2, "d"), (4, "e")]


def test_rates_that_only_look_alike_are_no_tie() -> None:
    found = ranked([unit("a", 10**17 - 1, 10**17), unit("b", 1, 1)])
    assert places(found) == [(1, "b"), (2, "a")]


def test_a_place_that_does_not_fit_is_told_whole() -> None:
    found = ranked([unit("a", 1, 1), *(unit(f"b{n}", 1, 2) for n in range(5)), unit("c", 0, 1)])
    shown, cut = whole_places(found, 3)
    assert [item.unit.code for item in shown] == ["a"]
    assert [item.unit.code for item in cut] == ["b0", "b1", "b2", "b3", "b4"]
    assert whole_places(found, 6) == (found[:6], ())
    assert whole_places(found[::-1], 1) == (found[::-1][:1], ())


_TALLIES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(_TALLIES, max_size=30), st.integers(1, 12), st.booleans())
def test_a_ranking_is_of_all_that_fell_due_and_its_ends_lose_nobody(
    tallies: list[tuple[int, int]], most: int, worst_first: bool
) -> None:
    units = [unit(str(number), *tally) for number, tally in enumerate(tallies)]
    found = ranked(units)
    assert {item.unit.code for item in found} == {item.code for item in units if item.tally.fell_due}
    for item in found:
        rate = item.unit.tally.on_time_rate or 0
        assert item.place == 1 + sum((other.unit.tally.on_time_rate or 0) > rate for other in found)
    ordered = found[::-1] if worst_first else found
    shown, cut = whole_places(ordered, most)
    assert len(shown) <= most
    assert [*shown, *cut] == list(ordered[: len(shown) + len(cut)])
    assert len(shown) + len(cut) > most or len(shown) + len(cut) == min(most, len(found))
    assert not {item.place for item in shown} & {item.place for item in ordered[len(shown) :]}
