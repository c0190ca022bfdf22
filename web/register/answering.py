"""What is said on what units ask and tell: requests, obstacles and recommendations; and documents that have arrived."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import AnswerRequest, HandleRecommendation, RegisterDocument
from rules.calendar import local_day
from rules.refusals import Reason
from rules.requests import answers_requests, waiting
from texts.language import gettext as _
from web.drafts import posted
from web.forms.document import ARRIVED, read_arrived
from web.forms.granting import GRANTING_FIELDS, read_refusal, read_until
from web.forms.handling import HANDLING_FIELDS, read_handling
from web.recommendations import by_group, unit_names
from web.register.confirming import request_as_it_stands
from web.register.desk import Desk, Posted
from web.register.waiting import request_form


async def answer(desk: Desk, request: Request) -> Response:
    """Grants or refuses a request. What does not wait any more is left to the ledger, which knows a button pressed
    twice; one that was answered meanwhile is refused with what was said."""
    visit, body = await desk.posted(request)
    asked = next((item for item in visit.page.requests if item.id == body.text("request")), None)
    line = next((line for line in visit.page.lines if asked and line.key == asked.obligation), None)
    if asked is None or line is None:
        return await desk.refuse(visit, Reason.UNKNOWN_REQUEST, status=400)
    if visit.page.closed or not answers_requests(line, visit.page.reviewer.code):
        why = Reason.CLOSED if visit.page.closed else Reason.NOT_YOURS
        return await desk.refuse(visit, why, about=(line.key,))
    if body.text("answer") not in {"grant", "refuse"}:
        return await desk.tampered(visit)
    granted = body.text("answer") == "grant"
    draft = posted(body, GRANTING_FIELDS)
    waits = asked in waiting(visit.page.requests, visit.page.lines)
    until = read_until(asked, line if waits else None, draft, visit.at, visit.page.head.closing) if granted else None
    if waits and not granted:
        read_refusal(draft)
    form = Posted(
        request_form(asked.id, granted=granted),
        draft,
        _("Chưa ghi nhận trả lời đề nghị"),
        changed=lambda page: request_as_it_stands(page, asked.id),
        fields={Reason.DAY_NOT_LATER: "until", Reason.DAY_BEYOND_CLOSING: "until", Reason.REASON_NEEDED: "words"},
    )
    if draft.errors:
        return await desk.mend(visit, form)
    command = AnswerRequest(
        id=draft.command,
        at=visit.at,
        actor=visit.actor,
        request=asked.id,
        granted=granted,
        words=draft.value("words"),
        until=until,
    )
    taken = await desk.send(visit, command, form)
    return taken if isinstance(taken, Response) else desk.confirmed(visit, taken, q=asked.id)


async def recommendation(desk: Desk, request: Request) -> Response:
    """Handles what was raised. What the status does not allow is left to the ledger, which knows a button pressed
    twice."""
    visit, body = await desk.posted(request)
    page = visit.page
    draft = posted(body, HANDLING_FIELDS)
    drafts = {body.text("recommendation"): draft}
    items = (item for group in by_group(page, drafts, visit.at) for item in group.items)
    item = next((item for item in items if item.asked.id == body.text("recommendation")), None)
    if item is None:
        return await desk.refuse(visit, Reason.UNKNOWN_RECOMMENDATION, status=400)
    about = (item.asked.obligation,)
    if page.closed:
        return await desk.refuse(visit, Reason.CLOSED, about=about)
    said = read_handling(draft, unit_names(page), local_day(visit.at))
    title = _("Chưa ghi nhận xử lý vướng mắc") if item.obstacle else _("Chưa ghi nhận xử lý kiến nghị")
    form = Posted(item.asked.id, draft, title)
    if draft.errors or said is None:
        return await (desk.mend(visit, form) if item.ways else desk.refuse(visit, Reason.NOT_YOURS, about=about))
    command = HandleRecommendation(
        id=draft.command, at=visit.at, actor=visit.actor, recommendation=item.asked.id, **said
    )
    taken = await desk.send(visit, command, form)
    return taken if isinstance(taken, Response) else desk.confirmed(visit, taken, k=item.asked.id)


async def document(desk: Desk, request: Request) -> Response:
    """Registers a document that some requirements wait for."""
    visit, body = await desk.posted(request)
    trigger = body.text("trigger")
    draft = posted(body, ARRIVED)
    arrived = read_arrived(draft)
    form = Posted(trigger, draft, _("Chưa đăng ký được văn bản"))
    if draft.errors:
        waited_for = trigger in visit.page.waiting_triggers
        return await (desk.mend(visit, form) if waited_for else desk.refuse(visit, Reason.UNKNOWN_TRIGGER, status=400))
    command = RegisterDocument(id=draft.command, at=visit.at, actor=visit.actor, trigger=trigger, document=arrived)
    taken = await desk.send(visit, command, form)
    return taken if isinstance(taken, Response) else desk.confirmed(visit, taken, t=trigger)
