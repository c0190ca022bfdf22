"""What an author reads whose file is not valid YAML: one message, at the line that is to be mended."""

import pytest

from rules.source import read

INDENTATION = "the indentation does not fit the lines around"

BROKEN = [
    ("a tab: use spaces", 3, "document:\n  title: Việc\n\tissuer: p\n"),
    ("the first key of the file is indented", 2, "# mẫu\n document:\n  title: x\nclosing: y\n"),
    (INDENTATION, 3, "ladder:\n  - {at: T-5, do: x}\n    - {at: T-1, do: x}\n"),
    ("no colon after 'number': write `number: 25/KH`", 2, "basis:\n  - number 25/KH\n    date: x\n"),
    ("a tab: use spaces", 2, "document:\r\n\ttitle: Việc\r\n"),
    ("no colon after 'issuer': write `issuer: 46-ldtbxh`", 3, "document:\n  title: x\n  issuer 46-ldtbxh\n  date: y\n"),
    ("no colon after 'issuer': write `issuer: 46-ldtbxh`", 2, "document:\n  issuer 46-ldtbxh\n  title: x\n"),
    ("no colon after 'issuer': write `issuer: 46-ldtbxh`", 3, "document:\n  title: x\n  issuer 46-ldtbxh\n"),
    ("no colon after 'document': write `document:`", 1, "document\n  title: x\n"),
    ("no colon after 'plan': write `plan:`", 2, "requirements:\n  plan\n\n    # việc đầu\n    title: x\n"),
    ("no colon in `trích yếu x`: write `key: value`", 2, "document:\n  trích yếu x\n  date: y\n"),
    ("no colon in `rồi sau đó`: write `key: value`", 2, "title: x\nrồi sau đó\nissuer: p\n"),
    ("no space after the colon: write `issuer: p`", 3, "document:\n  title: x\n  issuer:p\n  date: y\n"),
    ("no space after the colon: write `issuer: p`", 2, "document:\n  issuer:p\n  title: x\n"),
    ("`：` is a full-width colon: write `issuer: p`", 3, "document:\n  title: x\n  issuer： p\n  date: y\n"),
    ("no space after `-`: write `- Như trên`", 2, "recipients:\n  -Như trên\n  - name: x\n    purpose: y\n"),
    (INDENTATION + " (3 spaces, the line above has 2)", 3, "document:\n  title: x\n   issuer: p\n"),
    (INDENTATION + " (1 spaces, the line above has 2)", 3, "document:\n  title: x\n issuer: p\n"),
    (INDENTATION, 4, "document:\n  signer:\n     title: x\n    name: y\n"),
    (INDENTATION, 4, "document:\n  title: x\n    goes on\n    issuer: p\n"),
    ("a no-break space in the indentation", 3, "document:\n  title: x\n \u00a0issuer: p\n"),
    ('put the value in quotes, `title: "V/v: kế hoạch"`', 2, "document:\n  title: V/v: kế hoạch\n"),
    ("put the value in quotes, `title: 'Góp ý: \"dự thảo\" mới'`", 1, 'title: Góp ý: "dự thảo" mới\n'),
    ('put the text in quotes, `- "Lưu: VT: BĐG"`', 2, "recipients:\n  - Lưu: VT: BĐG\n"),
    ('“ and ” are no quotes in YAML: write `title: "a: b"`', 1, "title: “a: b”\n"),
    ("a colon in a value", 1, "to: {title: Lưu: VT, level: x}\n"),
    ("the quote that opens here is never closed", 2, 'document:\n  title: "x\n  issuer: p\n'),
    ("the quote that opens here is never closed", 2, "document:\n  title: 'x\n  issuer: p\n"),
    ('the quote " that opens here is not closed on this line', 2, 'document:\n  title: "x\n  issuer: "p"\n'),
    ('words stand behind the closing quote "', 2, 'document:\n  title: "x" của Sở\n  issuer: p\n'),
    ("requirements go by key, without `-`", 4, "requirements:\n  - plan:\n    title: x\n  report: y\n"),
    ("a list goes on here without `-`", 3, "recipients:\n  - Như trên\n  purpose: y\n"),
    ("`-` begins an entry of a list", 3, "document:\n  title: x\n  - issuer\n"),
    ("the bracket `{` that opens here is not closed", 1, "to: {level: district\nkind: plan\n"),
    ("the bracket `[` that opens here is not closed", 2, "to:\n  units: [a, b\n"),
    ("a bracket that opens here is not closed", 1, "units: [a,\n"),
    ("a comma or `]` is missing", 1, "units: [{a: b} c]\n"),
    ("write `to: {level: district}`", 1, "to: level: district}\n"),
    ("`}` closes or parts what is not open", 1, "to: {level: district}}\n"),
    ("a value is missing before `,`", 1, "to: {level: a,, line: b}\n"),
    ("'@' cannot begin a value: put the value in quotes", 1, "contact: @sở\n"),
    ("'>' cannot begin a value: put the value in quotes", 1, "title: > 50% phụ nữ\n"),
    ("'*' cannot begin a value: put the value in quotes", 1, "title: **Kế hoạch**\n"),
    ("use single quotes", 1, 'title: "C:\\dir"\n'),
    ("a colon without a key before it", 1, ": x\n"),
    ("`---` begins another file", 2, "a: 1\n---\nb: 2\n"),
    ("a character that cannot be shown stands here", 2, "a: 1\nb: \x01\n"),
    ("not valid YAML: ", 1, "%a: 1\nb: 1\n"),
]


@pytest.mark.parametrize(("says", "line", "text"), BROKEN, ids=[repr(text) for *_, text in BROKEN])
def test_the_message_names_the_line_and_what_to_write_there(says: str, line: int, text: str) -> None:
    faults = read(text.encode()).faults
    assert [(fault.code, fault.line) for fault in faults] == [("syntax", line)]
    assert says in faults[0].message
    assert ("not valid YAML" in faults[0].message) == says.startswith("not valid YAML")


@pytest.mark.parametrize("text", ['a: "b: c"\n', "a: x\n  goes on\n", "# chú: ý\na: 1\n", "- {a: b}\n- 'c: d'\n"])
def test_what_yaml_can_read_is_no_fault(text: str) -> None:
    assert read(text.encode()).faults == []


def test_a_long_line_is_cut() -> None:
    fault = read(f"document:\n  title: x: {'y' * 500}\n".encode()).faults[0]
    assert len(fault.message) < 200
