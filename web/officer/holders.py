"""Handing the work to others in the unit: a colleague, a successor, a substitute; and leaving."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import Leave, NameHolder
from models.holder import Arrangement
from rules.refusals import Reason
from texts.language import gettext as _
from web.drafts import Draft, posted
from web.forms.holder import HOLDER_FIELDS, LEAVE, LEAVE_FIELDS, PEOPLE, holder_form, read_holder, read_leaving
from web.officer.desk import Desk
from web.officer.visit import Form, Handler, Visit

_BLAMED = {
    Reason.NAME_MISSING: "name",
    Reason.ADDRESS_WRONG: "email",
    Reason.HOLDER_CIRCLE: "email",
    Reason.PERIOD_WRONG: "last",
}


class Holders:
    """Handlers of forms that say who answers for the unit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def posts(self) -> dict[str, Handler]:
        return {"holder": self.name, "leave": self.leave}

    async def name(self, request: Request) -> Response:
        visit, body = await self._desk.receive_short(request)
        draft = posted(body, HOLDER_FIELDS)
        form = _form(holder_form(draft.value("arrangement")), draft, _("Chưa giao được việc"))
        if visit.page.closed:
            return await self._desk.refuse(visit, Reason.CLOSED)
        said = read_holder(draft, visit.link.address)
        if draft.errors or said is None:
            return await self._desk.mend(visit, form)
        command = NameHolder(
            id=draft.command,
            at=visit.at,
            actor=visit.actor,
            unit=visit.link.unit,
            by_email=visit.link.address,
            **said,
        )
        if command.arrangement is not Arrangement.SUCCESSOR:
            return await self._desk.send(visit, form, command)
        sent = await self._desk.deliver(visit, form, command)
        return sent if isinstance(sent, Response) else await self._farewell(visit, command.name)

    async def leave(self, request: Request) -> Response:
        visit, body = await self._desk.receive_short(request)
        draft = posted(body, LEAVE_FIELDS)
        form = _form(LEAVE, draft, _("Chưa ghi nhận"))
        if visit.page.closed:
            return await self._desk.refuse(visit, Reason.CLOSED)
        words = read_leaving(draft)
        if draft.errors:
            return await self._desk.mend(visit, form)
        command = Leave(id=draft.command, at=visit.at, actor=visit.actor, email=visit.link.address, words=words)
        sent = await self._desk.deliver(visit, form, command)
        return sent if isinstance(sent, Response) else await self._farewell(visit, "")

    async def _farewell(self, visit: Visit, successor: str) -> Response:
        """The last page that a link shows: it is dead from now on, so there is nowhere to lead to."""
        return await self._desk.site.respond("officer_farewell.html", page=visit.page, successor=successor)


def _form(name: str, draft: Draft, failed: str) -> Form:
    return Form(
        name,
        draft,
        failed=failed,
        about=_("Đề nghị bổ sung, sửa:"),
        confirms=("p", PEOPLE),
        anchor=PEOPLE,
        fields=_BLAMED,
    )
