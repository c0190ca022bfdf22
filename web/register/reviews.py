"""Decisions on what was handed in: one at a time, or all of the same kind together."""

from starlette.requests import Request
from starlette.responses import Response

from models.command import AcceptAll, Accepting, Decision, Review
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.refusals import Reason
from rules.standing import decides, title
from texts.language import gettext as _
from web.bodies import Body
from web.drafts import posted
from web.forms.deciding import REVIEW_FIELDS, read_outcome
from web.register.confirming import accepted, as_it_stands, named
from web.register.desk import Desk, Posted
from web.register.waiting import all_form, review_form


async def review(desk: Desk, request: Request) -> Response:
    visit, body = await desk.posted(request)
    line = next((line for line in visit.page.lines if line.key == body.text("obligation")), None)
    submission, decision = _number(body.text("submission")), _decision(body)
    if line is None:
        return await desk.refuse(visit, Reason.UNKNOWN_OBLIGATION, status=400)
    if submission is None or decision is None:
        return await desk.tampered(visit)
    draft = posted(body, REVIEW_FIELDS)
    outcome = read_outcome(line, decision, draft)
    form = Posted(
        review_form(line.key, decision),
        draft,
        _("Chưa ghi nhận quyết định"),
        about=f"{line.unit_name} – {title(line)}:",
        changed=lambda page: _standing(page, line.key),
    )
    if draft.errors:
        if visit.page.closed:
            return await desk.refuse(visit, Reason.CLOSED, about=(line.key,))
        if not decides(line, visit.page.reviewer.code) or line.submissions != submission:
            return await desk.refuse(visit, Reason.REVIEW_OUTDATED, about=(line.key,), now=as_it_stands(line))
        return await desk.mend(visit, form)
    command = Review(
        id=draft.command,
        at=visit.at,
        actor=visit.actor,
        obligation=line.key,
        submission=submission,
        decision=decision,
        comment=draft.value("comment"),
        outcome=outcome,
    )
    taken = await desk.send(visit, command, form)
    return taken if isinstance(taken, Response) else desk.confirmed(visit, taken, o=line.key)


async def accept_all(desk: Desk, request: Request) -> Response:
    """Accepts what is ticked, as far as it is still as the reader saw it; what is not is named."""
    visit, body = await desk.posted(request)
    requirement = body.text("requirement")
    items = _items(visit.page, requirement, body)
    draft = posted(body, ())
    draft.values["item"] = "\n".join(f"{item.submission}:{item.obligation}" for item in items)
    if not items:
        draft.errors["item"] = _("Chọn ít nhất một kết quả.")
    form = Posted(
        all_form(requirement),
        draft,
        _("Chưa xác nhận kết quả nào"),
        changed=lambda page: " ".join(_standing(page, item.obligation) for item in items),
    )
    if draft.errors:
        about = [item.obligation for item in items]
        return await (desk.refuse(visit, Reason.CLOSED, about=about) if visit.page.closed else desk.mend(visit, form))
    command = AcceptAll(id=draft.command, at=visit.at, actor=visit.actor, items=items)
    taken = await desk.send(visit, command, form)
    if isinstance(taken, Response):
        return taken
    now = {line.key: line for line in (await desk.again(visit)).page.lines}
    done = [item for item in items if accepted(now.get(item.obligation), visit.page.reviewer.code, item.submission)]
    left = [item for item in items if item not in done]
    return desk.confirmed(
        visit,
        taken,
        a=requirement,
        d=named(now[item.obligation].unit for item in done),
        c=named(now[item.obligation].unit for item in left if item.obligation in now),
    )


def _items(page: RegisterPage, requirement: str, body: Body) -> tuple[Accepting, ...]:
    """The ticked submissions, as the reader saw them: those of obligations that the register has."""
    lines = {line.key: line for line in page.lines if line.requirement == requirement}
    found: dict[str, Accepting] = {}
    for text in body.texts("item"):
        number, _colon, key = text.partition(":")
        submission = _number(number)
        if key in lines and submission is not None:
            found[key] = Accepting(obligation=key, submission=submission)
    return tuple(found.values())


def _standing(page: RegisterPage, key: str) -> str:
    line: ObligationLine | None = next((line for line in page.lines if line.key == key), None)
    return as_it_stands(line) if line else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _decision(body: Body) -> Decision | None:
    return next((item for item in Decision if item == body.text("decision")), None)
