"""What only those do who supervise the whole directive, on the page of its first register."""

from typing import Any

from starlette.responses import Response

from models.changing import CannotChange
from rules.refusals import WORDS, Reason, Refused, RefusedByRegister
from texts.language import gettext as _
from texts.language import mark
from web.banner import Banner, refused
from web.register.desk import Desk, Visit

_NOT_HERE = {
    Reason.CLOSED: WORDS[Reason.CLOSED],
    Reason.NOT_YOURS: mark("Chỉ đơn vị ban hành văn bản được thực hiện việc này, tại sổ theo dõi của mình."),
}


async def turned_away(desk: Desk, visit: Visit, command: str = "") -> Response | None:
    """The register, for somebody who cannot change or end the directive from where he is; None where he can. It is
    noted that he asked for a `command` of a kind; that he only looks is not."""
    if not visit.page.closed and visit.page.supervises:
        return None
    why = Reason.CLOSED if visit.page.closed else Reason.NOT_YOURS
    if command:
        await desk.note_refused(visit, why, command)
    return await desk.show(visit, refused(_(_NOT_HERE[why])), 409)


async def page_of_all(
    desk: Desk, visit: Visit, template: str, banner: Banner | None, status: int, **shown: Any
) -> Response:
    """A page of its own about the whole directive."""
    always = {"page": visit.page, "at": visit.at, "own": True, "home": visit.home, "banner": banner}
    return await desk.site.respond(template, status, **always, **shown)


async def note_unsent(desk: Desk, visit: Visit, error: CannotChange | Refused, command: str) -> None:
    """Note what the rules refuse of a change before any register is told of it. What a register refuses is noted as it
    answers, and what is wrong in a file is nothing that was refused."""
    if isinstance(error, Refused) and not isinstance(error, RefusedByRegister):
        await desk.note_refused(visit, error.reason, command)
