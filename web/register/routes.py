"""Routes behind `/s/{token}`: pages that change nothing, and the posts of their forms."""

from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.journal import Exported
from models.link import Purpose
from web.downloads import attached, download
from web.links import actor, resolve, where
from web.register.amending import amend, show_amending
from web.register.answering import answer, document, recommendation
from web.register.confirming import confirmation
from web.register.desk import Desk
from web.register.ending import cancel, close, show_cancelling, show_closing
from web.register.ending_words import ended
from web.register.enlisting import enlist, show_enlisting
from web.register.intervening import choose, intervene
from web.register.places import place_of
from web.register.pressing import appoint, chase
from web.register.reviews import accept_all, review
from web.register.sheets import REPORT_FORMS
from web.register.stepped import stepped
from web.site import Site


class Register:
    """Handlers behind `/s/{token}`."""

    POSTS: ClassVar = {
        "review": review,
        "accept-all": accept_all,
        "request": answer,
        "recommendation": recommendation,
        "document": document,
        "chase": chase,
        "holder": appoint,
        "choose": choose,
        "step": intervene,
    }

    PAGES: ClassVar = {
        "cancel": (show_cancelling, cancel),
        "close": (show_closing, close),
        "amend": (show_amending, amend),
        "enlist": (show_enlisting, enlist),
    }
    """Pages of their own about the whole directive, each with the post of its form."""

    def __init__(self, site: Site) -> None:
        self._desk = Desk(site)

    def routes(self) -> list[Route]:
        return [
            Route("/s/{token}", self.show, methods=["GET"]),
            *(
                Route(f"/s/{{token}}/{name}", partial(handler, self._desk), methods=["POST"])
                for name, handler in self.POSTS.items()
            ),
            *(Route(f"/s/{{token}}/{name}", self.back, methods=["GET"]) for name in self.POSTS),
            *(
                Route(f"/s/{{token}}/{name}", partial(handler, self._desk), methods=[method])
                for name, handlers in self.PAGES.items()
                for method, handler in zip(("GET", "POST"), handlers, strict=True)
            ),
            Route("/s/{token}/file/{sha256}", self.file, methods=["GET"]),
            Route("/s/{token}/report/{form}", self.report, methods=["POST"]),
            Route("/s/{token}/report/{key}/{form}", self.report, methods=["POST"]),
            Route("/s/{token}/report/{form}", self.back, methods=["GET"]),
            Route("/s/{token}/letter/{unit}", self.letter, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        visit = await self._desk.visit(request)
        query = request.query_params
        place = place_of(query.get("unit", ""), query.get("requirement", ""))
        banner = (
            confirmation(visit.page, query, visit.at) or stepped(visit.page, place, query) or ended(visit.page, query)
        )
        return await self._desk.show(replace(visit, place=place), banner)

    async def back(self, request: Request) -> Response:
        """A browser that reopens the address of a post gets the page, and nothing is sent again."""
        await resolve(self._desk.site, request, Purpose.REGISTER)
        return RedirectResponse(f"/s/{request.path_params['token']}", 303)

    async def file(self, request: Request) -> Response:
        link = await resolve(self._desk.site, request, Purpose.REGISTER)
        return await download(self._desk.site, link, request.path_params["sha256"])

    async def report(self, request: Request) -> Response:
        """The final report, or the one of a key, in one of its forms, to be saved. Who takes it away presses a button,
        so that this is noted, and nothing is where a machine follows links."""
        link = await resolve(self._desk.site, request, Purpose.REGISTER)
        form, key = request.path_params["form"], request.path_params.get("key")
        papers, journal = self._desk.site.ports.papers, self._desk.site.ports.journal
        if form not in REPORT_FORMS:
            raise HTTPException(404)
        made = partial(papers.issued, link, key, form) if key else partial(papers.report, link, form)
        printed = await run_in_threadpool(made)
        if printed is None:
            raise HTTPException(404)
        taken = Exported(what="report", files={printed.name: sha256(printed.content).hexdigest()})
        await run_in_threadpool(journal.note, link.cascade_id, actor(link), where(request), taken, link.unit)
        return attached(printed)

    async def letter(self, request: Request) -> Response:
        """The draft of the letter to a unit that was chased, to be saved."""
        link = await resolve(self._desk.site, request, Purpose.REGISTER)
        printed = await run_in_threadpool(self._desk.site.ports.papers.letter, link, request.path_params["unit"])
        if printed is None:
            raise HTTPException(404)
        return attached(printed)
