"""What an author reads who has written something in another form than the language's."""

import pytest
import yaml

from tests.rules.files import CLOSING, NUMBER, asked, compiled, errors, file, said

DUE = "2020-04-10"


def one(key: str, value: str) -> str:
    """A file in whose only requirement a part is written so."""
    return file(asked(**({"due": DUE} | {key: value})))


def only(text: str, code: str, path: str) -> str:
    """The message of the only fault, which has that code and path."""
    assert errors(text) == [(code, path)]
    return said(text)


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("02/3/2020", "2020-03-02"),
        ("2-3-2020", "2020-03-02"),
        ("ngày 02/3/2020", "2020-03-02"),
        ("ngày 2 tháng 3 năm 2020", "2020-03-02"),
        ("2020-3-2", "2020-03-02"),
        ("2020/03/02", "2020-03-02"),
        ("“2020-03-02”", "2020-03-02"),
        ("sớm", "2020-03-02"),
    ],
)
def test_a_day_is_proposed_as_the_language_has_it(written: str, proposed: str) -> None:
    text = file(asked(due=DUE)).replace("date: 2020-03-02", f"date: {written}")
    assert f"write `{proposed}`, not" in only(text, "value", "document.date")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2020-02-30", "there is no such day as 2020-02-30"),
        ("31/11/2020", "there is no such day as 31/11/2020"),
        ("2020-15-11", "there is no such day as 2020-15-11; did you mean 2020-11-15?"),
        ("11/15/2020", "there is no such day as 11/15/2020; did you mean 2020-11-15?"),
        ("1820-12-31", "'closing' is a day from 1945-09-02 to 2099-12-31, not 1820-12-31: look at the year"),
        ("true", "'closing' is a day, written year-month-day: write `2020-03-02`, not true"),
    ],
)
def test_a_day_that_no_calendar_has_is_called_so(written: str, says: str) -> None:
    assert only(file(asked(due=DUE), top=f"closing: {written}"), "value", "closing") == says


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("17h", "17:00"),
        ("17 giờ", "17:00"),
        ("17 giờ 30", "17:30"),
        ("17h30", "17:30"),
        ("17.30", "17:30"),
        ("5 giờ chiều", "17:00"),
        ("8", "08:00"),
        ("cuối giờ", "17:00"),
    ],
)
def test_a_time_of_day_is_proposed_with_hours_and_minutes(written: str, proposed: str) -> None:
    text = one("due", f"{{on: 2020-05-15, at: {written}}}")
    assert only(text, "value", "requirements.plan.due.at").endswith(f"write `\"{proposed}\"`, not '{written}'")
    setting = file(asked(due=DUE), top=f"{CLOSING}\npolicy: {{send_at: {written}}}")
    assert f'write `"{proposed}"`' in only(setting, "value", "policy.send_at")


def test_the_end_of_the_day_needs_no_time() -> None:
    assert "leave it out for 24:00" in said(one("due", "{on: 2020-05-15, at: 24:00}"))


@pytest.mark.parametrize(
    ("written", "proposed"), [("55%", "55"), ("'55,5'", "55.5"), ("mười", "10"), ("30 lượt người", "30"), ("x", "55")]
)
def test_a_number_is_proposed_without_what_stands_about_it(written: str, proposed: str) -> None:
    text = one("indicators", f"{{share: {{title: Tỷ lệ, kind: percent, target: {written}}}}}")
    assert f"'target' is a number: write `{proposed}`" in only(
        text, "value", "requirements.plan.indicators.share.target"
    )


@pytest.mark.parametrize(("written", "proposed"), [("hai", "2"), ("5 ngày", "5"), ("5.5", "5"), ("[5]", "5")])
def test_so_is_a_whole_number(written: str, proposed: str) -> None:
    text = one("due", f"{{before: plan, days: {written}}}")
    assert f"'days' is a whole number: write `{proposed}`" in only(text, "value", "requirements.plan.due.days")


@pytest.mark.parametrize(("written", "proposed"), [("có", "`true`"), ("không", "`false`"), ("x", "`true` or `false`")])
def test_yes_and_no_are_true_and_false(written: str, proposed: str) -> None:
    text = one("indicators", f"{{women: {{title: Phụ nữ, kind: number, by_sex: {written}}}}}")
    assert f"write {proposed}, not" in only(text, "value", "requirements.plan.indicators.women.by_sex")


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("-5", "`T-5` or `T+5`"),
        ("5", "`T-5` or `T+5`"),
        ("T5", "`T-5` or `T+5`"),
        ("+3", "`T+3`"),
        ("-1 ngày", "`T-1` or `T+1`"),
        ("sớm", "`T-5` or `T+5`"),
    ],
)
def test_a_step_of_the_ladder_says_before_or_after(written: str, proposed: str) -> None:
    text = file(asked(due=DUE), top=f"{CLOSING}\npolicy: {{ladder: [{{at: {written}, do: reminder}}]}}")
    assert f"write {proposed}, not" in only(text, "value", "policy.ladder.0.at")


