"""Contents by their SHA-256: written once, found broken, mended by writing again."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.archive.objects import ObjectBroken, ObjectMissing, Objects, name_of
from models.unreachable import Unreachable

WORDS = "Kế hoạch số 12/KH-UBND".encode()


def only_file(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("*") if path.is_file())
    return found


@given(content=st.binary())
@settings(max_examples=20)
def test_what_is_put_comes_back_under_its_own_hash(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    objects = Objects(tmp_path_factory.mktemp("archive"))
    assert objects.put(content) == hashlib.sha256(content).hexdigest()
    assert objects.get(name_of(content)) == content


def test_the_same_content_gives_the_same_compressed_file(tmp_path: Path) -> None:
    one, other = Objects(tmp_path / "one"), Objects(tmp_path / "other")
    assert one.put(WORDS) == other.put(WORDS) == one.put(WORDS)
    assert only_file(tmp_path / "one").read_bytes() == only_file(tmp_path / "other").read_bytes()
    assert only_file(tmp_path / "one").parent.name == name_of(WORDS)[:2]


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ObjectMissing, match="ab" * 32):
        Objects(tmp_path).get("ab" * 32)


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        (gzip.compress(WORDS, mtime=0)[:-9], "does not unpack"),
        (b"", "its content is"),
        (b"no gzip at all", "does not unpack"),
        (gzip.compress("Kế hoạch số 13/KH-UBND".encode(), mtime=0), "its content is"),
    ],
)
def test_what_is_half_written_or_another_content_is_named_and_mended_by_writing_again(
    tmp_path: Path, instead: bytes, why: str
) -> None:
    objects = Objects(tmp_path)
    name = objects.put(WORDS)
    only_file(tmp_path).write_bytes(instead)
    with pytest.raises(ObjectBroken, match=why) as broken:
        objects.get(name)
    assert broken.value.sha256 == name
    objects.put(WORDS)
    assert objects.get(name) == WORDS


def test_a_file_of_the_same_disk_is_kept_by_a_second_name(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.pdf"
    paper.write_bytes(WORDS)
    objects = Objects(tmp_path / "archive")
    objects.keep(paper, name_of(WORDS))
    assert only_file(tmp_path / "archive").samefile(paper)
    paper.unlink()
    assert objects.get(name_of(WORDS)) == WORDS


def test_a_file_that_is_not_what_its_name_says_is_not_kept(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.pdf"
    objects = Objects(tmp_path / "archive")
    with pytest.raises(ObjectMissing):
        objects.keep(paper, name_of(WORDS))
    paper.write_bytes(b"another paper")
    with pytest.raises(ObjectBroken, match="its content is"):
        objects.keep(paper, name_of(WORDS))
    assert not objects.intact(name_of(WORDS))


def test_a_broken_file_in_the_archive_is_mended_from_the_file_store(tmp_path: Path) -> None:
    paper = tmp_path / "ke-hoach.pdf"
    paper.write_bytes(WORDS)
    objects = Objects(tmp_path / "archive")
    objects.keep(paper, name_of(WORDS))
    kept = only_file(tmp_path / "archive")
    kept.unlink()
    kept.write_bytes(b"half")
    objects.keep(paper, name_of(WORDS))
    assert objects.get(name_of(WORDS)) == WORDS


def test_a_disk_that_refuses_is_told_apart_from_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"a file where the folder should be")
    with pytest.raises(Unreachable, match="the archive"):
        Objects(tmp_path / "archive").put(WORDS)
