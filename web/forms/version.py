"""A new version of a directive's file as it is uploaded: the YAML file, the files that it names, and why."""

import re
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from models.changing import NewVersion
from models.document import DocumentRef, FileRef
from models.saved import SavedDraft
from rules.file_types import shown_name
from rules.numbers import normalise
from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from web.bodies import Body
from web.drafts import Draft, posted
from web.forms.fields import typed_day
from web.ports import Files
from web.storing import store_files, wrong_size, wrong_words

FORM = "amending"
"""The beginning of the ids of the form's fields."""
FIELDS = ("why", "number", "date")
_WRITTEN = (".yaml", ".yml")
_MEDIA_TYPE = "application/yaml"
_BOM = b"\xef\xbb\xbf"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Uploaded:
    """A directive file and the files that came with it, all of them stored."""

    source: bytes
    files: tuple[FileRef, ...]

    @property
    def text(self) -> str:
        """What is written in it, as far as it can be read."""
        return self.source.decode("utf-8", errors="replace")


async def take_uploads(files: Files, body: Body, max_upload: int) -> tuple[Uploaded | None, Draft]:
    """Store what was uploaded, or find what an earlier post has stored; no directive file where there is an error, and
    the kinds of what is wrong with files are added to `body.wrong`. Raises `Unreachable` where the disk refuses."""
    draft = posted(body, FIELDS)
    written = [upload for upload in body.files if _is_written(upload)]
    others = replace(body, files=[upload for upload in body.files if not _is_written(upload)])
    draft.kept, wrong = await store_files(files, others, max_upload)
    source = b""
    if len(written) > 1:
        wrong = _("Chỉ chọn một tệp văn bản (.yaml).")
    elif written:
        source = await run_in_threadpool(_read, written[0])
        if fault := wrong_size(written[0], max_upload):
            body.wrong.append(fault)
            wrong = wrong or wrong_words(fault, written[0], max_upload)
        if not wrong:
            name = shown_name(written[0].filename or "")
            draft.values["source"] = (await run_in_threadpool(files.put, source, name, _MEDIA_TYPE)).sha256
            draft.values["source_name"] = name
    else:
        source = await run_in_threadpool(_stored, files, body.text("source"))
        if source:
            draft.values |= {"source": body.text("source"), "source_name": shown_name(body.text("source_name"))}
        else:
            wrong = wrong or _("Chọn tệp văn bản đã sửa đổi (.yaml).")
    if wrong:
        draft.errors["files"] = wrong
        return None, draft
    return Uploaded(source, draft.kept), draft


def read_version(uploaded: Uploaded | None, draft: Draft) -> NewVersion | None:
    """The version that a posted form means; None where something is missing, which stands in `draft.errors`."""
    document = _ordering(draft)
    if not draft.value("why"):
        draft.errors.setdefault("why", _(WORDS[Reason.REASON_NEEDED]))
    if uploaded is None or draft.errors:
        return None
    return NewVersion(source=uploaded.source, files=uploaded.files, reason=draft.value("why"), document=document)


def version_of(files: Files, saved: SavedDraft) -> NewVersion | None:
    """A version that was uploaded before; None where its file is gone."""
    draft = Draft(values=dict(saved.values), kept=saved.kept)
    source = _stored(files, draft.value("source"))
    return read_version(Uploaded(source, saved.kept), draft) if source else None


def _ordering(draft: Draft) -> DocumentRef | None:
    """The document that orders the change, where one is named."""
    number, on = draft.value("number"), typed_day(draft, "date")
    if number:
        return DocumentRef(number=number, normal=normalise(number), date=on)
    if on is not None:
        draft.errors.setdefault("number", _("Ghi số và ký hiệu của văn bản."))
    return None


def _is_written(upload: UploadFile) -> bool:
    return (upload.filename or "").casefold().endswith(_WRITTEN)


def _read(upload: UploadFile) -> bytes:
    return upload.file.read().removeprefix(_BOM)


def _stored(files: Files, digest: str) -> bytes:
    """A directive file by its SHA-256; empty where there is none."""
    path = files.path(digest) if _DIGEST.fullmatch(digest) else None
    return path.read_bytes() if path is not None and path.is_file() else b""
