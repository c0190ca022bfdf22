"""Asking for more time or to be released, telling what stands in the way, and replying to what was referred."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import Ask, HandleRecommendation, RaiseObstacle
from rules.calendar import local_day
from rules.refusals import NOT_OWED, Reason
from rules.requests import askable
from rules.standing import title
from texts.language import gettext as _
from web.drafts import posted
from web.forms.asking import ASK_FIELDS, ask_form, read_ask
from web.forms.handling import REPLY_FIELDS, read_reply
from web.forms.obstacle import OBSTACLE_FIELDS, obstacle_form, read_obstacle
from web.officer.desk import Desk
from web.officer.visit import Form, Handler
from web.recommendations import referred

_BLAMED = {
    Reason.REASON_NEEDED: "reason",
    Reason.DAY_NOT_LATER: "until",
    Reason.DAY_BEYOND_CLOSING: "until",
    Reason.NO_DUE_DATE: "request",
    Reason.ALREADY_ASKED: "request",
}


class Asking:
    """Handlers of forms that wait for somebody's word."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def posts(self) -> dict[str, Handler]:
        return {"ask": self.ask, "obstacle": self.obstacle, "reply": self.reply}

    async def ask(self, request: Request) -> Response:
        visit, body = await self._desk.receive_short(request)
        line, page = visit.line(body), visit.page
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        if page.closed or not askable(line):
            return await self._desk.refuse(visit, Reason.CLOSED if page.closed else NOT_OWED[line.state], (line.key,))
        draft = posted(body, ASK_FIELDS)
        asked = read_ask(line, draft, local_day(visit.at), page.head.closing)
        form = Form(
            ask_form(line),
            draft,
            failed=_("Chưa gửi được đề nghị"),
            about=_("Đề nghị bổ sung, sửa nội dung: %(title)s.", title=title(line)),
            confirms=("q", line.requirement),
            anchor=line.requirement,
            fields=_BLAMED,
        )
        if draft.errors or asked is None:
            return await self._desk.mend(visit, form)
        command = Ask(id=draft.command, at=visit.at, actor=visit.actor, obligation=line.key, **asked)
        return await self._desk.send(visit, form, command)

    async def obstacle(self, request: Request) -> Response:
        visit, body = await self._desk.receive_short(request)
        line = visit.line(body)
        if line is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_OBLIGATION)
        if visit.page.closed:
            return await self._desk.refuse(visit, Reason.CLOSED, (line.key,))
        draft = posted(body, OBSTACLE_FIELDS)
        text = read_obstacle(draft)
        form = Form(
            obstacle_form(line),
            draft,
            failed=_("Chưa gửi được phản ánh"),
            about=_("Đề nghị bổ sung: %(title)s.", title=title(line)),
            confirms=("b", line.requirement),
            anchor=line.requirement,
        )
        if draft.errors:
            return await self._desk.mend(visit, form)
        command = RaiseObstacle(id=draft.command, at=visit.at, actor=visit.actor, obligation=line.key, text=text)
        return await self._desk.send(visit, form, command)

    async def reply(self, request: Request) -> Response:
        """Replies; where that was done already, it is left to the ledger, which knows a button pressed twice."""
        visit, body = await self._desk.receive_short(request)
        draft = posted(body, REPLY_FIELDS)
        asked = body.text("recommendation")
        item = next((item for item in referred(visit.page, {asked: draft}, visit.at) if item.asked.id == asked), None)
        if item is None:
            return await self._desk.tampered(visit, Reason.UNKNOWN_RECOMMENDATION)
        if visit.page.closed:
            return await self._desk.refuse(visit, Reason.CLOSED, (item.asked.obligation,))
        said = read_reply(draft)
        form = Form(
            item.asked.id,
            draft,
            failed=_("Chưa gửi được trả lời"),
            about=_("Đề nghị bổ sung:"),
            confirms=("k", item.asked.id),
            anchor=item.asked.id,
        )
        if draft.errors and not item.ways:
            return await self._desk.refuse(visit, Reason.HANDLING_NOT_POSSIBLE, (item.asked.obligation,))
        if draft.errors:
            return await self._desk.mend(visit, form)
        command = HandleRecommendation(
            id=draft.command, at=visit.at, actor=visit.actor, recommendation=item.asked.id, **said
        )
        return await self._desk.send(visit, form, command)
