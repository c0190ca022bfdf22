import contextvars
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.language import Language, gettext, mark, ngettext, speaking, spoken

ENGLISH = Language.ENGLISH


def test_vietnamese_is_spoken_unless_something_else_is_asked_for() -> None:
    assert spoken() is Language.VIETNAMESE
    with speaking(ENGLISH):
        assert spoken() is ENGLISH
        with speaking(Language.VIETNAMESE):
            assert gettext("Quá hạn") == "Quá hạn"
        assert spoken() is ENGLISH
    assert spoken() is Language.VIETNAMESE


def test_a_fault_inside_does_not_leave_the_language_behind() -> None:
    with pytest.raises(ZeroDivisionError), speaking(ENGLISH):
        raise ZeroDivisionError
    assert spoken() is Language.VIETNAMESE


def test_a_marked_message_is_looked_up_where_it_is_shown() -> None:
    word = mark("Quá hạn")
    assert word == "Quá hạn"
    with speaking(ENGLISH):
        assert gettext(word) == "Overdue"


@pytest.mark.parametrize(
    ("days", "vietnamese", "english"),
    [(1, "còn 1 ngày làm việc", "1 working day left"), (3, "còn 3 ngày làm việc", "3 working days left")],
)
def test_a_number_chooses_the_form_that_the_language_has(days: int, vietnamese: str, english: str) -> None:
    def left() -> str:
        return ngettext("còn %(num)s ngày làm việc", "còn %(num)s ngày làm việc", days)

    assert left() == vietnamese
    with speaking(ENGLISH):
        assert left() == english


@given(st.text())
def test_what_is_put_in_is_put_in_as_it_is(name: str) -> None:
    assert gettext("người ký: %(name)s", name=name) == f"người ký: {name}"
    with speaking(ENGLISH):
        assert gettext("người ký: %(name)s", name=name).endswith(name)


def test_a_message_that_nobody_has_translated_yet_is_shown_in_vietnamese() -> None:
    with speaking(ENGLISH):
        assert gettext("Chưa có trong danh mục, %(n)s %%", n=1) == "Chưa có trong danh mục, 1 %"


def test_a_thread_with_the_context_speaks_the_same_language() -> None:
    with ThreadPoolExecutor(1) as pool, speaking(ENGLISH):
        assert pool.submit(contextvars.copy_context().run, spoken).result() is ENGLISH
        assert pool.submit(spoken).result() is Language.VIETNAMESE
