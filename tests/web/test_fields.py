"""Days as people type them."""

from datetime import date

import pytest

from web.drafts import Draft
from web.forms.fields import typed_day


@pytest.mark.parametrize(
    "typed", ["05/06/2020", "5/6/2020", "05-06-2020", "05.06.2020", "05 06 2020", "05062020", "2020-06-05"]
)
def test_a_day_comes_before_its_month_and_is_shown_so_again(typed: str) -> None:
    draft = Draft(values={"date": typed})
    assert typed_day(draft, "date") == date(2020, 6, 5)
    assert (draft.values["date"], draft.errors) == ("05/06/2020", {})


@pytest.mark.parametrize("typed", ["13/13/2020", "31/02/2020", "05/06/20", "06/2020", "ngày mai", "05/06/0020"])
def test_what_is_no_day_stays_as_it_was_typed_and_is_said(typed: str) -> None:
    draft = Draft(values={"date": typed})
    assert typed_day(draft, "date") is None
    assert draft.values["date"] == typed
    assert "ngày/tháng/năm" in draft.errors["date"]


def test_nothing_typed_is_no_mistake() -> None:
    draft = Draft()
    assert (typed_day(draft, "date"), draft.errors) == (None, {})
