"""Ending the whole directive before its time, from its first register: what will become of it is shown with counts,
then it is confirmed with a reason. Only for the unit that keeps that register."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.intervention import EndRegister
from models.pages import Standing
from rules.refusals import WORDS, Reason, Refused
from texts.language import gettext as _
from web.banner import Banner, refused, unreachable
from web.drafts import Draft, posted
from web.ports import Unreachable
from web.register.desk import Desk, Posted, Visit
from web.register.ending_words import End, ending_shown, seen
from web.register.supervising import page_of_all, turned_away

FORM = "ending"
"""The beginning of the ids of the form's fields."""
_COMMAND = "end"
"""The kind of what is asked for here."""


async def show_cancelling(desk: Desk, request: Request) -> Response:
    return await _shown(desk, await desk.visit(request), End.CANCEL)


async def show_closing(desk: Desk, request: Request) -> Response:
    return await _shown(desk, await desk.visit(request), End.CLOSE)


async def cancel(desk: Desk, request: Request) -> Response:
    return await _end(desk, request, End.CANCEL)


async def close(desk: Desk, request: Request) -> Response:
    return await _end(desk, request, End.CLOSE)


async def _end(desk: Desk, request: Request, way: End) -> Response:
    """What was shown is confirmed; where it has changed since, it is shown anew."""
    visit, body = await desk.posted(request)
    draft = posted(body, ("why",))
    if visit.page.ended is not None and visit.page.ended.cause == draft.command:
        return _back(visit, way)
    if away := await turned_away(desk, visit, _COMMAND):
        return away
    if not draft.value("why"):
        draft.errors.setdefault("why", _(WORDS[Reason.REASON_NEEDED]))
    if draft.errors:
        return await _mend(desk, visit, way, draft)
    if body.text("seen") != seen(await _standing(desk, visit)):
        words = _("Tình hình thực hiện đã thay đổi sau khi trang này được mở; đề nghị xem lại rồi xác nhận.")
        return await _shown(desk, visit, way, draft.renewed(), refused(words), 409)
    command = EndRegister(
        id=draft.command, at=visit.at, actor=visit.actor, cancelled=way is End.CANCEL, reason=draft.value("why")
    )
    try:
        await desk.site.ports.cascades.send(visit.link.cascade_id, command)
    except Refused as refusal:
        now = await desk.again(visit)
        return await _shown(desk, now, way, draft.renewed(), refused(_(WORDS[refusal.reason])), 409)
    except Unreachable:
        return await _shown(desk, visit, way, draft, unreachable(), 503)
    return _back(visit, way)


def _back(visit: Visit, way: End) -> Response:
    """To the register, which confirms what it has on record (web/register/ending_words.py)."""
    return RedirectResponse(f"{visit.home}?e={way}", 303)


async def _mend(desk: Desk, visit: Visit, way: End, draft: Draft) -> Response:
    banner = await desk.mistaken(visit, Posted(FORM, draft, _("Chưa thực hiện")))
    return await _shown(desk, visit, way, draft, banner, 422)


async def _shown(
    desk: Desk, visit: Visit, way: End, draft: Draft | None = None, banner: Banner | None = None, status: int = 200
) -> Response:
    """The page to confirm on; the register where there is nothing to end any more, or who asks may not."""
    if away := await turned_away(desk, visit):
        return away
    found = ending_shown(way, await _standing(desk, visit), draft or Draft())
    return await page_of_all(desk, visit, "register_ending.html", banner, status, form=FORM, ending=found)


async def _standing(desk: Desk, visit: Visit) -> Standing:
    return await run_in_threadpool(desk.site.ports.pages.standing, visit.link)
