from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.source import MAX_CHARACTERS, MAX_DEPTH, read


def value(text: str) -> Any:
    source = read(text.encode())
    assert not source.faults
    return source.data


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("08:00", "08:00"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("4", "4"),
        ("08", "08"),
        ("1.10", "1.10"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12e3", "12e3"),
        ("46-ldtbxh", "46-ldtbxh"),
        ("T+5", "T+5"),
        ("15/5/2020", "15/5/2020"),
        ("true", True),
        ("false", False),
        ('"true"', "true"),
        ("null", None),
        ("~", None),
        ("", None),
        ("2020-04-14", date(2020, 4, 14)),
        ('"2020-04-14"', "2020-04-14"),
        ("2020-04-14 08:00", "2020-04-14 08:00"),
        ("2020-06-31", "2020-06-31"),
        ("!!timestamp soon", "soon"),
        ("!!bool maybe", "maybe"),
    ],
)
def test_a_scalar_means_what_it_says(written: str, meant: Any) -> None:
    assert value(f"key: {written}") == {"key": meant}


def test_mappings_and_lists_keep_their_order_and_their_lines() -> None:
    source = read(b"b:\n  - one\n  - {x: two}\na: three\n")
    assert source.data == {"b": ["one", {"x": "two"}], "a": "three"}
    assert list(source.data) == ["b", "a"]
    assert [source.line(path) for path in (("b",), ("b", 0), ("b", 1, "x"), ("a",))] == [1, 2, 3, 4]


def test_the_line_of_something_missing_is_that_of_what_should_hold_it() -> None:
    source = read(b"x: 1\na:\n  b: 1\n")
    assert source.line(("a", "c", 7, "d")) == 2
    assert source.line(("nothing",)) == 1


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n").data == {"a": "1", "b": "2"}


def test_a_file_of_comments_has_no_data_and_no_fault() -> None:
    source = read("# chưa viết\n".encode())
    assert (source.data, source.faults) == (None, [])


@pytest.mark.parametrize(
    ("raw", "code", "path", "line"),
    [
        ("a: 1\nb: số".encode("cp1258", "replace") + b"\xff", "encoding", "", 2),
        ("a: 1\n".encode("utf-16"), "encoding", "", 1),
        (b"a: 1\nb: [1,\n", "syntax", "", 2),
        (b"a: 1\n  b: 2\n", "syntax", "", 2),
        (b"a: 1\nb: \x01\n", "syntax", "", 2),
        (b"--- a\n--- b\n", "syntax", "", 2),
        (b"a: &x 1\nb: *x\n", "alias", "", 2),
        (b"a: 1\nb: 2\na: 3\n", "duplicate_key", "a", 3),
        (b"a:\n  b: 1\n  b: 2\n", "duplicate_key", "a.b", 3),
        (b"a:\n  ? [x, y]\n  : 1\n", "key", "a", 2),
        (b'a: 1\nb: !!int ""\n', "tag", "b", 2),
        (b"a: 1\nb: !own x\n", "tag", "b", 2),
        (b"a: 1\nb: !!python/object:os.system {x: 1}\n", "tag", "b", 2),
        (b"a: 1\nb: !!set [x]\n", "tag", "b", 2),
        (b'a: 1\nb: "x\\0y"\n', "characters", "b", 2),
        (b'a: 1\nb: "\\ud800"\n', "characters", "b", 2),
        (b'a: 1\n"b\\a": 1\n', "characters", "", 2),
        (b"a: " + b"x" * MAX_CHARACTERS, "too_large", "", 1),
        (b"a:\n - " + b"[" * 20_000, "nesting", "", 2),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(raw: bytes, code: str, path: str, line: int) -> None:
    source = read(raw)
    assert [(fault.code, fault.path, fault.line) for fault in source.faults] == [(code, path, line)]


def test_a_key_that_stands_twice_is_shown_with_both_lines_and_keeps_its_first_value() -> None:
    source = read(b"a: 1\nb: 2\n\na: 3\n")
    assert source.faults[0].line == 4
    assert "line 1" in source.faults[0].message
    assert source.data == {"a": "1", "b": "2"}


def test_all_faults_of_a_text_are_found_in_one_go() -> None:
    source = read(b'a: 1\na: 2\nb: !x 3\nc: "\\0"\n')
    assert [fault.code for fault in source.faults] == ["duplicate_key", "tag", "characters"]


def test_nesting_up_to_the_limit_is_data_and_beyond_it_a_fault() -> None:
    assert read(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH).data is not None
    assert read(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)).data is None
    assert read(b"- " * 20_000).faults[0].code == "nesting"
    assert read(b"{a: " * 20_000).faults[0].code == "nesting"


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}#&*!|>'\"%@ \n\t?,~1", max_size=60).map(str.encode))
def test_any_bytes_give_data_or_faults_but_never_fail(raw: bytes) -> None:
    source = read(raw)
    assert all(fault.line >= 1 and fault.message for fault in source.faults)
