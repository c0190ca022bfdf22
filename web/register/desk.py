"""What all handlers of a register share: who is there, what was posted, sending, and writing the page again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.actor import Actor
from models.command import Command, Receipt
from models.journal import Invalid
from models.link import Link, Purpose
from models.pages import RegisterPage
from rules.refusals import WORDS, Reason, Refused
from texts.language import gettext as _
from web.banner import Banner, Tone, refused, unreachable
from web.bodies import Body, read_body
from web.drafts import STALE, Draft
from web.links import actor, resolve, where
from web.ports import Unreachable
from web.register.places import OVERVIEW, Place, place_of
from web.register.sheets import sheet
from web.site import Site, size_words

_COMMANDS = {
    "request": "answer_request",
    "recommendation": "handle_recommendation",
    "document": "register_document",
    "holder": "name_holder",
}
"""What forms ask of the register, by the last part of their addresses, where that is another word."""
_TAMPERED = 400


@dataclass(frozen=True)
class Visit:
    """Somebody at a register: the link he used, how the register stands, the business instant, and where he is."""

    request: Request
    link: Link
    page: RegisterPage
    at: datetime
    place: Place = OVERVIEW

    @property
    def home(self) -> str:
        return f"/s/{self.request.path_params['token']}"

    @property
    def actor(self) -> Actor:
        return actor(self.link)

    @property
    def own(self) -> bool:
        """Whether the reader's unit is the one that keeps the register."""
        return self.page.reviewer.code == self.page.issuer.code


def _nothing(_page: RegisterPage) -> str:
    return ""


@dataclass(frozen=True)
class Posted:
    """A form as it came: its name, which its fields' ids begin with, and what was typed.

    `title` says that it was not recorded; `changed` tells how that which it is about stands on a page that is read
    again; `fields` says of which field a refusal speaks.
    """

    name: str
    draft: Draft
    title: str
    about: str = ""
    changed: Callable[[RegisterPage], str] = _nothing
    fields: Mapping[Reason, str] = field(default_factory=dict)


class Desk:
    def __init__(self, site: Site) -> None:
        self.site = site

    async def visit(self, request: Request) -> Visit:
        """Who comes with a link. Raises `HTTPException` for a link that does not hold and `Unreachable`."""
        return await self._enter(request, await resolve(self.site, request, Purpose.REGISTER))

    async def posted(self, request: Request, *, files: bool = False) -> tuple[Visit, Body]:
        """The same with the form that he sent and the place it stood in; whoever asks for its files closes it."""
        link = await resolve(self.site, request, Purpose.REGISTER)
        body = await read_body(request, self.site.max_upload)
        if not files:
            body.close()
        visit = await self._enter(request, link)
        place = place_of(body.text("at_unit"), body.text("at_requirement"))
        return replace(visit, place=place if place.known(visit.page) else OVERVIEW), body

    async def again(self, visit: Visit) -> Visit:
        """The same visit on the register as it stands now."""
        return replace(await self._enter(visit.request, visit.link), place=visit.place)

    async def show(
        self,
        visit: Visit,
        banner: Banner | None = None,
        status: int = 200,
        drafts: Mapping[str, Draft] | None = None,
    ) -> Response:
        """The page of the place. Raises `HTTPException` 404 where the register has no such unit or requirement."""
        if not visit.place.known(visit.page):
            raise HTTPException(404)
        template, shown = sheet(visit.page, visit.place, drafts or {}, visit.at, banner)
        limit = size_words(self.site.max_upload)
        return await self.site.respond(template, status, home=visit.home, banner=banner, limit_words=limit, **shown)

    async def refuse(
        self,
        visit: Visit,
        reason: Reason,
        status: int = 409,
        about: Iterable[str] = (),
        command: str = "",
        now: str = "",
    ) -> Response:
        """The page, with why nothing was recorded, and how that stands `now`.

        It is noted that this was asked, of the obligations `about`, by the kind of its `command` unless the address
        says that; or that the form (400) cannot come from the page as it stands.
        """
        asked = where(visit.request).rpartition("/")[2]
        if status == _TAMPERED:
            await self.note_wrong(visit, Invalid.FORM)
        else:
            kind = command or _COMMANDS.get(asked, asked.replace("-", "_"))
            await self.note_refused(visit, reason, kind, about)
        return await self.show(visit, refused(" ".join(filter(None, (_(WORDS[reason]), now)))), status)

    async def tampered(self, visit: Visit) -> Response:
        """The page, for a form that cannot come from it as it stands; that is noted."""
        await self.note_wrong(visit, Invalid.FORM)
        return await self.show(visit, refused(_(STALE)), _TAMPERED)

    async def note_refused(self, visit: Visit, reason: Reason, command: str, about: Iterable[str] = ()) -> None:
        """Note that the rules refuse a command of a kind, which was not sent; `about` are the obligations it meant."""
        page = where(visit.request)
        await self.site.noting.refused(visit.link.cascade_id, visit.actor, page, command, reason, about)

    async def note_wrong(self, visit: Visit, *wrong: Invalid) -> None:
        """Note what is wrong with a form or its files, each kind once."""
        for what in dict.fromkeys(wrong):
            await self.site.noting.invalid(visit.link.cascade_id, visit.actor, where(visit.request), what)

    async def mend(self, visit: Visit, form: Posted) -> Response:
        """The form again, with what is wrong beside its fields."""
        banner = await self.mistaken(visit, form)
        return await self.show(visit, banner, 422, {form.name: form.draft})

    async def mistaken(self, visit: Visit, form: Posted) -> Banner:
        """What is wrong in a form, and beside which of its fields; one that cannot come from the page is noted."""
        if "form" in form.draft.errors:
            await self.note_wrong(visit, Invalid.FORM)
        items = tuple((f"{form.name}-{name}", message) for name, message in form.draft.errors.items())
        return Banner(Tone.ERROR, form.title, form.about or _("Đề nghị bổ sung, sửa nội dung:"), items)

    async def send(self, visit: Visit, command: Command, form: Posted) -> Receipt | Response:
        """What the ledger answers; where it says no or cannot be reached, the page that says so."""
        try:
            return await self.site.ports.cascades.send(visit.link.cascade_id, command)
        except Refused as refusal:
            form = replace(form, draft=form.draft.renewed())
            now = await self.again(visit)
            if refusal.reason in form.fields:
                form.draft.errors[form.fields[refusal.reason]] = _(WORDS[refusal.reason])
                return await self.mend(now, form)
            words = " ".join(filter(None, (_(WORDS[refusal.reason]), form.changed(now.page))))
            return await self.show(now, refused(words), 409, {form.name: form.draft})
        except Unreachable:
            return await self.show(visit, unreachable(), 503, {form.name: form.draft})

    def confirmed(self, visit: Visit, taken: Receipt, **about: str) -> Response:
        """Back to the page, which confirms what it finds in the register (web/register/confirming.py)."""
        return RedirectResponse(visit.home + visit.place.query(r=str(taken.seq), **about), 303)

    async def _enter(self, request: Request, link: Link) -> Visit:
        page = await run_in_threadpool(self.site.ports.pages.register_page, link)
        return Visit(request, link, page, page.clock.business(self.site.now()))
