"""Stores the files of a post before anything is sent (DESIGN rule 1), and keeps those stored before."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from models.document import FileRef
from models.journal import Invalid
from rules.file_types import file_type, safe_name, shown_name
from texts.language import gettext as _
from texts.language import mark
from web.bodies import Body
from web.ports import Files
from web.uploads import EMPTY, TOO_LARGE, WRONG_TYPE

MAX_FILES = 10
_KEPT = re.compile(r"([0-9a-f]{64}) (.+)", re.DOTALL)
_TOO_MUCH = mark(
    "Các tệp cộng lại quá lớn hoặc quá nhiều (mỗi tệp không quá %(limit)s MB, mỗi lần không quá %(most)s tệp); "
    "đề nghị chọn lại tệp, mỗi lần gửi ít tệp hơn."
)
_WORDS = {Invalid.FILE_EMPTY: EMPTY, Invalid.FILE_SIZE: TOO_LARGE, Invalid.FILE_TYPE: WRONG_TYPE}
_TOO_MANY = mark("Nhiều hơn %(most)s tệp; đề nghị gộp bớt.")


async def store_files(files: Files, body: Body, max_upload: int) -> tuple[tuple[FileRef, ...], str]:
    """What is stored of a post's files, and what was wrong with the others, as one sentence (empty: nothing); the kinds
    of that are added to `body.wrong`.

    Raises `Unreachable` when the disk refuses.
    """
    stored = await run_in_threadpool(_all_kept, files, body.texts("kept")[:MAX_FILES], max_upload)
    problems: list[str] = []
    if body.cut_short:
        problems.append(_(_TOO_MUCH, limit=_megabytes(max_upload), most=MAX_FILES))
        body.wrong.append(Invalid.FILE_SIZE)
    uploads = [upload for upload in body.files if upload.filename or upload.size]
    if len(stored) + len(uploads) > MAX_FILES:
        body.wrong.append(Invalid.FILE_SIZE)
        return tuple(stored), _(_TOO_MANY, most=MAX_FILES)
    for upload in uploads:
        found = await run_in_threadpool(_store, files, upload, max_upload)
        if isinstance(found, FileRef):
            stored.append(found)
        else:
            body.wrong.append(found)
            problems.append(wrong_words(found, upload, max_upload))
    return tuple(dict.fromkeys(stored)), " ".join(problems)


def wrong_size(upload: UploadFile, max_upload: int) -> Invalid | None:
    """What is wrong with how much there is in a file; None where nothing is."""
    if not upload.size:
        return Invalid.FILE_EMPTY
    return Invalid.FILE_SIZE if upload.size > max_upload else None


def wrong_words(wrong: Invalid, upload: UploadFile, max_upload: int) -> str:
    """What is wrong with a file, as a sentence."""
    return _(_WORDS[wrong], name=shown_name(upload.filename or ""), limit=_megabytes(max_upload))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:g}".replace(".", ",")


def _store(files: Files, upload: UploadFile, max_upload: int) -> FileRef | Invalid:
    if wrong := wrong_size(upload, max_upload):
        return wrong
    content = upload.file.read()
    kind = file_type(content)
    if kind is None:
        return Invalid.FILE_TYPE
    return files.put(content, safe_name(shown_name(upload.filename or ""), kind), kind.media_type)


def _all_kept(files: Files, values: list[str], max_upload: int) -> list[FileRef]:
    return [kept for value in values if (kept := _kept(files, value, max_upload))]


def _kept(files: Files, value: str, max_upload: int) -> FileRef | None:
    """A file stored by an earlier post of this form; everything but its content is judged anew."""
    match = _KEPT.fullmatch(value)
    path = files.path(match[1]) if match else None
    if match is None or path is None or not path.is_file() or path.stat().st_size > max_upload:
        return None
    content = path.read_bytes()
    kind = file_type(content)
    if kind is None:
        return None
    return FileRef(sha256=match[1], name=safe_name(match[2], kind), size=len(content), media_type=kind.media_type)
