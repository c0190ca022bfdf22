"""The register of an issuing unit: who owes what, decisions on what came in, and documents that were waited for."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.command import Actor, ActorKind, Command, Decision, HandleRecommendation, RegisterDocument, Review
from models.link import Link, Purpose
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.calendar import local_day
from rules.refusals import WORDS, Reason, Refused
from rules.standing import decides, title
from web.banner import UNREACHABLE, Banner, Tone, refused
from web.bodies import Body, read_body
from web.downloads import download
from web.drafts import STALE, Draft, posted
from web.figures import COLUMNS, figures
from web.forms.deciding import REVIEW_FIELDS, outcome_choices, read_outcome
from web.forms.document import ARRIVED, read_arrived
from web.forms.handling import HANDLING_FIELDS, read_handling
from web.heat import heat_table
from web.links import resolve
from web.ports import Unreachable
from web.recommendations import by_group, handled, unit_names
from web.register_view import (
    as_it_stands,
    by_requirement,
    document_drafts,
    form_name,
    overdue,
    receipt,
    silent,
    undecided,
    waiting_for_decision,
)
from web.site import Site


class Register:
    """Handlers behind `/s/{token}`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        posts = {"review": self.review, "document": self.document, "recommendation": self.recommendation}
        return [
            Route("/s/{token}", self.show, methods=["GET"]),
            *(Route(f"/s/{{token}}/{name}", handler, methods=["POST"]) for name, handler in posts.items()),
            *(Route(f"/s/{{token}}/{name}", self.back, methods=["GET"]) for name in posts),
            Route("/s/{token}/file/{sha256}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        page = await self._page(await resolve(self._site, request, Purpose.REGISTER))
        query = request.query_params
        number = query.get("r", "")
        banner = receipt(page, number, query.get("o", ""), query.get("t", "")) or handled(
            page, number, query.get("k", "")
        )
        return await self._respond(request, page, banner)

    async def back(self, request: Request) -> Response:
        """A browser that reopens the address of a post gets the page, and nothing is sent again."""
        await resolve(self._site, request, Purpose.REGISTER)
        return RedirectResponse(_home(request), 303)

    async def file(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.REGISTER)
        return await download(self._site, link, request.path_params["sha256"])

    async def review(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.REGISTER)
        body = await self._body(request)
        page = await self._page(link)
        line = next((line for line in page.lines if line.key == body.text("obligation")), None)
        submission, decision = _submission(body), _decision(body)
        if line is None or submission is None or decision is None:
            words = WORDS[Reason.UNKNOWN_OBLIGATION] if line is None else STALE
            return await self._respond(request, page, refused(words), 400)
        draft = posted(body, REVIEW_FIELDS)
        outcome = read_outcome(line, decision, draft)
        if draft.errors:
            return await self._mend_review(request, page, line, submission, {form_name(line.key, decision): draft})
        command = Review(
            id=draft.command,
            at=page.clock.business(self._site.now()),
            actor=_actor(link),
            obligation=line.key,
            submission=submission,
            decision=decision,
            comment=draft.value("comment"),
            outcome=outcome,
        )
        return await self._send(request, link, page, command, {"o": line.key}, {form_name(line.key, decision): draft})

    async def document(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.REGISTER)
        body = await self._body(request)
        page = await self._page(link)
        trigger = body.text("trigger")
        draft = posted(body, ARRIVED)
        document = read_arrived(draft)
        if draft.errors and trigger in page.waiting_triggers:
            items = tuple((f"{trigger}-{name}", message) for name, message in draft.errors.items())
            banner = Banner(Tone.ERROR, "Chưa đăng ký được văn bản", "Đề nghị bổ sung, sửa nội dung:", items)
            return await self._respond(request, page, banner, 422, drafts={trigger: draft})
        if draft.errors:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_TRIGGER]), 400)
        command = RegisterDocument(
            id=draft.command,
            at=page.clock.business(self._site.now()),
            actor=_actor(link),
            trigger=trigger,
            document=document,
        )
        return await self._send(request, link, page, command, {"t": trigger}, {trigger: draft})

    async def recommendation(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.REGISTER)
        body = await self._body(request)
        page = await self._page(link)
        at = page.clock.business(self._site.now())
        draft = posted(body, HANDLING_FIELDS)
        drafts = {body.text("recommendation"): draft}
        items = (item for group in by_group(page, drafts, at) for item in group.items)
        item = next((item for item in items if item.asked.id == body.text("recommendation")), None)
        if item is None:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_RECOMMENDATION]), 400)
        if not item.ways:
            reason = Reason.CLOSED if page.closed else Reason.NOT_YOURS
            return await self._respond(request, page, refused(WORDS[reason]), 409)
        said = read_handling(item.ways, draft, unit_names(page), local_day(at))
        if draft.errors or said is None:
            faults = tuple((f"{item.asked.id}-{name}", message) for name, message in draft.errors.items())
            banner = Banner(Tone.ERROR, f"Chưa ghi nhận xử lý {item.noun}", "Đề nghị bổ sung, sửa nội dung:", faults)
            return await self._respond(request, page, banner, 422, drafts=drafts)
        command = HandleRecommendation(
            id=draft.command, at=at, actor=_actor(link), recommendation=item.asked.id, **said
        )
        return await self._send(request, link, page, command, {"k": item.asked.id}, drafts)

    async def _body(self, request: Request) -> Body:
        body = await read_body(request, self._site.max_upload)
        body.close()  # no form here has files
        return body

    async def _send(
        self,
        request: Request,
        link: Link,
        page: RegisterPage,
        command: Command,
        about: dict[str, str],
        drafts: dict[str, Draft],
    ) -> Response:
        try:
            taken = await self._site.cascades.send(link.cascade_id, command)
        except Refused as refusal:
            page = await self._page(link)
            words = WORDS[refusal.reason]
            if line := next((line for line in page.lines if line.key == about.get("o")), None):
                words = f"{words} {as_it_stands(line)}"
            renewed = {key: draft.renewed() for key, draft in drafts.items()}
            return await self._respond(request, page, refused(words), 409, drafts=renewed)
        except Unreachable:
            return await self._respond(request, page, UNREACHABLE, 503, drafts=drafts)
        return RedirectResponse(f"{_home(request)}?{urlencode({'r': str(taken.seq)} | about)}", 303)

    async def _mend_review(
        self, request: Request, page: RegisterPage, line: ObligationLine, submission: int, drafts: dict[str, Draft]
    ) -> Response:
        if page.closed:
            return await self._respond(request, page, refused(WORDS[Reason.CLOSED]), 409)
        if not decides(line, page.reviewer.code) or line.submissions != submission:
            words = f"{WORDS[Reason.REVIEW_OUTDATED]} {as_it_stands(line)}"
            return await self._respond(request, page, refused(words), 409)
        items = tuple(
            (f"{form}-{name}", message) for form, draft in drafts.items() for name, message in draft.errors.items()
        )
        banner = Banner(Tone.ERROR, "Chưa ghi nhận quyết định", f"{line.unit_name} – {title(line)}:", items)
        return await self._respond(request, page, banner, 422, drafts=drafts)

    async def _page(self, link: Link) -> RegisterPage:
        return await run_in_threadpool(self._site.pages.register_page, link)

    async def _respond(
        self,
        request: Request,
        page: RegisterPage,
        banner: Banner | None,
        status: int = 200,
        *,
        drafts: Mapping[str, Draft] | None = None,
    ) -> Response:
        drafts = drafts or {}
        at = page.clock.business(self._site.now())
        return await self._site.respond(
            "register.html",
            status,
            page=page,
            at=at,
            home=_home(request),
            banner=banner,
            own=page.reviewer.code == page.issuer.code,
            names=unit_names(page),
            outcome_choices=outcome_choices,
            recommendations=by_group(page, drafts, at),
            figures=figures(page.lines),
            columns=tuple(COLUMNS),
            decisions=waiting_for_decision(page, drafts),
            undecided=undecided(page),
            overdue=overdue(page),
            silent=silent(page),
            groups=by_requirement(page),
            heat=heat_table(page.lines),
            documents=document_drafts(page, drafts),
        )


def _submission(body: Body) -> int | None:
    text = body.text("submission")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _decision(body: Body) -> Decision | None:
    return next((item for item in Decision if item == body.text("decision")), None)


def _home(request: Request) -> str:
    return f"/s/{request.path_params['token']}"


def _actor(link: Link) -> Actor:
    return Actor(kind=ActorKind.REVIEWER, unit=link.unit)
