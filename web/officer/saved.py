"""Forms that were not sent: kept for later, shown again when the page is opened, dropped once they are on record."""

from collections.abc import Mapping
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from models.clock import Clock
from models.link import Link
from models.obligation import OWING
from models.pages import OfficerPage
from models.register import ObligationLine
from models.saved import SavedDraft
from web.drafts import Draft
from web.forms.answer import answer_fields
from web.ports import Drafts, Unreachable


def restored(page: OfficerPage, saved: Mapping[str, SavedDraft]) -> dict[str, Draft]:
    """The forms to show again, by requirement: of what is still owed, and not older than the last word on it."""
    return {
        line.requirement: _restored(line, saved[line.requirement]) for line in page.lines if alive(page, line, saved)
    }


def alive(page: OfficerPage, line: ObligationLine, saved: Mapping[str, SavedDraft]) -> bool:
    """Whether what was kept of a form still counts.

    An answer that came back is mended from what was handed in and from what was said on it: a draft from before that
    would hide both.
    """
    found = saved.get(line.requirement)
    return found is not None and not page.closed and line.state in OWING and _newest(page.clock, line, found)


def _newest(clock: Clock, line: ObligationLine, found: SavedDraft) -> bool:
    said = (line.submitted_at, line.decided_at)
    return all(clock.business(found.saved_at) > at for at in said if at)


def _restored(line: ObligationLine, found: SavedDraft) -> Draft:
    names = answer_fields(line)
    typed = {name: value for name, value in found.values.items() if name in names}
    return Draft(values=typed, kept=found.kept, shown=True, saved_at=found.saved_at)


class Keeper:
    """Keeps forms for a link. A store that is away never stands in the way of the page itself."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def load(self, link: Link) -> Mapping[str, SavedDraft]:
        """What is kept, by requirement; nothing while the store is away."""
        try:
            return await run_in_threadpool(self._drafts.load, link)
        except Unreachable:
            return {}

    async def keep(self, link: Link, requirement: str, draft: Draft, now: datetime) -> bool:
        """Keep a form as it stands at a real instant; False where the store is away."""
        typed = {name: value for name, value in draft.values.items() if value}
        saved = SavedDraft(values=typed, kept=draft.kept, saved_at=now)
        try:
            await run_in_threadpool(self._drafts.save, link, requirement, saved)
        except Unreachable:
            return False
        draft.saved_at = now
        return True

    async def drop(self, link: Link, requirement: str) -> bool:
        """Forget a form; False where the store is away."""
        try:
            await run_in_threadpool(self._drafts.drop, link, requirement)
        except Unreachable:
            return False
        return True