@pytest.mark.parametrize(
    ("key", "value", "path", "proposed"),
    [
        ("to", "district", "to", "`{level: district}`"),
        ("to", "các huyện", "to", "`{level: district}` or `{units: [480-ldtbxh]}`"),
        ("to", "huyện", "to", "`{level: district}`"),
        ("to", "[480-ldtbxh]", "to", "`{units: [480-ldtbxh]}`"),
        ("to", "{units: 480-ldtbxh}", "to.units", "`[480-ldtbxh]`"),
        ("report_to", "'ldtbxh, ubnd'", "report_to", "`[ldtbxh, ubnd]`"),
        ("due", "{within: 5 ngày, after: cut_off}", "due.after", "`{cut_off: true}`"),
        ("ref", "2020-05-15", "ref", '`"2020-05-15"`'),
        ("guidance", "true", "guidance", '`"true"`'),
        ("guidance", "['a: b']", "guidance", '`"a: b"`'),
    ],
)
def test_the_right_form_is_proposed(key: str, value: str, path: str, proposed: str) -> None:
    assert f"write {proposed}, not" in only(one(key, value), "value", f"requirements.plan.{path}")


@pytest.mark.parametrize("text", ["chưa viết\n", "- document\n- requirements\n", "2020-01-01\n"])
def test_a_file_is_not_just_words_or_a_list(text: str) -> None:
    assert said(text).startswith("a directive file consists of keys and values, first `document:` and `requirements:`")


def test_requirements_go_by_key() -> None:
    text = file() + "requirements:\n  - plan:\n      title: Kế hoạch\n"
    assert "requirements go by key, without `-`" in only(text, "value", "requirements")


def test_what_belongs_to_a_key_stands_below_it() -> None:
    faults = compiled("document:\ntitle: Việc\nissuer: p\n").errors
    assert [(fault.line, fault.path) for fault in faults] == [(1, "document"), (2, "title"), (3, "issuer")]
    assert "stands below it, indented" in faults[0].message


@pytest.mark.parametrize(
    ("key", "value", "path", "meant"),
    [
        ("to", "{level: xã}", "to.level", "commune"),
        ("to", "{level: Cấp huyện}", "to.level", "district"),
        ("to", "{level: tinh}", "to.level", "province"),
        ("to", "{level: bộ}", "to.level", "ministry"),
        ("kind", "Kế hoạch", "kind", "plan"),
        ("kind", "hoạt động", "kind", "activity"),
        ("kind", "bao_cao", "kind", "report"),
        ("kind", "lấy ý kiến", "kind", "consultation"),
        ("kind", "góp ý", "kind", "consultation"),
        ("kind", "lựa chọn", "kind", "selection"),
        ("kind", "kiến nghị", "kind", "recommendations"),
        ("kind", "sự kiện", "kind", "event"),
        ("kind", "tập huấn", "kind", "event"),
        ("stage", "tổng kết", "stage", "final"),
        ("due", "{every: ngày}", "due.every", "day"),
        ("due", "{every: hằng tuần}", "due.every", "week"),
        ("due", "{every: hàng tháng}", "due.every", "month"),
        ("due", "{every: quý}", "due.every", "quarter"),
        ("due", "{every: năm}", "due.every", "year"),
        ("outcomes", "[tiếp thu]", "outcomes.0", "taken_on_board"),
        ("kind", "“plan”", "kind", "plan"),
    ],
)
def test_vietnamese_values_are_translated(key: str, value: str, path: str, meant: str) -> None:
    assert f"; write '{meant}'" in only(one(key, value), "value", f"requirements.plan.{path}")


