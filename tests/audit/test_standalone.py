"""The verifier that lies in a bundle: a good one is valid, anything else is named, by the standard library alone."""

import ast
import asyncio
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.archive.objects import name_of
from audit.bundle.joined import joined
from audit.bundle.signing import make_key
from audit.bundle.standalone.ed25519 import is_signed
from audit.bundle.standalone.verify import main
from store.engine import make_engine, migrate
from tests import small
from tests.audit.bundles import BELOW as BELOW_ID
from tests.audit.bundles import PAPER, WORDS, Contents, Office, closed, listed, opened, rehashed

FIRST, BELOW = "registers/0001-01-so", "registers/0002-011-phong"
FILE = f"files/{name_of(PAPER)}.pdf"


@dataclass(frozen=True)
class Made:
    """Bundles of the finished directive, made once: signed with a key, not signed, and one in which a history, a file
    and a sheet are missing."""

    signed: Path
    plain: Contents
    lacking: Path
    fingerprint: str
    public_key: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    home = tmp_path_factory.mktemp("office")
    engine = make_engine(f"sqlite:///{home / 'dondoc.db'}")
    migrate(engine)
    office = Office(engine, home)
    office.live()
    key = make_key(home / "key.pem")
    (home / "public.pem").write_text(key.public_pem)
    asyncio.run(office.export(home / "signed.zip", key))
    asyncio.run(office.export(home / "plain.zip"))
    del office.server.known[BELOW_ID]
    office.files.path(name_of(PAPER)).unlink()
    (home / "archive" / "anchors" / "2020-01-01.txt").write_text("no sheet", "utf-8")
    asyncio.run(office.export(home / "lacking.zip", key))
    engine.dispose()
    plain = opened(home / "plain.zip")
    return Made(home / "signed.zip", plain, home / "lacking.zip", key.fingerprint, home / "public.pem")


