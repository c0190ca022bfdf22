"""Simulated officers and reviewers: they know dondoc only by its mails and pages.

They read the Maildir, fetch every link as a mail scanner would, then press buttons. Whatever they do follows the
behaviour plan; when they do it follows from the mails that reach them.
"""

import asyncio
import email
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from demo.answers import RETURN_COMMENT, form_fields, paper
from demo.behaviour import TRIGGER_DAY, Behaviour, Behaviours
from demo.forms import Form, forms
from models.clock import Clock
from models.notice import NoticeKind
from models.obligation import obligation_key
from models.plan import CascadePlan, Plan, RequirementPlan
from models.unit import Role, Unit
from rules.calendar import day_start, local_day

_LOOK_SECONDS = 0.1
_UNHURRIED_SECONDS = 1.5
_AGAIN_SECONDS = 0.5
_REVIEWER_SECONDS = 0.8
_LINK = re.compile(r"https?://\S+/[vs]/[\w-]+")


@dataclass
class _Register:
    """What a reviewer has: the link to the register, and a reason to look at it."""

    cascade: CascadePlan
    link: asyncio.Future[str]
    news: asyncio.Event = field(default_factory=asyncio.Event)


class People:
    """All simulated people. `clock` is the directive's; `complain` is told what no plan foresaw.

    `read` are the Message-IDs of mails that have been read, `acting` the (cascade, obligation) pairs with an answer on
    its way.
    """

    def __init__(
        self,
        plan: Plan,
        units: dict[str, Unit],
        behaviours: Behaviours,
        clock: Clock,
        maildir: Path,
        complain: Callable[[str], None],
    ) -> None:
        self._plan = plan
        self._units = units
        self._behaviours = behaviours
        self.clock = clock
        self._complain = complain
        self._inbox = maildir / "new"
        self._addresses = {unit.email(role): unit.code for unit in units.values() for role in Role}
        self._duties: dict[tuple[str, str], tuple[CascadePlan, RequirementPlan]] = {}
        for cascade in plan.cascades:
            items = {item.key: item for item in cascade.requirements}
            for duty in cascade.duties:
                self._duties[duty.unit, duty.requirement] = (cascade, items[duty.requirement])
        self._registers: dict[str, _Register] = {}
        self._busy: set[asyncio.Task[None]] = set()
        self.read: set[str] = set()
        self.acting: Counter[tuple[str, str]] = Counter()

    async def live(self) -> None:
        """Read mail and act until cancelled."""
        limits = httpx.Limits(max_connections=10)
        async with httpx.AsyncClient(timeout=30, limits=limits) as browser:
            self._browser = browser
            loop = asyncio.get_running_loop()
            for cascade in self._plan.cascades:
                self._registers[cascade.issuer] = _Register(cascade, loop.create_future())
                self._start(self._review(self._registers[cascade.issuer]))
            self._start(self._register_documents(self._registers[self._plan.head.issuer]))
            try:
                await self._read_mail()
            finally:
                for task in self._busy:
                    task.cancel()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._complain(f"{type(error).__name__}: {error}")

    async def _read_mail(self) -> None:
        seen: set[str] = set()
        while True:
            if self._inbox.is_dir():
                for path in sorted(self._inbox.iterdir()):
                    if path.name not in seen:
                        seen.add(path.name)
                        self._start(self._read(path))
            await asyncio.sleep(_LOOK_SECONDS)

    async def _read(self, path: Path) -> None:
        mail = _mail(path)
        try:
            await self._heed(self._addresses[mail.to], mail)
        finally:
            self.read.add(mail.message_id)

    async def _heed(self, unit: str, mail: "_Mail") -> None:
        link = _LINK.findall(mail.text)[0]
        await self._get(link)  # a mail scanner is here first
        if NoticeKind.REGISTER in mail.parts:
            self._registers[unit].link.set_result(link)
            return
        about = [(kind, key) for kind, keys in mail.parts.items() for key in keys if self._owes(unit, key)]
        told = [(kind, *self._duties[unit, key]) for kind, key in about]
        acting = [(cascade, item) for kind, cascade, item in told if self._answers(unit, cascade, item, kind)]
        acknowledges = NoticeKind.ASSIGNMENT in mail.parts and unit in self._behaviours.acknowledging
        if not acting and not acknowledges:
            return
        page = forms(await self._get(link))
        for form in page:
            if acknowledges and form.action.endswith("/acknowledge"):
                await self._post(link, form, {})
        by_key = {form.fields["obligation"]: form for form in page if form.action.endswith("/submit")}
        for cascade, item in acting:
            key = obligation_key(item.key, unit)
            if key in by_key:  # else a colleague who got the same mail was faster
                self._start(self._hand_in(link, by_key[key], unit, cascade, item))

    def _owes(self, unit: str, requirement: str) -> bool:
        """Whether a mail speaks of what the unit owes itself, and not of what others owe it."""
        return (unit, requirement) in self._duties

    def _answers(self, unit: str, cascade: CascadePlan, item: RequirementPlan, kind: NoticeKind) -> bool:
        return kind in {self._behaviour(unit, cascade, item).answers_to, NoticeKind.RETURNED}

    def _behaviour(self, unit: str, cascade: CascadePlan, item: RequirementPlan) -> Behaviour:
        return self._behaviours.obligations[cascade.cascade_id, obligation_key(item.key, unit)]

    async def _hand_in(self, link: str, form: Form, unit: str, cascade: CascadePlan, item: RequirementPlan) -> None:
        behaviour = self._behaviour(unit, cascade, item)
        key = obligation_key(item.key, unit)
        self.acting[cascade.cascade_id, key] += 1
        try:
            await asyncio.sleep(behaviour.unhurried * _UNHURRIED_SECONDS)
            typed = form_fields(item, key, self._today(), self._issued(), existing=behaviour.existing)
            content = await asyncio.to_thread(paper, self._units[unit].name, typed.get("number", ""), item.title)
            await self._post(link, form, typed, {"files": (f"{item.key}.pdf", content, "application/pdf")})
        finally:
            self.acting[cascade.cascade_id, key] -= 1
        self._registers[cascade.issuer].news.set()

    async def _review(self, register: _Register) -> None:
        link = await register.link
        while True:
            await register.news.wait()
            await asyncio.sleep(_REVIEWER_SECONDS)
            register.news.clear()
            page = await self._get(link)
            by_key: dict[str, list[Form]] = {}
            for form in forms(page):
                if form.action.endswith("/review"):
                    by_key.setdefault(form.fields["obligation"], []).append(form)
            for key, (accepting, returning) in by_key.items():
                behaviour = self._behaviours.obligations[register.cascade.cascade_id, key]
                if behaviour.returned and accepting.fields["submission"] == "1":
                    await self._post(link, returning, {"decision": "return", "comment": RETURN_COMMENT})
                else:
                    await self._post(link, accepting, {"decision": "accept"})

    async def _register_documents(self, register: _Register) -> None:
        link = await register.link
        await self._wait_until(day_start(TRIGGER_DAY))
        page = await self._get(link)
        for form in forms(page):
            if form.action.endswith("/document"):
                title = register.cascade.triggers[form.fields["trigger"]]
                typed = {
                    "number": "215/HD-UBND",
                    "date": TRIGGER_DAY.isoformat(),
                    "issuer": "UBND tỉnh",
                    "title": title,
                }
                await self._post(link, form, typed)

    async def _get(self, link: str) -> str:
        """Open a page."""
        return (await self._patiently(lambda: self._browser.get(link))).text

    async def _post(
        self, link: str, form: Form, typed: dict[str, str], files: dict[str, tuple[str, bytes, str]] | None = None
    ) -> None:
        """Press the button."""
        data = form.fields | {name: value for name, value in typed.items() if name in form.names | {"decision"}}
        url = httpx.URL(link).join(form.action)
        answer = await self._patiently(lambda: self._browser.post(url, data=data, files=files))
        if answer.status_code not in {httpx.codes.SEE_OTHER, httpx.codes.CONFLICT}:
            self._complain(f"{url.path.rpartition('/')[2]} {data.get('obligation', '')}: {answer.status_code}")

    async def _patiently(self, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """Ask again where the connection broke, nothing was recorded, or one is told to wait."""
        while True:
            try:
                answer = await ask()
            except httpx.TransportError:
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            if answer.status_code not in {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS}:
                return answer
            await asyncio.sleep(_AGAIN_SECONDS)

    def now(self) -> datetime:
        """Business time."""
        return self.clock.business(datetime.now(UTC))

    async def _wait_until(self, then: datetime) -> None:
        """Wait for a business instant, also where the clock is held meanwhile."""
        while (delay := self.clock.real_delay(self.now(), then).total_seconds()) > 0:  # noqa: ASYNC110 - a clock to watch
            await asyncio.sleep(min(delay, _AGAIN_SECONDS))

    def _today(self) -> date:
        return local_day(self.now())

    def _issued(self) -> date:
        return local_day(self._plan.head.starts)


@dataclass(frozen=True)
class _Mail:
    message_id: str
    to: str
    parts: dict[NoticeKind, list[str]]
    text: str


def _mail(path: Path) -> _Mail:
    """What a person sees of a mail. Raises `ValueError` for one without a text part."""
    message = email.message_from_bytes(path.read_bytes())
    for part in message.walk():
        text = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
        if isinstance(text, bytes):
            told = (part.split() for part in message["X-Dondoc-Parts"].split(";"))
            parts = {NoticeKind(kind): about for kind, *about in told}
            return _Mail(message["Message-ID"], message["To"], parts, text.decode())
    raise ValueError(f"a mail without text: {path.name}")
