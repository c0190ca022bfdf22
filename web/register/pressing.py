"""Chasing what is owed, now, and naming people who are to answer for a unit: only for the unit that keeps the
register."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import Chase, NameHolder
from rules.refusals import Reason
from texts.language import gettext as _
from web.drafts import posted
from web.forms.holder import HOLDER_FIELDS, read_holder
from web.register.behind import to_chase
from web.register.confirming import chased_as_it_stands, named
from web.register.desk import Desk, Posted
from web.register.sheets import CHASE_FORMS, appointing_form, chase_form

_FIELDS = {
    Reason.NAME_MISSING: "name",
    Reason.ADDRESS_WRONG: "email",
    Reason.HOLDER_CIRCLE: "email",
    Reason.PERIOD_WRONG: "last",
    Reason.CHAIN_TOO_LONG: "arrangement",
}


async def chase(desk: Desk, request: Request) -> Response:
    """Chases the ticked units for all they owe, or for one requirement, or for what is overdue."""
    visit, body = await desk.posted(request)
    stood = body.text("form")
    if visit.page.closed or not visit.own:
        return await desk.refuse(visit, Reason.CLOSED if visit.page.closed else Reason.NOT_YOURS)
    units = tuple(dict.fromkeys(body.texts("unit")))
    if stood not in CHASE_FORMS:
        return await desk.tampered(visit)
    draft = posted(body, ("words",))
    draft.values["unit"] = named(units)
    if not units:
        draft.errors["unit"] = _("Chọn ít nhất một đơn vị.")
    form = Posted(
        chase_form(stood),
        draft,
        _("Chưa đôn đốc"),
        changed=lambda page: " ".join(chased_as_it_stands(page, unit, visit.at) for unit in units),
    )
    if draft.errors:
        return await desk.mend(visit, form)
    lines = to_chase(visit.page, units, visit.place.requirement, only_overdue=stood == "overdue")
    if not lines:
        return await desk.refuse(visit, Reason.NOTHING_TO_CHASE)
    keys = tuple(line.key for line in lines)
    taken = await desk.send(
        visit,
        Chase(id=draft.command, at=visit.at, actor=visit.actor, obligations=keys, words=draft.value("words")),
        form,
    )
    if isinstance(taken, Response):
        return taken
    before = {line.key: line.chased_at for line in lines}
    now = (await desk.again(visit)).page.lines
    pressed = (line for line in now if line.key in before and line.chased_at not in {None, before[line.key]})
    done = dict.fromkeys(line.unit for line in pressed)
    left = (unit for unit in units if unit not in done)
    return desk.confirmed(visit, taken, x=stood, d=named(done), c=named(left))


async def appoint(desk: Desk, request: Request) -> Response:
    """Names a substitute, a successor or a colleague for a unit of the register."""
    visit, body = await desk.posted(request)
    unit = visit.place.unit
    if visit.page.closed or not visit.own:
        return await desk.refuse(visit, Reason.CLOSED if visit.page.closed else Reason.NOT_YOURS)
    if not unit:
        return await desk.refuse(visit, Reason.NOT_YOURS, status=400)
    draft = posted(body, HOLDER_FIELDS)
    said = read_holder(draft, "")
    form = Posted(appointing_form(unit), draft, _("Chưa cử được người phụ trách"), fields=_FIELDS)
    if draft.errors or said is None:
        return await desk.mend(visit, form)
    command = NameHolder(id=draft.command, at=visit.at, actor=visit.actor, unit=unit, **said)
    taken = await desk.send(visit, command, form)
    return taken if isinstance(taken, Response) else desk.confirmed(visit, taken, h=unit)