def verify(bundle: Path, *words: str | Path) -> tuple[int, str]:
    """What the verifier says of a bundle, alone: without our code, without packages."""
    script = bundle.with_name(f"{bundle.name}.verify.py")
    script.write_text(joined(), "utf-8")
    command = [sys.executable, "-I", "-S", script, bundle, *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture
def judged(tmp_path: Path) -> Callable[[Contents], tuple[int, str]]:
    """What the verifier says of members, in English."""

    def judge(contents: Contents) -> tuple[int, str]:
        (tmp_path / "bundle.zip").write_bytes(closed(contents))
        return verify(tmp_path / "bundle.zip", "--lang", "en")

    return judge


def test_a_good_bundle_is_valid_with_the_key_by_fingerprint_and_by_file(made: Made) -> None:
    code, said = verify(made.signed, "--key", made.fingerprint, "--lang", "vi")
    assert (code, said.splitlines()[-1].partition(":")[0]) == (0, "HỢP LỆ")
    code, said = verify(made.signed, "--key", made.public_key, "--lang", "en")
    assert code == 0
    assert "signed by the key" in said
    assert "anchors compared 8" in said


def test_without_the_key_it_says_what_is_left_to_compare(made: Made) -> None:
    code, said = verify(made.signed, "--lang", "en")
    assert code == 0
    assert "by another way" in said
    assert made.fingerprint[:8] in said


def test_the_same_members_packed_again_are_valid_and_an_unsigned_bundle_says_so(
    made: Made, judged: Callable[[Contents], tuple[int, str]]
) -> None:
    code, said = judged(made.plain)
    assert code == 0
    assert "NOT signed" in said


def test_what_was_missing_at_the_export_is_named_and_never_plainly_valid(made: Made) -> None:
    code, said = verify(made.lacking, "--key", made.fingerprint, "--lang", "en")
    assert (code, said.splitlines()[-1].partition(":")[0]) == (3, "VALID, BUT NOT WHOLE (3)")
    assert "- missing: the Temporal history, or its beginning, of the register of Phòng Thử nghiệm huyện Cao" in said
    assert "Kế hoạch.pdf (not there)" in said
    assert "the anchor sheet 2020-01-01.txt" in said
    code, said = verify(made.lacking, "--lang", "vi")
    assert (code, said.splitlines()[-1].partition(":")[0]) == (3, "HỢP LỆ, NHƯNG KHÔNG ĐẦY ĐỦ (3)")
    assert "- thiếu từ khi xuất: lịch sử Temporal (hoặc phần đầu) của sổ Phòng Thử nghiệm huyện Cao" in said


@pytest.mark.parametrize("how", ["left out", "the first part only"])
def test_a_history_is_missed_also_where_nothing_says_that_it_is_missing(
    made: Made, judged: Callable[[Contents], tuple[int, str]], how: str
) -> None:
    contents = dict(made.plain)
    if how == "left out":
        contents = {name: value for name, value in contents.items() if not name.startswith(f"{BELOW}/histories/")}
    else:
        manifest = json.loads(contents["manifest.json"])
        manifest["registers"][1]["histories"] = "partial"
        contents["manifest.json"] = json.dumps(manifest).encode()
    code, said = judged(listed(contents))
    assert (code, "VALID, BUT NOT WHOLE (1)" in said) == (3, True)
    assert "of the register of Phòng Thử nghiệm huyện Cao" in said


def test_one_changed_byte_is_told_once_and_not_for_every_file_behind_it(
    made: Made, judged: Callable[[Contents], tuple[int, str]]
) -> None:
    name = f"{FIRST}/events.jsonl"
    for place in range(0, len(made.plain[name]), len(made.plain[name]) // 9):
        content = bytearray(made.plain[name])
        content[place] ^= 0x01
        code, said = judged({**made.plain, name: bytes(content)})
        complaints = [line for line in said.splitlines() if line.startswith("!")]
        assert (code, len(complaints)) == (1, 2), said
        assert "its content was changed" in complaints[0]
        assert "breaks the chain" in complaints[1]


def test_what_nothing_names_behind_a_broken_chain_is_counted(
    made: Made, judged: Callable[[Contents], tuple[int, str]]
) -> None:
    name = f"{FIRST}/events.jsonl"
    first, _, _ = made.plain[name].partition(b"\n")
    code, said = judged(listed({**made.plain, name: first + b'\n{"seq": 2\n'}))
    assert code == 1
    assert "nothing on record names it" not in said
    lost = [name for name in made.plain if name.startswith(("files/", "reports/"))]  # the mail is in the journal
    assert f"files that nothing names as far as the broken chain can be read: {len(lost)}" in said


def test_a_wrong_key_and_a_missing_signature_are_named(made: Made, tmp_path: Path) -> None:
    code, said = verify(made.signed, "--key", "ab" * 32, "--lang", "en")
    assert (code, "signed by another key" in said) == (1, True)
    (tmp_path / "plain.zip").write_bytes(closed(made.plain))
    code, said = verify(tmp_path / "plain.zip", "--key", made.fingerprint, "--lang", "en")
    assert (code, "NOT signed" in said) == (1, True)


def test_whoever_makes_the_manifest_anew_breaks_the_signature(made: Made, tmp_path: Path) -> None:
    contents = opened(made.signed)
    (tmp_path / "forged.zip").write_bytes(closed(listed({**contents, "obligations.csv": b"all in time"})))
    code, said = verify(tmp_path / "forged.zip", "--lang", "en")
    assert (code, "the signature does not fit manifest.json" in said) == (1, True)


def earlier(value: dict[str, Any]) -> None:
    """An answer that came in later than it says now."""
    value["at"] = value["at"].replace("2020-04", "2020-03")


def other_head(contents: Contents, folder: str) -> Contents:
    lines = contents[f"{folder}/events.jsonl"].splitlines(keepends=True)
    return {**contents, f"{folder}/events.jsonl": b"".join(lines[:-1])}


def without_last(contents: Contents) -> Contents:
    """The last event of the first register cut off, and the manifest made to fit."""
    cut = other_head(contents, FIRST)
    last = json.loads(cut[f"{FIRST}/events.jsonl"].splitlines()[-1])
    manifest = json.loads(cut["manifest.json"])
    manifest["registers"][0]["events"] = {"seq": last["seq"], "hash": last["hash"]}
    return listed({**cut, "manifest.json": json.dumps(manifest).encode()})


def dropped(contents: Contents) -> Contents:
    """A register left out, as if it had never been."""
    manifest = json.loads(contents["manifest.json"])
    manifest["registers"] = [item for item in manifest["registers"] if item["folder"] != BELOW]
    kept = {name: content for name, content in contents.items() if not name.startswith(BELOW)}
    return listed({**kept, "manifest.json": json.dumps(manifest).encode()})


def without(contents: Contents, *names: str) -> Contents:
    return {name: content for name, content in contents.items() if name not in names}


def edited(contents: Contents) -> Contents:
    name = f"{FIRST}/events.jsonl"
    return listed({**contents, name: contents[name].replace(b"L\xc3\xaa Th\xe1\xbb\x8b Lan", b"Ai kh\xc3\xa1c")})


SHEET_LINE = "Sự kiện: 1"
TAMPERED: dict[str, tuple[Callable[[Contents], Contents], str]] = {
    "a member is edited": (lambda c: {**c, FILE: b"another plan"}, f"{FILE}: its content was changed"),
    "a member is gone": (lambda c: without(c, "obligations.csv"), "obligations.csv: is listed and missing"),
    "a member is added": (lambda c: {**c, "files/more.pdf": b"x"}, "files/more.pdf: is not listed, it was added"),
    "a file is added and listed": (lambda c: listed({**c, "files/more.pdf": b"x"}), "nothing on record names it"),
    "a file is exchanged and listed": (
        lambda c: listed({**without(c, FILE), f"files/{name_of(b'new')}.pdf": b"new"}),
        "is not there as",
    ),
    "a file is changed and listed": (lambda c: listed({**c, FILE: b"another plan"}), "is not there as"),
    "a mail is gone": (lambda c: listed(without(c, f"mails/{name_of(WORDS)}.txt")), "mails/"),
    "a report is changed and listed": (lambda c: listed({**c, "reports/report.pdf": b"new"}), "reports/report.pdf"),
    "an event is edited": (edited, "breaks the chain"),
    "an event is edited and all hashes are made anew": (
        lambda c: rehashed(c, FIRST, 5, earlier),
        "is not that noted in",
    ),
    "an event below is edited and all hashes are made anew": (
        lambda c: rehashed(c, BELOW, 1, lambda value: value.update(cause="else")),
        "is not that noted in Sở Thử nghiệm tỉnh Nhỏ #",
    ),
    "the last event is cut off": (lambda c: listed(other_head(c, FIRST)), "other than the manifest says"),
    "the last event is cut off in the manifest too": (without_last, "is not that noted in"),
    "a register is left out": (dropped, f"{small.cascade(small.HIGH)}, events: the hash of line"),
    "an anchor sheet is edited": (
        lambda c: listed(
            {n: v.replace(SHEET_LINE.encode(), b"x") if n.startswith("anchors/") else v for n, v in c.items()}
        ),
        "the hash at its end does not fit",
    ),
    "the manifest is no JSON": (lambda c: {**c, "manifest.json": b"{"}, "the bundle cannot be read"),
    "the manifest is of another kind": (lambda c: {**c, "manifest.json": b'{"format": "x"}'}, "format 'x'"),
    "the manifest is gone": (lambda c: without(c, "manifest.json"), "the bundle cannot be read"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_to_a_bundle_is_named(
    made: Made, judged: Callable[[Contents], tuple[int, str]], what: str
) -> None:
    tamper, named = TAMPERED[what]
    code, said = judged(tamper(made.plain))
    assert named in said, said
    assert (code, "NOT VALID" in said) == (1, True)


NO_ZIP = "không phải dữ liệu ZIP trọn vẹn: bị hỏng hoặc bị cắt cụt"
NO_BUNDLE = {"truncated": NO_ZIP, "no ZIP": NO_ZIP, "empty": NO_ZIP, "an empty folder": "không có manifest.json"}


@pytest.mark.parametrize("what", NO_BUNDLE)
def test_what_is_no_bundle_is_named_in_plain_words(made: Made, tmp_path: Path, what: str) -> None:
    content = made.signed.read_bytes()
    path = tmp_path / "bundle.zip"
    if what == "an empty folder":
        path.mkdir()
    else:
        path.write_bytes({"truncated": content[: len(content) // 2], "no ZIP": b"%PDF-1.7", "empty": b""}[what])
    code, said = verify(path, "--lang", "vi")
    assert (code, said) == (1, f"KHÔNG HỢP LỆ: {path}: không đọc được tệp hồ sơ ({NO_BUNDLE[what]})\n")


def test_a_bundle_or_a_key_that_is_not_there_is_bad_usage(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([tmp_path / "none.zip"], [made.signed, "--key", tmp_path / "none.pem"]):
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        assert ended.value.code == 2
        assert f"{words[-1]}: không có tệp này / there is no such file" in capsys.readouterr().err


def test_an_unpacked_bundle_is_verified_like_the_packed_one(made: Made, tmp_path: Path) -> None:
    with zipfile.ZipFile(made.signed) as archive:
        archive.extractall(tmp_path / "bundle")
    packed = verify(made.signed, "--key", made.fingerprint)
    unpacked = verify(tmp_path / "bundle", "--key", made.fingerprint)
    assert unpacked[0] == packed[0] == 0
    assert unpacked[1].splitlines()[1:] == packed[1].splitlines()[1:]
    (tmp_path / "bundle" / FILE).write_bytes(b"another plan")
    (tmp_path / "bundle" / "more.pdf").write_bytes(b"more")
    code, said = verify(tmp_path / "bundle", "--lang", "en")
    assert code == 1
    assert f"{FILE}: its content was changed" in said
    assert "more.pdf: is not listed, it was added" in said


def test_a_bit_that_flipped_in_the_packed_file_is_named(made: Made, tmp_path: Path) -> None:
    content = bytearray(made.signed.read_bytes())
    at = content.index(b"index.pdf") + 2_000
    content[at] ^= 0xFF
    (tmp_path / "bundle.zip").write_bytes(content)
    code, said = verify(tmp_path / "bundle.zip", "--lang", "en")
    assert (code, "index.pdf: cannot be read" in said) == (1, True)


def test_a_name_cannot_pass_for_a_line_of_its_own(made: Made, judged: Callable[[Contents], tuple[int, str]]) -> None:
    code, said = judged({**made.plain, "x\nVALID: all is well\x1b[2J": b""})
    assert code == 1
    assert not any(line.startswith("VALID") for line in said.splitlines())
    assert "\x1b" not in said


def test_it_needs_nothing_but_the_standard_library_of_python_3_8() -> None:
    tree = ast.parse(joined(), feature_version=(3, 8))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_signatures_are_checked_as_the_standard_has_it(key: str, message: str, signature: str) -> None:
    public, signed, seal = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_signed(public, signed, seal)
    assert not is_signed(public, signed + b"x", seal)
    assert not is_signed(public, signed, seal[:-1])
    order = 2**252 + 27742317777372353535851937790883648493
    raised = int.from_bytes(seal[32:], "little") + order
    assert not is_signed(public, signed, seal[:32] + raised.to_bytes(32, "little"))


def test_what_is_no_key_verifies_nothing() -> None:
    assert not is_signed(b"", b"", b"")
    assert not is_signed(b"\xff" * 32, b"", b"\x00" * 64)
