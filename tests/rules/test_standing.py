from datetime import timedelta

import pytest

from models.obligation import DONE, State
from models.plan import Period
from rules import standing
from tests.rules.plans import DUE, line
from tests.web import kinds, samples


def test_a_title_names_its_period_once() -> None:
    report = kinds.line("year-report")
    assert standing.title(report) == "Báo cáo tổng kết – năm 2020"
    assert standing.title(report.model_copy(update={"title": "Báo cáo Năm 2020"})) == "Báo cáo Năm 2020"
    assert standing.title(report.model_copy(update={"period": None})) == "Báo cáo tổng kết"


def test_a_period_includes_both_its_days() -> None:
    period = kinds.line("year-report").period
    assert isinstance(period, Period)
    assert standing.period_words(period) == "Số liệu từ 15/12/2019 đến 14/12/2020"


def test_only_what_existed_before_is_called_so() -> None:
    found = samples.submitted("annual-plan", state=State.SATISFIED)
    assert standing.state_words(found) == "Đã có văn bản từ trước"
    for changed in ({"taken_from": "825/SLĐTBXH"}, {"shared_from": "dialogue@x"}):
        assert standing.state_words(found.model_copy(update=changed)) == "Đã hoàn thành"


def test_what_stood_still_until_the_end_is_not_called_unfulfilled() -> None:
    before, after = DUE - timedelta(days=1), DUE + timedelta(days=1)
    assert standing.state_words(line(State.UNFULFILLED, suspended_at=before)) == "Tạm dừng đến khi kết thúc"
    assert standing.state_words(line(State.UNFULFILLED, suspended_at=after)) == "Không hoàn thành"
    assert standing.state_words(line(State.UNFULFILLED)) == "Không hoàn thành"


def test_recipients_decide_until_they_have() -> None:
    report = kinds.answered("year-report", endorsed=(kinds.DISTRICT.unit,))
    assert [(item.unit, item.decision) for item in standing.recipients(report)] == [
        (samples.ISSUER.code, "chờ xác nhận"),
        (kinds.DISTRICT.unit, "đã xác nhận"),
    ]
    assert standing.decides(report, samples.ISSUER.code)
    assert not standing.decides(report, kinds.DISTRICT.unit)
    assert not standing.decides(report, "somebody-else")
    returned = report.model_copy(update={"state": State.RETURNED})
    assert {item.decision for item in standing.recipients(returned)} == {""}


@pytest.mark.parametrize("state", list(State))
def test_a_recipient_has_accepted_what_he_endorsed_until_it_is_returned_and_whatever_is_done(state: State) -> None:
    report = kinds.answered("year-report", endorsed=(kinds.DISTRICT.unit,)).model_copy(update={"state": state})
    assert standing.has_accepted(report, samples.ISSUER.code) == (state in DONE)
    assert standing.has_accepted(report, kinds.DISTRICT.unit) == (state in DONE or state is State.SUBMITTED)


def test_a_unit_decides_on_its_own_duty_only_where_nobody_else_does() -> None:
    own = kinds.answered("year-report").model_copy(update={"unit": samples.ISSUER.code})
    assert [item.unit for item in standing.recipients(own)] == [kinds.DISTRICT.unit]
    alone = own.model_copy(update={"reviewers": ()})
    assert [item.unit for item in standing.recipients(alone)] == [samples.ISSUER.code]
