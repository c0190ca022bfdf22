"""What all handlers behind `/v/{token}` share: opening the page, sending a form's command, and answering."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from models.command import Command, Receipt
from models.journal import Invalid
from models.link import Link, Purpose
from rules.refusals import WORDS, Reason, Refused
from texts.language import gettext as _
from web.banner import Banner, refused, unreachable
from web.bodies import Body, read_body
from web.drafts import STALE, Draft, new_command
from web.forms import holder, indicators, people, raised, selection
from web.forms.asking import ask_form
from web.forms.document import asks_document
from web.forms.obstacle import obstacle_form
from web.links import resolve, where
from web.officer.answering import coming, people_answering
from web.officer.saved import Keeper, restored
from web.officer.view import completing_form, groups, holder_forms, unacknowledged, why_not
from web.officer.visit import Form, Visit
from web.ports import Unreachable
from web.recommendations import obstacles_of, raised_by, referred, unit_names
from web.site import Site, size_words
from web.uploads import ACCEPT

_FORMS = {"people": people, "raised": raised, "selection": selection, "indicators": indicators}
_COMMANDS = {
    "acknowledge": "acknowledge",
    "submit": "submit",
    "figures": "complete_figures",
    "ask": "ask",
    "obstacle": "raise_obstacle",
    "reply": "handle_recommendation",
    "holder": "name_holder",
    "leave": "leave",
}
"""What the forms of the page ask of the register, by the last part of their addresses; drafts ask nothing of it."""


class Desk:
    """Ports through the site; `keeper` looks after forms that were not sent."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.keeper = Keeper(site.ports.drafts)

    async def open(self, request: Request) -> Visit:
        """A visit without a form; raises as `resolve` does."""
        return await self._visit(request, await resolve(self.site, request, Purpose.OFFICER), self.site.now())

    async def receive(self, request: Request) -> tuple[Visit, Body]:
        """A visit with a form, stamped when it has come in; whoever asks closes the form."""
        link = await resolve(self.site, request, Purpose.OFFICER)
        body = request.state.body = await read_body(request, self.site.max_upload)
        return await self._visit(request, link, self.site.now()), body

    async def receive_short(self, request: Request) -> tuple[Visit, Body]:
        """The same for a form without files, which need not be closed."""
        visit, body = await self.receive(request)
        body.close()
        return visit, body

    async def send(self, visit: Visit, form: Form, command: Command) -> Response:
        """Send the command of a form, and lead to the confirmation, or show the form again with what is in its way."""
        sent = await self.deliver(visit, form, command)
        if isinstance(sent, Response):
            return sent
        return visit.lead(form.anchor, r=sent.seq, **dict([form.confirms]))

    async def deliver(self, visit: Visit, form: Form, command: Command) -> Receipt | Response:
        """Send the command of a form: what is on record then, or the page that says why nothing is."""
        try:
            taken = await self.site.ports.cascades.send(visit.link.cascade_id, command)
        except Refused as refusal:
            now = await self.again(visit)
            if form.blame(refusal.reason):
                return await self.mend(now, form)
            return await self.mend(
                now, replace(form, draft=form.draft.renewed()), refused(_(WORDS[refusal.reason])), 409
            )
        except Unreachable:
            return await self.mend(visit, form, unreachable(), 503)
        if form.lasting and form.name in visit.saved:
            await self.keeper.drop(visit.link, form.name)
        return taken

    async def mend(self, visit: Visit, form: Form, banner: Banner | None = None, status: int = 422) -> Response:
        """The page with the form as it was typed, and what is wrong with it unless a banner says so; a lasting form is
        kept on the way, as long as it can still be sent."""
        if "form" in form.draft.errors:
            await self.note_wrong(visit, Invalid.FORM)
        lines = (line for line in visit.page.lines if line.requirement == form.name)
        if form.lasting and any(why_not(visit.page, line) is None for line in lines):
            await self.keeper.keep(visit.link, form.name, form.draft, self.site.now())
        return await self.respond(visit, banner or form.mistakes(), status, {form.name: form.draft})

    async def refuse(self, visit: Visit, reason: Reason, about: Iterable[str] = ()) -> Response:
        """The page as it stands, and why nothing was done. What was asked is noted, of the obligations `about`."""
        page = where(visit.request)
        if command := _COMMANDS.get(page.rpartition("/")[2]):
            await self.site.noting.refused(visit.link.cascade_id, visit.actor, page, command, reason, about)
        return await self.respond(visit, refused(_(WORDS[reason])), 409)

    async def tampered(self, visit: Visit, reason: Reason | None = None) -> Response:
        """The same for a form that cannot come from this page as it stands."""
        await self.note_wrong(visit, Invalid.FORM)
        return await self.respond(visit, refused(_(WORDS[reason] if reason else STALE)), 400)

    async def note_wrong(self, visit: Visit, *wrong: Invalid) -> None:
        """Note what is wrong with a form or its files, each kind once."""
        for what in dict.fromkeys(wrong):
            await self.site.noting.invalid(visit.link.cascade_id, visit.actor, where(visit.request), what)

    async def again(self, visit: Visit) -> Visit:
        """The same visit with how things stand now."""
        return await self._visit(visit.request, visit.link, self.site.now())

    async def respond(
        self,
        visit: Visit,
        banner: Banner | None = None,
        status: int = 200,
        drafts: Mapping[str, Draft] | None = None,
        *,
        acknowledgement: str = "",
    ) -> Response:
        """The page; `drafts` are posted forms by the beginning of their fields' ids."""
        page, at = visit.page, visit.at
        drafts = restored(page, visit.saved) | dict(drafts or {})
        return await self.site.respond(
            "officer.html",
            status,
            page=page,
            at=at,
            home=visit.home,
            banner=banner,
            groups=groups(page, drafts),
            names=unit_names(page),
            referred=referred(page, drafts, at),
            raised=raised_by(page, at),
            obstacles=obstacles_of(page, at),
            unacknowledged=unacknowledged(page),
            acknowledgement=acknowledgement or new_command(),
            people=people_answering(page, visit.link, at),
            coming=coming(page, visit.link, at),
            holding=holder_forms(page, drafts),
            completing_form=completing_form,
            obstacle_form=obstacle_form,
            ask_form=ask_form,
            holder_words=holder,
            forwarding_choices=holder.forwarding_choices(),
            asks_document=asks_document,
            forms=_FORMS,
            accept=ACCEPT,
            limit_words=size_words(self.site.max_upload),
        )

    async def _visit(self, request: Request, link: Link, now: datetime) -> Visit:
        page = await run_in_threadpool(self.site.ports.pages.officer_page, link)
        return Visit(request, link, page, await self.keeper.load(link), page.clock.business(now))
