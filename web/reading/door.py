"""Signing in and out: an address is typed, a link mailed, a button pressed. Opening the link alone does nothing, so
that scanners of mail use nothing up."""

import math

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rules.holders import EMAIL
from rules.reading import LINK_HOLDS, as_listed
from web.reading.limits import Asking
from web.reading.places import ASK, DIRECTIVES, DOOR, ENTER, LEAVE
from web.reading.ports import ReadingPorts
from web.reading.session import comes_from_elsewhere, drop, keep, secret_of
from web.site import Site

_TOLD = ("asked", "left", "ended")
"""What the door says to whoever comes back to it."""
_LONGEST_ADDRESS = 254
_LONGEST_TOKEN = 128


class Door:
    """Handlers for whoever is not signed in yet, or not any more."""

    def __init__(self, site: Site, ports: ReadingPorts) -> None:
        self._site = site
        self._ports = ports
        self._asking = Asking(site.now)

    def routes(self) -> list[Route]:
        return [
            Route(DOOR, self.show, methods=["GET"]),
            Route(ASK, self.ask, methods=["POST"]),
            Route(ASK, self.back, methods=["GET"]),
            Route(f"{ENTER}/{{token}}", self.offer, methods=["GET"]),
            Route(f"{ENTER}/{{token}}", self.enter, methods=["POST"]),
            Route(LEAVE, self.leave, methods=["POST"]),
            Route(LEAVE, self.back, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The form; whoever is signed in is led on."""
        secret = secret_of(request)
        reader = await run_in_threadpool(self._ports.people.reader, secret, self._site.now()) if secret else None
        if reader is not None:
            return RedirectResponse(DIRECTIVES, 303)
        query = request.query_params
        return await self._form(told=next((told for told in _TOLD if told in query), ""))

    async def ask(self, request: Request) -> Response:
        """Whatever becomes of it, the answer is the same, so that nobody finds out who is listed."""
        address = as_listed(_text(await request.form(max_files=0, max_fields=4), "address"))
        if len(address) > _LONGEST_ADDRESS or not EMAIL.fullmatch(address):
            return await self._form(status=422, address=address[:_LONGEST_ADDRESS], mistaken=True)
        if refused := await self._too_often(request):
            return refused
        await run_in_threadpool(self._ports.people.ask, address, self._site.now())
        self._ports.asked()
        return RedirectResponse(f"{DOOR}?asked", 303)

    async def offer(self, _: Request) -> Response:
        """The page behind a link, which says nothing about it: only its button looks."""
        return await self._site.respond("reading/enter.html")

    async def enter(self, request: Request) -> Response:
        if comes_from_elsewhere(request):
            raise HTTPException(404)
        if refused := await self._too_often(request):
            return refused
        token = request.path_params["token"][:_LONGEST_TOKEN]
        secret = await run_in_threadpool(self._ports.people.sign_in, token, self._site.now())
        if secret is None:
            return await self._site.respond("reading/link_gone.html", 410, door=DOOR)
        response = RedirectResponse(DIRECTIVES, 303)
        keep(request, response, secret)
        return response

    async def leave(self, request: Request) -> Response:
        if comes_from_elsewhere(request):
            raise HTTPException(404)
        if secret := secret_of(request):
            await run_in_threadpool(self._ports.people.sign_out, secret)
        response = RedirectResponse(f"{DOOR}?left", 303)
        drop(request, response)
        return response

    async def back(self, _: Request) -> Response:
        """A browser that reopens the address of a post gets the door, and nothing is sent again."""
        return RedirectResponse(DOOR, 303)

    async def _form(self, status: int = 200, address: str = "", *, mistaken: bool = False, told: str = "") -> Response:
        return await self._site.respond(
            "reading/sign_in.html",
            status,
            action=ASK,
            address=address,
            mistaken=mistaken,
            told=told,
            minutes=int(LINK_HOLDS.total_seconds()) // 60,
        )

    async def _too_often(self, request: Request) -> Response | None:
        wait = math.ceil(self._asking.wait(request))
        if not wait:
            return None
        response = await self._site.respond("reading/too_often.html", 429, wait=wait)
        response.headers["Retry-After"] = str(wait)
        return response


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return "" if isinstance(value, UploadFile) else value