def test_the_quotes_of_word_processors_are_pointed_out() -> None:
    assert "“ and ” are no quotes in YAML" in said(one("kind", "“plan”"))
    assert "“ and ” are no quotes in YAML" in said(one("if_not_issued", "“true”"))


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("cơ quan ban hành", "issuer"),
        ("số", "number"),
        ("ngày", "date"),
        ("Trích yếu", "title"),
        ("tieu-de", "title"),
        ("nơi nhận", "recipients"),
        ("căn cứ", "basis"),
        ("người ký", "signer"),
    ],
)
def test_vietnamese_keys_of_the_document_are_translated(key: str, meant: str) -> None:
    text = file(asked(due=DUE), document=f"{NUMBER}, {key}: x")
    assert only(text, "unknown_key", f"document.{key}") == f"unknown key {key!r}; write {meant!r}"


@pytest.mark.parametrize(
    ("key", "meant"), [("nhiệm vụ", "requirements"), ("khóa sổ", "closing"), ("khoá sổ", "closing")]
)
def test_so_are_those_of_the_file(key: str, meant: str) -> None:
    assert said(file(asked(due=DUE), top=f"{CLOSING}\n{key}: x")) == f"unknown key {key!r}; write {meant!r}"


def test_so_is_the_key_of_the_deadline_which_is_not_missing_then() -> None:
    text = file(asked(due=DUE)).replace("kind: plan", "loại: plan")
    assert only(text, "unknown_key", "requirements.plan.loại") == "unknown key 'loại'; write 'kind'"
    assert said(file(asked(**{"thời hạn": DUE}))) == "unknown key 'thời hạn'; write 'due'"


@pytest.mark.parametrize(
    ("top", "says"),
    [
        ("title: x", "it belongs under `document` or under a requirement"),
        ("programme: x", "it belongs under `document`"),
        ("number: x", "it belongs under `document`"),
        ("send_at: 8", "it belongs under `policy`"),
        ("every: month", "it belongs in an entry of `reports`"),
        ("trích yếu: x", "write 'title', which belongs under `document` or under a requirement"),
        ("plan: {kind: plan, to: {level: district}}", "a requirement stands under `requirements`, indented"),
        ("programe: x", "did you mean 'programme', which belongs under `document`?"),
        ("contakt: x", "did you mean 'contact'?"),
        ("wholly: x", "there are awaits, closing, contact"),
    ],
)
def test_a_key_of_another_place_is_told_where_it_belongs(top: str, says: str) -> None:
    key = top.partition(":")[0]
    message = only(file(asked(due=DUE), top=f"{CLOSING}\n{top}"), "unknown_key", key)
    assert message.startswith(f"unknown key {key!r}")
    assert message.endswith(says) or says in message.partition(";")[2]
    assert f"mean {key!r}" not in message


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("level", "district", "it belongs under `to`"),
        ("until", "2020-12-31", "it belongs under `due`"),
        ("when_held", "plan", "it belongs under `opens`"),
        ("closing", "2020-12-31", "it belongs at the top level, not indented"),
        ("issuer", "p", "it belongs under `document`"),
        ("ask_before", "5", "it belongs under `extension` of `policy`"),
    ],
)
def test_so_is_one_in_a_requirement(key: str, value: str, says: str) -> None:
    assert said(one(key, value)) == f"unknown key {key!r} here: {says}"


def test_a_recipient_with_a_colon_needs_quotes() -> None:
    text = file(asked(due=DUE), document=f"{NUMBER}, recipients: [Như trên, {{Lưu: VT}}]")
    assert only(text, "unknown_key", "document.recipients.1.Lưu") == (
        'a text with a colon needs quotes: write `"Lưu: VT"`'
    )
    bare = file(asked(due=DUE)).replace(NUMBER, f"{NUMBER}, recipients: [Lưu: VT]")
    assert yaml.safe_load(bare)["document"]["recipients"] == [{"Lưu": "VT"}]
    assert 'write `"Lưu: VT"`' in said(bare)


@pytest.mark.parametrize(("sign", "name"), [(":", "no space after the colon"), ("：", "a full-width colon")])
def test_a_colon_that_yaml_does_not_see_is_shown(sign: str, name: str) -> None:
    message = said(one("to", f"{{level{sign}district}}"))
    assert message == f"{name} in 'level{sign}district': write `level: district`"


def test_spaces_that_are_none_are_no_part_of_a_key() -> None:
    faults = compiled("document:\n\u00a0\u00a0title: x\n").errors
    assert faults[1].line == 2
    assert "a space that is no ordinary one stands beside 'title'" in faults[1].message


def test_what_is_missing_comes_with_an_example() -> None:
    text = file(asked(due=DUE)).replace(", to: {level: district}", "")
    assert said(text) == "'to' is missing: write for example `to: {level: district}`"
