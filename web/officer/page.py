"""Opening a unit's page, acknowledging, and what can be taken from it: files and receipts."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.command import Acknowledge
from models.link import Purpose
from models.obligation import obligation_key
from rules.refusals import WORDS, Refused
from texts.language import gettext as _
from web.banner import refused, unreachable
from web.downloads import attached, download
from web.drafts import posted
from web.links import resolve
from web.officer.asking import Asking
from web.officer.confirming import confirmation
from web.officer.desk import Desk
from web.officer.holders import Holders
from web.officer.resending import keeping
from web.officer.submitting import Submitting
from web.officer.view import wanted
from web.ports import Unreachable
from web.site import Site


class Officer:
    """Handlers behind `/v/{token}`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = Desk(site)

    def routes(self) -> list[Route]:
        desk = self._desk
        forms = Submitting(desk).posts() | Asking(desk).posts() | Holders(desk).posts()
        posts = {"acknowledge": self.acknowledge} | forms
        return [
            Route("/v/{token}", self.show, methods=["GET"]),
            *(
                Route(f"/v/{{token}}/{name}", keeping(self._site, post), methods=["POST"])
                for name, post in posts.items()
            ),
            *(Route(f"/v/{{token}}/{name}", self.back, methods=["GET"]) for name in posts),
            Route("/v/{token}/file/{sha256}", self.file, methods=["GET"]),
            Route("/v/{token}/receipt/{requirement}", self.receipt, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        visit = await self._desk.open(request)
        page, query = visit.page, request.query_params
        return await self._desk.respond(visit, confirmation(page, visit.saved, query), drafts=wanted(page, query))

    async def back(self, request: Request) -> Response:
        """A browser that reopens the address of a post gets the page, and nothing is sent again."""
        await resolve(self._site, request, Purpose.OFFICER)
        return RedirectResponse(f"/v/{request.path_params['token']}", 303)

    async def file(self, request: Request) -> Response:
        link = await resolve(self._site, request, Purpose.OFFICER)
        return await download(self._site, link, request.path_params["sha256"])

    async def receipt(self, request: Request) -> Response:
        """The receipt for the latest submission of an obligation; raises `HTTPException` 404 where there is none."""
        link = await resolve(self._site, request, Purpose.OFFICER)
        key = obligation_key(request.path_params["requirement"], link.unit)
        printed = await run_in_threadpool(self._site.ports.papers.receipt, link, key)
        if printed is None:
            raise HTTPException(404)
        return attached(printed)

    async def acknowledge(self, request: Request) -> Response:
        visit, body = await self._desk.receive_short(request)
        draft = posted(body, ())
        if draft.errors:
            return await self._desk.tampered(visit)
        command = Acknowledge(id=draft.command, at=visit.at, actor=visit.actor)
        try:
            await self._site.ports.cascades.send(visit.link.cascade_id, command)
        except Refused as refusal:
            return await self._desk.respond(await self._desk.again(visit), refused(_(WORDS[refusal.reason])), 409)
        except Unreachable:
            return await self._desk.respond(visit, unreachable(), 503, acknowledgement=draft.command)
        return RedirectResponse(visit.home, 303)
