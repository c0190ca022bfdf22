"""One request to a unit's page, and a form that came with it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.actor import Actor
from models.link import Link
from models.pages import OfficerPage
from models.register import ObligationLine
from models.saved import SavedDraft
from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from web.banner import Banner, Tone
from web.bodies import Body
from web.drafts import Draft, new_command
from web.links import actor

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Visit:
    """A valid link and all that stands behind it. `saved` are the forms that were not sent, by requirement; `at` is the
    business instant at which the request came in."""

    request: Request
    link: Link
    page: OfficerPage
    saved: Mapping[str, SavedDraft]
    at: datetime

    @property
    def home(self) -> str:
        return f"/v/{self.request.path_params['token']}"

    @property
    def actor(self) -> Actor:
        return actor(self.link)

    def lead(self, anchor: str, **done: str | int) -> Response:
        """To an element of the page, with what was done in the address, so that the page can confirm it."""
        query = f"?{urlencode(done)}" if done else ""
        return RedirectResponse(f"{self.home}{query}#{quote(anchor)}", 303)

    def line(self, body: Body) -> ObligationLine | None:
        """The obligation that a form is about."""
        return next((line for line in self.page.lines if line.key == body.text("obligation")), None)


@dataclass(frozen=True)
class Form:
    """A posted form. `name` is the beginning of its fields' ids; `failed` and `about` say in a heading and a sentence
    what did not work; `fields` names the field that a refusal is about.

    `confirms` is what the address of the confirmation says was done, as parameter and value; `anchor` is the element
    that it leads to. What was typed in a `lasting` form is kept as a draft until it is on record.
    """

    name: str
    draft: Draft
    failed: str
    about: str
    confirms: tuple[str, str]
    anchor: str
    fields: Mapping[Reason, str] = field(default_factory=dict)
    lasting: bool = False

    def mistakes(self) -> Banner:
        """The summary of what has to be mended, each item with the id of its field."""
        items = tuple((f"{self.name}-{name}", message) for name, message in self.draft.errors.items())
        return Banner(Tone.ERROR, self.failed, self.about, items)

    def blame(self, reason: Reason) -> bool:
        """Say at its field why a rule refused the form, under a new command; False where no field is to blame."""
        if reason not in self.fields:
            return False
        self.draft.command = new_command()
        self.draft.errors[self.fields[reason]] = _(WORDS[reason])
        return True
