"""Stepping in from the sheet of a unit or a requirement: first what is to be done with which obligations, which changes
nothing; then how and why, with what it will touch before the reader's eyes. Only for the unit that keeps the register.
"""

from starlette.requests import Request
from starlette.responses import Response

from models.command import Receipt
from models.pages import RegisterPage
from rules.refusals import Reason
from rules.ways import Way
from texts.language import gettext as _
from web.banner import unreachable
from web.bodies import Body
from web.drafts import Draft, posted
from web.forms.stepping_in import BLAMED, CHOOSING, STEPPING, command, fields, kind_of, read_step, way_of
from web.ports import Unreachable
from web.register.confirming import as_it_stands, named
from web.register.desk import Desk, Posted, Visit
from web.register.places import OVERVIEW
from web.register.stepped import borne_out, short_name, shown_by
from web.register.stepping import ALL, of_all, step, targets
from web.register.waiting import item_value
from web.storing import store_files


async def choose(desk: Desk, request: Request) -> Response:
    """Shows what the chosen way would touch, and asks how and why."""
    visit, body = await desk.posted(request)
    draft = posted(body, ("way",))
    way = way_of(draft.value("way"))
    if why := _not_here(visit):
        return await desk.refuse(visit, why, command=kind_of(way))
    draft.values["item"] = "\n".join(_chosen(visit, body, way))
    form = Posted(CHOOSING, draft, _("Chưa chọn đủ nội dung"))
    if way is None:
        draft.errors["way"] = _("Chọn một việc cần làm.")
    found = step(visit.page, visit.place, draft)
    if not targets(visit.page, visit.place, draft):
        draft.errors["item"] = _("Chọn ít nhất một nhiệm vụ.")
    elif found is not None and not found.touched:
        line, fault = found.left[0]
        draft.errors["item"] = _("%(line)s: %(why)s", line=short_name(visit.place, line), why=fault)
    elif found is not None and found.paper and len(found.touched) > 1:
        draft.errors["item"] = _("Mỗi lần chỉ xác nhận theo văn bản giấy đối với một nhiệm vụ.")
    if draft.errors:
        return await desk.mend(visit, form)
    begun = Draft(values={name: draft.value(name) for name in ("way", "item")}, shown=True)
    return await desk.show(visit, drafts={STEPPING: begun})


async def intervene(desk: Desk, request: Request) -> Response:
    visit, body = await desk.posted(request, files=True)
    try:
        return await _intervene(desk, visit, body)
    finally:
        body.close()


async def _intervene(desk: Desk, visit: Visit, body: Body) -> Response:
    """What does not fit any more is left to the ledger, which knows a button pressed twice."""
    way = way_of(body.text("way"))
    chosen = Draft(values={"way": body.text("way"), "item": "\n".join(body.texts("item"))})
    meant = targets(visit.page, visit.place, chosen)
    if why := _not_here(visit):
        return await desk.refuse(visit, why, about=[target.obligation for target in meant], command=kind_of(way))
    found = step(visit.page, visit.place, chosen)
    if way is None or found is None or not meant or (found.paper and len(meant) > 1):
        return await desk.tampered(visit)
    keys = {target.obligation for target in meant}
    lines = tuple(line for line in visit.page.lines if line.key in keys)
    draft = posted(body, fields(way, lines))
    draft.values |= chosen.values
    form = Posted(
        STEPPING,
        draft,
        _("Chưa thực hiện: %(way)s", way=found.words.called),
        changed=lambda page: _changed(page, visit, chosen),
        fields=BLAMED,
    )
    if found.paper and not await _store(desk, body, draft):
        return await desk.show(visit, unreachable(), 503, {STEPPING: draft})
    await desk.note_wrong(visit, *body.wrong)
    said = read_step(way, lines, found.units, draft)
    if draft.errors:
        return await desk.mend(visit, form)
    said |= {"id": draft.command, "at": visit.at, "actor": visit.actor}
    taken = await desk.send(visit, command(way, meant, said), form)
    return taken if isinstance(taken, Response) else await _confirmed(desk, visit, way, keys, taken)


async def _confirmed(desk: Desk, visit: Visit, way: Way, keys: set[str], taken: Receipt) -> Response:
    now = [line for line in (await desk.again(visit)).page.lines if line.key in keys]
    done = [line for line in now if borne_out(way, line)]
    left = [line for line in now if line not in done]
    said = {
        "d": named(shown_by(visit.place, line) for line in done),
        "c": named(shown_by(visit.place, line) for line in left),
    }
    return desk.confirmed(visit, taken, w=way.value, **said)


def _chosen(visit: Visit, body: Body, way: Way | None) -> list[str]:
    """The ticked obligations as the reader saw them; where he ticked all, those that the way fits as they stand."""
    ticked = body.texts("item")
    if ALL not in ticked or way is None:
        return ticked
    return [item_value(line) for line in of_all(visit.page, visit.place, way)]


async def _store(desk: Desk, body: Body, draft: Draft) -> bool:
    """Store the files of a paper; False where the disk refuses."""
    try:
        draft.kept, wrong = await store_files(desk.site.ports.files, body, desk.site.max_upload)
    except Unreachable:
        return False
    if wrong:
        draft.errors["files"] = wrong
    return True


def _not_here(visit: Visit) -> Reason | None:
    if visit.page.closed:
        return Reason.CLOSED
    return Reason.NOT_YOURS if not visit.own or visit.place == OVERVIEW else None


def _changed(page: RegisterPage, visit: Visit, chosen: Draft) -> str:
    """How those stand now that a way does not fit any more."""
    now = step(page, visit.place, chosen)
    return " ".join(as_it_stands(line) for line, _why in now.left) if now else ""
