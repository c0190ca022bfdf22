"""What comes to nothing on the pages about a whole directive is kept, too, and once."""

import httpx
import pytest

from models.changing import CannotChange, Hindrance
from models.journal import AttemptInvalid, AttemptRefused, Invalid
from rules.refusals import Reason, Refused, RefusedByRegister
from tests.web import samples
from tests.web.conftest import MAX_UPLOAD
from tests.web.fake_changes import FakeChanges
from tests.web.fakes import FakeJournal, FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import HOME, register

LATE = {"go": "look", "requirement": "services", "unit": samples.A_LUOI.code, "why": "x"}
NEW_VERSION = ("files", ("908.yaml", b"closing: 2020-12-31", "text/plain"))
CHANGES_OF_ALL = [
    ("amend", {"go": "look", "why": "x"}, "amend"),
    ("amend", {"go": "apply", "seal": "x"}, "amend"),
    ("amend", {"go": "complete"}, "amend"),
    ("enlist", LATE, "enlist"),
    ("enlist", LATE | {"go": "apply"}, "enlist"),
    ("cancel", {"why": "x"}, "end"),
    ("close", {"why": "x"}, "end"),
]
"""Addresses of pages about the whole directive, what is posted there, and the command that is meant."""


async def change_all(client: httpx.AsyncClient, address: str, typed: dict[str, str]) -> httpx.Response:
    files = [NEW_VERSION] if address == "amend" and typed["go"] == "look" else None
    return await client.post(f"{HOME}/{address}", data={"command": COMMAND} | typed, files=files)


@pytest.mark.parametrize(("address", "typed", "command"), CHANGES_OF_ALL)
@pytest.mark.parametrize(
    ("supervises", "closed", "reason"),
    [(False, False, Reason.NOT_YOURS), (True, True, Reason.CLOSED)],
)
async def test_who_may_not_change_the_whole_directive_and_tries_is_kept(
    client: httpx.AsyncClient,
    pages: FakePages,
    journal: FakeJournal,
    address: str,
    typed: dict[str, str],
    command: str,
    supervises: bool,
    closed: bool,
    reason: Reason,
) -> None:
    pages.register = register(supervises=supervises, closed=closed)
    await client.get(f"{HOME}/{address}")
    assert journal.noted == [], "who looks attempts nothing"
    assert (await change_all(client, address, typed)).status_code == 409
    said = AttemptRefused(command=command, reason=reason)
    assert [(where, note) for _chain, _actor, where, note, _unit in journal.noted] == [(f"/s/…/{address}", said)]


@pytest.mark.parametrize(("address", "typed", "command"), [CHANGES_OF_ALL[0], CHANGES_OF_ALL[3]])
async def test_what_is_refused_before_it_is_even_shown_is_kept(
    client: httpx.AsyncClient,
    pages: FakePages,
    changes: FakeChanges,
    journal: FakeJournal,
    address: str,
    typed: dict[str, str],
    command: str,
) -> None:
    pages.register = register(supervises=True)
    changes.hindered = Refused(Reason.VERSION_OUTDATED)
    assert (await change_all(client, address, typed)).status_code == 409
    assert journal.notes == [AttemptRefused(command=command, reason=Reason.VERSION_OUTDATED)]
    changes.hindered = CannotChange(Hindrance.NOTHING_CHANGED)
    await change_all(client, address, typed)
    assert len(journal.noted) == 1, "something to mend is nothing that the rules refuse"


@pytest.mark.parametrize(("address", "typed", "command"), [CHANGES_OF_ALL[number] for number in (1, 2, 4)])
async def test_what_is_refused_when_it_is_confirmed_is_kept_once(
    client: httpx.AsyncClient,
    pages: FakePages,
    changes: FakeChanges,
    journal: FakeJournal,
    address: str,
    typed: dict[str, str],
    command: str,
) -> None:
    pages.register = register(supervises=True)
    await change_all(client, *CHANGES_OF_ALL[0][:2])
    changes.answer = RefusedByRegister(Reason.VERSION_OUTDATED)
    assert (await change_all(client, address, typed)).status_code == 409
    assert journal.noted == [], "registers note it where they answer"
    changes.answer = Refused(Reason.VERSION_OUTDATED)
    assert (await change_all(client, address, typed)).status_code == 409
    assert journal.notes == [AttemptRefused(command=command, reason=Reason.VERSION_OUTDATED)]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("908.yaml", b"x" * (MAX_UPLOAD + 1), Invalid.FILE_SIZE),
        ("908.yaml", b"", Invalid.FILE_EMPTY),
        ("virus.exe", b"MZ a program", Invalid.FILE_TYPE),
    ],
)
async def test_a_file_of_a_new_version_that_is_not_taken_is_kept_as_an_attempt(
    client: httpx.AsyncClient, pages: FakePages, journal: FakeJournal, name: str, content: bytes, what: Invalid
) -> None:
    pages.register = register(supervises=True)
    posted = {"command": COMMAND, "go": "look", "why": "x"}
    file = ("files", (name, content, "text/plain"))
    assert (await client.post(f"{HOME}/amend", data=posted, files=[file])).status_code == 422
    assert journal.notes == [AttemptInvalid(what=what, where="/s/…/amend")]
