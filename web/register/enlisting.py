"""Late addressees, on a page of its own: units are looked for and chosen, what they would owe is shown, then confirmed.
Only for the unit that keeps the directive's first register."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.changing import CannotChange, Hindrance, LateAddressees
from rules.previewing import Preview
from rules.refusals import WORDS, Reason, Refused
from texts.language import gettext as _
from web.banner import Banner, Tone, refused, unreachable
from web.bodies import Body
from web.drafts import Draft, posted
from web.forms.late import FIELDS, FORM, read_late, typed_units
from web.ports import Unreachable
from web.register.change_words import MOST, PREVIEW
from web.register.desk import Desk, Posted, Visit
from web.register.fault_words import mistakes
from web.register.hindered import hindrance_words
from web.register.supervising import note_unsent, page_of_all, turned_away

_COMMAND = "enlist"
"""The kind of what is asked for here."""
_BLAMED = {
    Hindrance.UNKNOWN_UNIT: "typed",
    Hindrance.UNIT_NOT_VALID: "unit",
    Hindrance.UNKNOWN_REQUIREMENT: "requirement",
    Reason.DATE_NEEDED: "until",
    Reason.DAY_PAST: "until",
    Reason.DAY_BEFORE_ISSUE: "until",
    Reason.DAY_BEYOND_CLOSING: "until",
    Reason.ALREADY_OWES: "unit",
}
"""The field of which a hindrance or a refusal speaks."""


async def show_enlisting(desk: Desk, request: Request) -> Response:
    visit = await desk.visit(request)
    if away := await turned_away(desk, visit):
        return away
    return await _form(desk, visit, Draft(), await _listed(desk, visit, request.query_params.get("c", "")))


async def enlist(desk: Desk, request: Request) -> Response:
    visit, body = await desk.posted(request)
    if away := await turned_away(desk, visit, _COMMAND):
        return away
    draft = await _posted(desk, body)
    if body.text("go") == "search":
        draft.errors.clear()
        return await _form(desk, visit, draft)
    late = read_late(draft)
    if late is None:
        return await _mend(desk, visit, draft)
    try:
        if body.text("go") == "apply":
            await desk.site.ports.changes.enlist(visit.link, visit.actor, late, body.text("seal"), draft.command)
            return RedirectResponse(f"{visit.home}/enlist?c={draft.command}", 303)
        return await _preview(desk, visit, draft, await _previewed(desk, visit, late))
    except (CannotChange, Refused) as error:
        await note_unsent(desk, visit, error, _COMMAND)
        return await _hindered(desk, visit, draft.renewed(), late, error)
    except Unreachable:
        return await _form(desk, visit, draft, unreachable(), 503)


async def _posted(desk: Desk, body: Body) -> Draft:
    """The form as it came: ticks as lines of text, units that were typed by name as their codes."""
    draft = posted(body, FIELDS)
    draft.values["requirement"] = "\n".join(body.texts("requirement"))
    ticked = tuple(body.texts("unit"))
    named = await run_in_threadpool(desk.site.ports.changes.codes, typed_units(draft)) if draft.value("typed") else ()
    draft.values["unit"] = "\n".join(dict.fromkeys((*ticked, *named)))
    return draft


async def _hindered(
    desk: Desk, visit: Visit, draft: Draft, late: LateAddressees, error: CannotChange | Refused
) -> Response:
    """What was asked for cannot be; where it only has changed since it was shown, it is shown anew."""
    if isinstance(error, CannotChange) and error.why is Hindrance.SEEN_OTHERWISE:
        try:
            now = await _previewed(desk, visit, late)
        except (CannotChange, Refused) as other:
            return await _hindered(desk, visit, draft, late, other)
        return await _preview(desk, visit, draft, now, refused(hindrance_words(error)), 409)
    why, words = (
        (error.reason, _(WORDS[error.reason])) if isinstance(error, Refused) else (error.why, hindrance_words(error))
    )
    if why is Reason.CLOSED:
        return await desk.show(await desk.again(visit), refused(words), 409)
    if why in _BLAMED:
        draft.errors[_BLAMED[why]] = words
        return await _mend(desk, visit, draft)
    faults = error.faults if isinstance(error, CannotChange) else ()
    return await _form(desk, visit, draft, Banner(Tone.ERROR, _("Chưa giao bổ sung được"), words), 409, faults=faults)


async def _mend(desk: Desk, visit: Visit, draft: Draft) -> Response:
    banner = await desk.mistaken(visit, Posted(FORM, draft, _("Chưa giao bổ sung được")))
    return await _form(desk, visit, draft, banner, 422)


async def _form(
    desk: Desk, visit: Visit, draft: Draft, banner: Banner | None = None, status: int = 200, faults: Any = ()
) -> Response:
    changes = desk.site.ports.changes
    words, chosen = draft.value("words"), tuple(filter(None, draft.value("unit").split("\n")))
    found = await run_in_threadpool(changes.candidates, visit.link, visit.actor, words) if words else {}
    shown = {
        "form": FORM,
        "requirements": await run_in_threadpool(changes.askable, visit.link),
        "chosen_requirements": draft.value("requirement").split("\n"),
        "found": found,
        "units": {**await _names(desk, chosen), **found},
        "chosen": chosen,
        "draft": draft,
        "mistakes": mistakes(faults, ""),
    }
    return await page_of_all(desk, visit, "register_enlist.html", banner, status, **shown)


async def _names(desk: Desk, codes: tuple[str, ...]) -> Mapping[str, str]:
    return await run_in_threadpool(desk.site.ports.changes.names, codes) if codes else {}


async def _preview(
    desk: Desk, visit: Visit, draft: Draft, preview: Preview, banner: Banner | None = None, status: int = 200
) -> Response:
    shown = {"form": FORM, "preview": preview, "draft": draft, "hidden": _hidden(draft)}
    return await page_of_all(desk, visit, "register_enlist_preview.html", banner, status, **PREVIEW, **shown)


def _hidden(draft: Draft) -> tuple[tuple[str, str], ...]:
    """What the second form says again of the first."""
    many = [(name, text) for name in ("requirement", "unit") for text in draft.value(name).split("\n")]
    return (*many, *((name, draft.value(name)) for name in ("until", "why")))


async def _previewed(desk: Desk, visit: Visit, late: LateAddressees) -> Preview:
    return await run_in_threadpool(desk.site.ports.changes.enlistment, visit.link, visit.actor, late)


async def _listed(desk: Desk, visit: Visit, command: str) -> Banner | None:
    """What an address confirms, as far as the registers bear it out."""
    found = await run_in_threadpool(desk.site.ports.changes.listed, visit.link, command) if command else ()
    if not found:
        return None
    shown = "; ".join(f"{unit}: {title}" for title, unit in found[:MOST])
    words = _(
        "%(lines)s. Đơn vị nhận được thư trong giờ gửi thư. Nếu sau ít phút chưa thấy trong sổ theo dõi cấp dưới, đề "
        "nghị giao lại với cùng nội dung.",
        lines=shown,
    )
    return Banner(Tone.DONE, _("Đã giao bổ sung"), words)
