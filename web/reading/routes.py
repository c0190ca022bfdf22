"""Routes of the reading room: the door, and pages for whoever is signed in."""

import re
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.document import FileRef
from models.reader import Reader
from rules.reading import light, sees_answers, sees_machinery
from rules.searching import search_of
from web.downloads import give_out
from web.language import PARAMETER
from web.reading import places
from web.reading.door import Door
from web.reading.lamps import LIGHTS, MAILS, ROLES, answered
from web.reading.ports import ReadingPorts, Room
from web.reading.session import secret_of
from web.site import Site

_ELSEWHERE = 303
_LONGEST_NOTED = 500
_SHA256 = re.compile(r"[0-9a-f]{64}")
_Sheet = TypeVar("_Sheet")
_Page = Callable[[Reader, Request], Awaitable[Response]]


class ReadingRoom:
    """Handlers that show; each page is noted before it is given out, and what is not for the reader is not there."""

    def __init__(self, site: Site, ports: ReadingPorts) -> None:
        self._site = site
        self._ports = ports
        self._door = Door(site, ports)

    @property
    def _room(self) -> Room:
        return self._ports.room

    def routes(self) -> list[Route]:
        file = "file/{sha256}"
        pages: dict[str, _Page] = {
            places.DIRECTIVES: self.directives,
            f"{places.DIRECTIVES}/{{directive}}": self.directive,
            f"{places.DIRECTIVES}/{{directive}}/{file}": self.directive_file,
            f"{places.UNITS}/{{unit}}": self.unit,
            f"{places.OBLIGATIONS}/{{cascade}}/{{key}}": self.obligation,
            f"{places.OBLIGATIONS}/{{cascade}}/{{key}}/{file}": self.file,
            places.SEARCH: self.search,
            places.TECHNICAL: self.technical,
        }
        return [
            *self._door.routes(),
            *(Route(path, self._guarded(page), methods=["GET"]) for path, page in pages.items()),
        ]

    async def directives(self, reader: Reader, _: Request) -> Response:
        if not sees_answers(reader.role):
            return RedirectResponse(places.TECHNICAL, _ELSEWHERE)
        entries = await run_in_threadpool(self._room.directives, reader)
        return await self._show("directives", reader, entries=entries)

    async def directive(self, reader: Reader, request: Request) -> Response:
        chosen = request.query_params.get("so", "")
        sheet = await run_in_threadpool(self._room.directive, reader, request.path_params["directive"], chosen)
        return await self._show("directive", reader, page=_there(sheet), chosen=chosen)

    async def unit(self, reader: Reader, request: Request) -> Response:
        sheet = await run_in_threadpool(self._room.unit, reader, request.path_params["unit"])
        return await self._show("unit", reader, sheet=_there(sheet))

    async def obligation(self, reader: Reader, request: Request) -> Response:
        cascade, key = request.path_params["cascade"], request.path_params["key"]
        sheet = _there(await run_in_threadpool(self._room.obligation, reader, cascade, key))
        life = await run_in_threadpool(self._ports.story.life, cascade, key)
        return await self._show("obligation", reader, page=sheet, life=life, home=places.obligation(cascade, key))

    async def search(self, reader: Reader, request: Request) -> Response:
        """The form, with what was found; odd fields are named and nothing is looked for."""
        if not sees_answers(reader.role):
            raise HTTPException(404)
        typed = {name: value for name, value in request.query_params.items() if name != PARAMETER}
        if not typed:
            return await self._show("search", reader, typed={}, faults={}, result=None)
        search, faults = search_of(typed)
        result = None if faults else await run_in_threadpool(self._room.find, reader, search)
        status = 422 if faults else 200
        return await self._show("search", reader, status, typed=typed, faults=faults, result=result)

    async def technical(self, reader: Reader, _: Request) -> Response:
        entries = _there(await run_in_threadpool(self._room.technical, reader))
        return await self._show("technical", reader, entries=entries)

    async def file(self, reader: Reader, request: Request) -> Response:
        """A file that was handed in, to be saved."""
        cascade, key = request.path_params["cascade"], request.path_params["key"]
        sha256 = _sha256(request)
        return await self._give_out(await run_in_threadpool(self._room.file, reader, cascade, key, sha256))

    async def directive_file(self, reader: Reader, request: Request) -> Response:
        """A file of the directive itself, to be saved."""
        directive, sha256 = request.path_params["directive"], _sha256(request)
        return await self._give_out(await run_in_threadpool(self._room.directive_file, reader, directive, sha256))

    def _guarded(self, page: _Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            secret = secret_of(request)
            people = self._ports.people
            reader = await run_in_threadpool(people.reader, secret, self._site.now()) if secret else None
            if reader is None:
                return RedirectResponse(f"{places.DOOR}?ended" if secret else places.DOOR, 303)
            try:
                response = await page(reader, request)
            except HTTPException:
                await run_in_threadpool(people.astray, reader, _address(request))
                return await self._show("not_found", reader, 404)
            if response.status_code != _ELSEWHERE:
                await run_in_threadpool(people.viewed, reader, _address(request))
            return response

        return answer

    async def _show(self, template: str, reader: Reader, status: int = 200, **shown: object) -> Response:
        return await self._site.respond(
            f"reading/{template}.html",
            status,
            reader=reader,
            places=places,
            answers=sees_answers(reader.role),
            machinery=sees_machinery(reader.role),
            roles=ROLES,
            lights=LIGHTS,
            light_of=light,
            answered=answered,
            mail_states=MAILS,
            **shown,
        )

    async def _give_out(self, ref: FileRef | None) -> Response:
        return await give_out(self._site, _there(ref))


def _there(found: _Sheet | None) -> _Sheet:
    """What was found. Raises `HTTPException` 404 where nothing was, or nothing for this reader."""
    if found is None:
        raise HTTPException(404)
    return found


def _sha256(request: Request) -> str:
    sha256: str = request.path_params["sha256"]
    if not _SHA256.fullmatch(sha256):
        raise HTTPException(404)
    return sha256


def _address(request: Request) -> str:
    """The address of a page with what was asked of it, as it is noted."""
    query = request.url.query
    return unquote(f"{request.url.path}?{query}" if query else request.url.path)[:_LONGEST_NOTED]
