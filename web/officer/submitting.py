"""Handing in: the answer to an obligation, drafts of it, and the split by sex that an answer lacked."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import CompleteFigures, Submit
from models.document import FileRef
from models.register import ObligationLine
from rules.calendar import local_day
from rules.refusals import Reason
from rules.standing import title
from texts.language import gettext as _
from web.banner import unreachable
from web.bodies import Body
from web.drafts import posted
from web.forms import people
from web.forms.answer import answer_fields, read_answer
from web.officer.desk import Desk
from web.officer.view import completable, completing_form, why_not
from web.officer.visit import Form, Handler, Visit
from web.ports import Unreachable
from web.storing import store_files


class Submitting:
    """Handlers of forms that carry an answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def posts(self) -> dict[str, Handler]:
        return {
            "submit": self.submit,
            "draft": self.save,
            "discard": self.discard,
            "figures": self.complete_figures,
        }

    async def submit(self, request: Request) -> Response:
        visit, body = await self._desk.receive(request)
        try:
            return await self._submit(visit, body)
        finally:
            body.close()

    async def save(self, request: Request) -> Response:
        """Keep a form for later as it is, complete or not."""
        visit, body = await self._desk.receive(request)
        try:
            return await self._save(visit, body)
        finally:
            body.close()

    async def discard(self, request: Request) -> Response:
        """Throw away what was kept of a form."""
        visit, body = await self._desk.receive_short(request)
        line = visit.line(body)
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        if await self._desk.keeper.drop(visit.link, line.requirement):
            return visit.lead(line.requirement)
        return await self._desk.respond(visit, unreachable(), 503)

    async def _submit(self, visit: Visit, body: Body) -> Response:
        line = visit.line(body)
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        form = _answer_form(line, body)
        draft = form.draft
        if not await self._store(visit, body, line, form):
            return await self._desk.mend(visit, form, unreachable(), 503)
        if body.text("more") and not draft.errors:
            return await self._desk.respond(visit, drafts={form.name: draft})
        answer = read_answer(line, draft, draft.kept, local_day(visit.at))
        if draft.errors:
            return await self._mend(visit, body, line, form)
        command = Submit(id=draft.command, at=visit.at, actor=visit.actor, obligation=line.key, answer=answer)
        return await self._desk.send(visit, form, command)

    async def _save(self, visit: Visit, body: Body) -> Response:
        line = visit.line(body)
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        form = _answer_form(line, body)
        stored = await self._store(visit, body, line, form)
        form.draft.errors.pop("form", None)  # what is not sent needs no command
        if form.draft.errors or why_not(visit.page, line):
            return await self._mend(visit, body, line, form)
        kept = await self._desk.keeper.keep(visit.link, form.name, form.draft, self._desk.site.now())
        if not stored or not kept:
            return await self._desk.respond(visit, unreachable(), 503, {form.name: form.draft})
        return visit.lead(form.anchor, d=line.requirement)

    async def _store(self, visit: Visit, body: Body, line: ObligationLine, form: Form) -> bool:
        """Store the files of a form; False where the disk refuses, so that only those stored before are left."""
        site = self._desk.site
        try:
            form.draft.kept, wrong = await store_files(site.ports.files, body, site.max_upload)
        except Unreachable:
            form.draft.kept = _still_ticked(visit, body, line)
            return False
        if wrong:
            form.draft.errors["files"] = wrong
        await self._desk.note_wrong(visit, *body.wrong)
        return True

    async def _mend(self, visit: Visit, body: Body, line: ObligationLine, form: Form) -> Response:
        """The form again with what is wrong; or, where nothing is owed any more, how things stand."""
        reason = why_not(visit.page, line)
        if reason is not None:
            return await self._desk.refuse(visit, reason, (line.key,))
        return await self._desk.mend(visit, form, status=413 if body.exceeds(self._desk.site.max_upload) else 422)

    async def complete_figures(self, request: Request) -> Response:
        """Completes the split; a full one is left to the ledger, which knows a button pressed twice."""
        visit, body = await self._desk.receive_short(request)
        line = visit.line(body)
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        if visit.page.closed:
            return await self._desk.refuse(visit, Reason.CLOSED, (line.key,))
        draft = posted(body, people.completing_names(line))
        men, women, attended = people.read_completion(line, draft)
        form = Form(
            completing_form(line),
            draft,
            failed=_("Chưa bổ sung được số liệu"),
            about=_("Đề nghị sửa số liệu: %(title)s.", title=title(line)),
            confirms=("f", line.requirement),
            anchor=line.requirement,
        )
        if draft.errors and not completable(line):
            return await self._desk.refuse(visit, Reason.NOTHING_TO_COMPLETE, (line.key,))
        if draft.errors:
            return await self._desk.mend(visit, form)
        command = CompleteFigures(
            id=draft.command,
            at=visit.at,
            actor=visit.actor,
            obligation=line.key,
            men=men,
            women=women,
            attended=attended,
        )
        return await self._desk.send(visit, form, command)


def _answer_form(line: ObligationLine, body: Body) -> Form:
    return Form(
        line.requirement,
        posted(body, answer_fields(line)),
        failed=_("Chưa nộp được kết quả"),
        about=_("Đề nghị bổ sung, sửa nội dung: %(title)s.", title=title(line)),
        confirms=("o", line.requirement),
        anchor=line.requirement,
        lasting=True,
    )


def _still_ticked(visit: Visit, body: Body, line: ObligationLine) -> tuple[FileRef, ...]:
    """Files of the draft or of the earlier answer that are to go along again."""
    saved = visit.saved.get(line.requirement)
    known = {file.sha256: file for file in (*line.files, *(saved.kept if saved else ()))}
    return tuple(known[sha256] for text in body.texts("kept") if (sha256 := text.partition(" ")[0]) in known)
