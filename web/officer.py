"""The page of an addressed unit: what it owes, and handing it in."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.command import Acknowledge, Actor, ActorKind, Submit
from models.link import Link, Purpose
from models.obligation import OWING, State
from models.pages import OfficerPage
from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from web.banner import UNREACHABLE, Banner, refused
from web.bodies import Body, read_body
from web.downloads import download
from web.drafts import Draft, new_command, posted
from web.forms import ANSWER_FIELDS, asks_document, read_answer
from web.links import resolve
from web.officer_view import groups, mistakes, receipt, unacknowledged
from web.ports import Unreachable
from web.site import Site, size_words
from web.storing import store_files
from web.uploads import ACCEPT

_WHY_NOT = {
    State.SUBMITTED: Reason.ALREADY_SUBMITTED,
    State.ACCEPTED: Reason.ALREADY_DONE,
    State.SATISFIED: Reason.ALREADY_DONE,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    State.DORMANT: Reason.NOT_OPEN_YET,
}


class Officer:
    """Handlers behind `/v/{token}`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        return [
            Route("/v/{token}", self.show, methods=["GET"]),
            Route("/v/{token}/acknowledge", self.acknowledge, methods=["POST"]),
            Route("/v/{token}/submit", self.submit, methods=["POST"]),
            Route("/v/{token}/acknowledge", self.back, methods=["GET"]),
            Route("/v/{token}/submit", self.back, methods=["GET"]),
            Route("/v/{token}/file/{sha256}", self.file, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        page = await self._page(await resolve(self._site, request, Purpose.OFFICER))
        banner = receipt(page, request.query_params.get("r", ""), request.query_params.get("o", ""))
        return await self._respond(request, page, banner)

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
        line = next((line for line in page.lines if line.key == body.text("obligation")), None)
        if line is None:
            return await self._respond(request, page, refused(WORDS[Reason.UNKNOWN_OBLIGATION]), 400)
        draft = posted(body, ANSWER_FIELDS)
        drafts = {line.key: draft}
        try:
            draft.kept, faults = await store_files(self._site.files, body, self._site.max_upload)
            if faults:
                draft.errors["files"] = faults
            answer = read_answer(line, draft, draft.kept)
            if draft.errors:
                status = 413 if body.exceeds(self._site.max_upload) else 422
                return await self._mend(request, page, line, draft, status)
            command = Submit(
                id=draft.command,
                at=page.clock.business(received),
                actor=_actor(link),
                obligation=line.key,
                answer=answer,
            )
            taken = await self._site.cascades.send(link.cascade_id, command)
        except Refused as refusal:
            banner = refused(WORDS[refusal.reason])
            drafts = {line.key: draft.renewed()}
            return await self._respond(request, await self._page(link), banner, 409, drafts=drafts)
        except Unreachable:
            return await self._respond(request, page, UNREACHABLE, 503, drafts=drafts)
        query = urlencode({"r": taken.seq, "o": line.requirement})
        return RedirectResponse(f"{_home(request)}?{query}#{quote(line.requirement)}", 303)

    async def _mend(
        self, request: Request, page: OfficerPage, line: ObligationLine, draft: Draft, status: int
    ) -> Response:
        """The form again with what is wrong; or, where nothing is owed any more, how things stand."""
        if line.state in OWING and not page.closed:
            return await self._respond(request, page, mistakes(line, draft), status, drafts={line.key: draft})
        reason = Reason.CLOSED if page.closed else _WHY_NOT.get(line.state, Reason.CLOSED)
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
        return await self._site.respond(
            "officer.html",
            status,
            page=page,
            at=page.clock.business(self._site.now()),
            home=_home(request),
            banner=banner,
            groups=groups(page, drafts or {}),
            unacknowledged=unacknowledged(page),
            acknowledgement=acknowledgement or new_command(),
            asks_document=asks_document,
            accept=ACCEPT,
            limit_words=size_words(self._site.max_upload),
        )


def _home(request: Request) -> str:
    return f"/v/{request.path_params['token']}"


def _actor(link: Link) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=link.unit)
