"""The page of an addressed unit: what it owes, handing it in, telling obstacles, and replying to recommendations."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.command import (
    Acknowledge,
    Actor,
    ActorKind,
    Command,
    CompleteFigures,
    HandleRecommendation,
    RaiseObstacle,
    Submit,
)
from models.link import Link, Purpose
from models.pages import OfficerPage
from models.register import ObligationLine
from rules.calendar import local_day
from rules.refusals import WORDS, Reason, Refused
from web.banner import UNREACHABLE, Banner, Tone, refused
from web.bodies import Body, read_body
from web.downloads import download
from web.drafts import Draft, new_command, posted
from web.forms import indicators, people, raised, selection
from web.forms.answer import answer_fields, read_answer
from web.forms.document import asks_document
from web.forms.handling import REPLY_FIELDS, read_reply
from web.forms.obstacle import OBSTACLE_FIELDS, obstacle_form, read_obstacle
from web.links import resolve
from web.officer_view import (
    completable,
    completing_form,
    confirmation,
    faults,
    groups,
    mistakes,
    needs_time,
    obstacle_mistakes,
    split_mistakes,
    unacknowledged,
    why_not,
)
from web.ports import Unreachable
from web.recommendations import obstacles_of, raised_by, referred, unit_names
from web.site import Site, size_words
from web.storing import store_files
from web.uploads import ACCEPT

_FORMS = {"people": people, "raised": raised, "selection": selection, "indicators": indicators}


class Officer:
    """Handlers behind `/v/{token}`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        posts = {
            "acknowledge": self.acknowledge,
            "submit": self.submit,
            "figures": self.complete_figures,
            "reply": self.reply,
            "obstacle": self.obstacle,
        }
        return [
            Route("/v/{token}", self.show, methods=["GET"]),
            *(Route(f"/v/{{token}}/{name}", handler, methods=["POST"]) for name, handler in posts.items()),
            *(Route(f"/v/{{token}}/{name}", self.back, methods=["GET"]) for name in posts),
            Route("/v/{token}/file/{sha256}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        page = await self._page(await resolve(self._site, request, Purpose.OFFICER))
        return await self._respond(request, page, confirmation(page, request.query_params))

    async def back(self, request: Request) -> Response:
        """A browser that reopens the address of a post gets the page, and nothing is sent again."""
        await resolve(self._site, request, Purpose.OFFICER)
        return RedirectResponse(_home(request), 303)

    async def file(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        return await download(self._site, link, request.path_params["sha256"])

    async def acknowledge(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        draft = posted(await read_body(request, self._site.max_upload), ())
        page = await self._page(link)
        if draft.errors:
            return await self._respond(request, page, refused(draft.error("form")), 400)
        command = Acknowledge(id=draft.command, at=page.clock.business(self._site.now()), actor=_actor(link))
        try:
            await self._site.cascades.send(link.cascade_id, command)
        except Refused as refusal:
            return await self._respond(request, await self._page(link), refused(WORDS[refusal.reason]), 409)
        except Unreachable:
            return await self._respond(request, page, UNREACHABLE, 503, acknowledgement=draft.command)
        return RedirectResponse(_home(request), 303)

    async def submit(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        body = await read_body(request, self._site.max_upload)
        received = self._site.now()
        try:
            return await self._submit(request, link, body, received)
        finally:
            body.close()

    async def _submit(self, request: Request, link: Link, body: Body, received: datetime) -> Response:
        page = await self._page(link)
        line = _line(page, body)
        if line is None:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_OBLIGATION]), 400)
        draft = posted(body, answer_fields(line))
        drafts = {line.key: draft}
        try:
            draft.kept, wrong = await store_files(self._site.files, body, self._site.max_upload)
        except Unreachable:
            return await self._respond(request, page, UNREACHABLE, 503, drafts=drafts)
        if wrong:
            draft.errors["files"] = wrong
        if body.text("more") and not draft.errors:
            return await self._respond(request, page, None, drafts=drafts)
        at = page.clock.business(received)
        answer = read_answer(line, draft, draft.kept, local_day(at))
        if draft.errors:
            status = 413 if body.exceeds(self._site.max_upload) else 422
            return await self._mend(request, page, line, mistakes(line, draft), status, drafts)
        command = Submit(id=draft.command, at=at, actor=_actor(link), obligation=line.key, answer=answer)
        return await self._send(request, link, page, command, {"o": line.requirement}, drafts)

    async def complete_figures(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        body = await self._short_body(request)
        page = await self._page(link)
        line = _line(page, body)
        if line is None:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_OBLIGATION]), 400)
        if page.closed or not completable(line):
            reason = Reason.CLOSED if page.closed else Reason.NOTHING_TO_COMPLETE
            return await self._respond(request, page, refused(WORDS[reason]), 409)
        draft = posted(body, people.completing_names(line))
        men, women, attended = people.read_completion(line, draft)
        drafts = {completing_form(line): draft}
        if draft.errors:
            return await self._respond(request, page, split_mistakes(line, draft), 422, drafts=drafts)
        command = CompleteFigures(
            id=draft.command,
            at=page.clock.business(self._site.now()),
            actor=_actor(link),
            obligation=line.key,
            men=men,
            women=women,
            attended=attended,
        )
        return await self._send(request, link, page, command, {"f": line.requirement}, drafts)

    async def reply(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        body = await self._short_body(request)
        page = await self._page(link)
        draft = posted(body, REPLY_FIELDS)
        drafts = {body.text("recommendation"): draft}
        at = page.clock.business(self._site.now())
        item = next((item for item in referred(page, drafts, at) if item.asked.id == body.text("recommendation")), None)
        if item is None:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_RECOMMENDATION]), 400)
        if not item.ways:
            reason = Reason.CLOSED if page.closed else Reason.HANDLING_NOT_POSSIBLE
            return await self._respond(request, page, refused(WORDS[reason]), 409)
        said = read_reply(draft)
        if draft.errors:
            banner = Banner(Tone.ERROR, "Chưa gửi được trả lời", "Đề nghị bổ sung:", faults(item.asked.id, draft))
            return await self._respond(request, page, banner, 422, drafts=drafts)
        command = HandleRecommendation(
            id=draft.command, at=at, actor=_actor(link), recommendation=item.asked.id, **said
        )
        return await self._send(request, link, page, command, {"k": item.asked.id}, drafts)

    async def obstacle(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        body = await self._short_body(request)
        page = await self._page(link)
        line = _line(page, body)
        if line is None or page.closed:
            reason = Reason.UNKNOWN_OBLIGATION if line is None else Reason.CLOSED
            return await self._respond(request, page, refused(WORDS[reason]), 400 if line is None else 409)
        draft = posted(body, OBSTACLE_FIELDS)
        text = read_obstacle(draft)
        drafts = {obstacle_form(line): draft}
        if draft.errors:
            return await self._respond(request, page, obstacle_mistakes(line, draft), 422, drafts=drafts)
        at = page.clock.business(self._site.now())
        command = RaiseObstacle(id=draft.command, at=at, actor=_actor(link), obligation=line.key, text=text)
        return await self._send(request, link, page, command, {"b": line.requirement}, drafts)

    async def _short_body(self, request: Request) -> Body:
        body = await read_body(request, self._site.max_upload)
        body.close()  # these forms have no files
        return body

    async def _send(
        self,
        request: Request,
        link: Link,
        page: OfficerPage,
        command: Command,
        about: dict[str, str],
        drafts: dict[str, Draft],
    ) -> Response:
        try:
            taken = await self._site.cascades.send(link.cascade_id, command)
        except Refused as refusal:
            renewed = {key: draft.renewed() for key, draft in drafts.items()}
            page, banner = await self._page(link), refused(WORDS[refusal.reason])
            return await self._respond(request, page, banner, 409, drafts=renewed)
        except Unreachable:
            return await self._respond(request, page, UNREACHABLE, 503, drafts=drafts)
        (anchor,) = about.values()
        return RedirectResponse(f"{_home(request)}?{urlencode({'r': taken.seq} | about)}#{quote(anchor)}", 303)

    async def _mend(
        self,
        request: Request,
        page: OfficerPage,
        line: ObligationLine,
        banner: Banner,
        status: int,
        drafts: dict[str, Draft],
    ) -> Response:
        """The form again with what is wrong; or, where nothing is owed any more, how things stand."""
        reason = why_not(page, line)
        if reason is None:
            return await self._respond(request, page, banner, status, drafts=drafts)
        return await self._respond(request, page, refused(WORDS[reason]), 409)

    async def _page(self, link: Link) -> OfficerPage:
        return await run_in_threadpool(self._site.pages.officer_page, link)

    async def _respond(
        self,
        request: Request,
        page: OfficerPage,
        banner: Banner | None,
        status: int = 200,
        *,
        drafts: Mapping[str, Draft] | None = None,
        acknowledgement: str = "",
    ) -> Response:
        drafts = drafts or {}
        at = page.clock.business(self._site.now())
        return await self._site.respond(
            "officer.html",
            status,
            page=page,
            at=at,
            home=_home(request),
            banner=banner,
            groups=groups(page, drafts),
            names=unit_names(page),
            referred=referred(page, drafts, at),
            raised=raised_by(page, at),
            obstacles=obstacles_of(page, at),
            unacknowledged=unacknowledged(page),
            acknowledgement=acknowledgement or new_command(),
            needs_time=needs_time(page),
            completing_form=completing_form,
            obstacle_form=obstacle_form,
            asks_document=asks_document,
            forms=_FORMS,
            accept=ACCEPT,
            limit_words=size_words(self._site.max_upload),
        )


def _home(request: Request) -> str:
    return f"/v/{request.path_params['token']}"


def _line(page: OfficerPage, body: Body) -> ObligationLine | None:
    return next((line for line in page.lines if line.key == body.text("obligation")), None)


def _actor(link: Link) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=link.unit)
