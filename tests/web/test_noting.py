"""What comes to nothing is kept all the same: refused attempts, and requests that are none."""

import logging
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from models.actor import Actor, ActorKind, Identified
from models.journal import INSTALLATION, AttemptInvalid, AttemptRefused, Invalid
from models.link import Purpose
from rules.refusals import Reason, Refused
from tests.web import contents, samples
from tests.web.conftest import MAX_UPLOAD
from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, FakeCascades, FakeJournal, FakePages, link
from tests.web.posting import COMMAND, GOOD_PLAN, HOME, OWED_PLAN, PLAN, hand_in
from web.noting import KEPT_A_MINUTE, Noting

REGISTER = f"/s/{REGISTER_TOKEN}"
STRANGE = "/v/never-issued-0123456789/submit"
OFFICER = Actor(kind=ActorKind.OFFICER, unit=samples.A_LUOI.code, holder="focal", identified=Identified.LINK)
SUBMITTED = samples.submitted()


async def review(client: httpx.AsyncClient, **changed: str) -> httpx.Response:
    posted = {"command": COMMAND, "obligation": SUBMITTED.key, "submission": "1", "decision": "accept", "comment": ""}
    return await client.post(f"{REGISTER}/review", data=posted | changed)


async def test_what_the_register_refuses_is_kept_with_who_asked_and_how_he_came(
    client: httpx.AsyncClient, cascades: FakeCascades, journal: FakeJournal
) -> None:
    cascades.answer = Refused(Reason.ALREADY_SUBMITTED)
    assert (await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)).status_code == 409
    said = AttemptRefused(command="submit", obligations=(OWED_PLAN.key,), reason=Reason.ALREADY_SUBMITTED)
    assert journal.noted == [(samples.CASCADE, OFFICER, COMMAND, said, samples.A_LUOI.code)]


async def test_a_reviewers_attempt_is_kept_under_the_unit_that_it_was_about(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages, journal: FakeJournal
) -> None:
    pages.register = samples.register_page(SUBMITTED)
    cascades.answer = Refused(Reason.ALREADY_DECIDED)
    assert (await review(client)).status_code == 409
    ((_chain, actor, _cause, said, unit),) = journal.noted
    assert (actor.kind, actor.unit, actor.identified) == (ActorKind.REVIEWER, samples.ISSUER.code, Identified.LINK)
    assert (said, unit) == (
        AttemptRefused(command="review", obligations=(SUBMITTED.key,), reason=Reason.ALREADY_DECIDED),
        SUBMITTED.unit,
    )


@pytest.mark.parametrize(
    ("address", "typed", "command", "about"),
    [
        ("ask", {"obligation": samples.line("services").key, "request": "extend"}, "ask", samples.line("services").key),
        (
            "obstacle",
            {"obligation": samples.line("radio").key, "text": "x"},
            "raise_obstacle",
            samples.line("radio").key,
        ),
        ("holder", {"name": "x"}, "name_holder", ""),
        ("leave", {}, "leave", ""),
    ],
)
async def test_what_the_page_knows_to_be_refused_is_kept_too(
    client: httpx.AsyncClient,
    pages: FakePages,
    cascades: FakeCascades,
    journal: FakeJournal,
    address: str,
    typed: dict[str, str],
    command: str,
    about: str,
) -> None:
    pages.officer = samples.officer_page(closed=True)
    assert (await client.post(f"{HOME}/{address}", data={"command": COMMAND} | typed)).status_code == 409
    said = AttemptRefused(command=command, obligations=tuple(filter(None, [about])), reason=Reason.CLOSED)
    assert journal.noted == [(samples.CASCADE, OFFICER, f"/v/…/{address}", said, samples.A_LUOI.code)]
    assert cascades.sent == []


async def test_who_does_not_keep_the_register_and_steps_in_is_kept(
    client: httpx.AsyncClient, pages: FakePages, journal: FakeJournal
) -> None:
    pages.register = samples.register_page().model_copy(update={"reviewer": samples.A_LUOI})
    line = samples.register_lines()[0]
    way = {"way": "waived", "item": f"{line.submissions}:{line.key}", "at_unit": line.unit, "why": "x"}
    assert (await client.post(f"{REGISTER}/step", data={"command": COMMAND} | way)).status_code == 409
    assert (await client.post(f"{REGISTER}/chase", data={"command": COMMAND, "unit": line.unit})).status_code == 409
    assert journal.notes == [
        AttemptRefused(command="release", obligations=(line.key,), reason=Reason.NOT_YOURS),
        AttemptRefused(command="chase", reason=Reason.NOT_YOURS),
    ]


async def test_a_draft_asks_nothing_of_the_register(
    client: httpx.AsyncClient, pages: FakePages, journal: FakeJournal
) -> None:
    pages.officer = samples.officer_page(closed=True)
    await client.post(f"{HOME}/draft", data={"command": COMMAND, "obligation": OWED_PLAN.key})
    assert journal.noted == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (f"{HOME}/submit", {"command": COMMAND, "obligation": "plan@another"}),
        (f"{HOME}/acknowledge", {"command": "x"}),
        (f"{HOME}/ask", {"command": "x", "obligation": samples.line("services").key}),
        (f"{REGISTER}/review", {"command": COMMAND, "obligation": "plan@another"}),
        (f"{REGISTER}/chase", {"command": COMMAND, "form": "another"}),
        (f"{REGISTER}/document", {"command": COMMAND, "trigger": "another"}),
        (f"{REGISTER}/amend", {"command": "x", "go": "look"}),
        (f"{REGISTER}/enlist", {"command": "x", "go": "look"}),
        (f"{REGISTER}/close", {"command": "x"}),
    ],
)
async def test_a_form_that_cannot_come_from_the_page_is_kept(
    client: httpx.AsyncClient, pages: FakePages, journal: FakeJournal, path: str, typed: dict[str, str]
) -> None:
    pages.register = samples.register_page().model_copy(update={"supervises": True})
    assert (await client.post(path, data=typed)).status_code in {400, 422}
    where = f"/{path[1]}/…/{path.rpartition('/')[2]}"
    assert journal.notes == [AttemptInvalid(what=Invalid.FORM, where=where)]
    assert {chain for chain, *_ in journal.noted} == {samples.CASCADE}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (contents.PDF + b"x" * MAX_UPLOAD, Invalid.FILE_SIZE),
        (b"MZ a program", Invalid.FILE_TYPE),
        (b"", Invalid.FILE_EMPTY),
    ],
)
async def test_a_file_that_is_not_taken_is_kept_as_an_attempt(
    client: httpx.AsyncClient, journal: FakeJournal, content: bytes, what: Invalid
) -> None:
    file = ("files", ("Kế hoạch.pdf", content, "application/pdf"))
    assert (await hand_in(client, OWED_PLAN, file, **PLAN)).status_code in {413, 422}
    assert journal.notes == [AttemptInvalid(what=what, where="/v/…/submit")]


async def test_a_mistake_in_typing_is_no_attempt_to_keep(client: httpx.AsyncClient, journal: FakeJournal) -> None:
    assert (await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN | {"number": ""})).status_code == 422
    assert journal.noted == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"revoked_at": samples.REAL_NOW}, Invalid.REVOKED_LINK),
        ({"expires_at": samples.REAL_NOW}, Invalid.EXPIRED_LINK),
        ({"dead": True}, Invalid.DEAD_LINK),
        ({"purpose": Purpose.REGISTER}, Invalid.OTHER_LINK),
    ],
)
async def test_a_link_that_holds_no_more_is_kept_with_whose_it_was_when_a_button_is_pressed(
    client: httpx.AsyncClient, pages: FakePages, journal: FakeJournal, changed: dict[str, Any], what: Invalid
) -> None:
    pages.links[OFFICER_TOKEN] = link(Purpose.OFFICER, name="Hồ Thị Lan").model_copy(update=changed)
    await client.get(HOME)
    await client.head(HOME)
    assert journal.noted == []
    assert (await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)).status_code in {404, 410}
    ((chain, actor, cause, note, unit),) = journal.noted
    assert (chain, cause, unit) == (samples.CASCADE, "/v/…/submit", samples.A_LUOI.code)
    assert (actor.unit, actor.name, actor.identified) == (samples.A_LUOI.code, "Hồ Thị Lan", Identified.LINK)
    assert note == AttemptInvalid(what=what, where="/v/…/submit")


async def test_an_unknown_link_is_kept_without_its_secret_and_only_when_a_button_is_pressed(
    client: httpx.AsyncClient, journal: FakeJournal
) -> None:
    assert (await client.get(STRANGE)).status_code == 404
    assert journal.noted == []
    assert (await client.post(STRANGE)).status_code == 404
    ((chain, actor, cause, note, unit),) = journal.noted
    assert (chain, cause, unit) == (INSTALLATION, "/v/…/submit", "")
    assert actor == Actor(kind=ActorKind.OFFICER, unit="")
    assert note == AttemptInvalid(what=Invalid.UNKNOWN_LINK, where="/v/…/submit")
    assert "never-issued" not in str(journal.noted)


class Watch:
    """Real time, set by hand."""

    def __init__(self) -> None:
        self.now = samples.REAL_NOW

    def __call__(self) -> datetime:
        return self.now


async def test_of_a_flood_of_unknown_links_some_are_kept_and_the_others_counted(journal: FakeJournal) -> None:
    watch = Watch()
    noting = Noting(journal, watch)
    nobody = Actor(kind=ActorKind.OFFICER, unit="")
    for _ in range(KEPT_A_MINUTE + 300):
        await noting.stray(nobody, "/v/…/submit")
    assert len(journal.noted) == KEPT_A_MINUTE
    watch.now += timedelta(minutes=1)
    await noting.stray(nobody, "/v/…/ask")
    assert journal.notes[KEPT_A_MINUTE:] == [
        AttemptInvalid(what=Invalid.UNKNOWN_LINK, count=300),
        AttemptInvalid(what=Invalid.UNKNOWN_LINK, where="/v/…/ask"),
    ]
    await noting.settle()
    assert len(journal.noted) == KEPT_A_MINUTE + 2


async def test_what_is_only_counted_is_told_at_the_latest_when_the_pages_close(
    app: Starlette, client: httpx.AsyncClient, journal: FakeJournal
) -> None:
    async with app.router.lifespan_context(app):
        for _ in range(KEPT_A_MINUTE + 2):
            await client.post(STRANGE)
        assert len(journal.noted) == KEPT_A_MINUTE
    assert journal.notes[-1] == AttemptInvalid(what=Invalid.UNKNOWN_LINK, count=2)


async def test_a_journal_that_cannot_be_written_does_not_stand_in_the_way_of_an_answer(
    client: httpx.AsyncClient, cascades: FakeCascades, journal: FakeJournal, caplog: pytest.LogCaptureFixture
) -> None:
    journal.away = True
    cascades.answer = Refused(Reason.ALREADY_SUBMITTED)
    with caplog.at_level(logging.WARNING):
        refused = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)
        strange = await client.post(STRANGE)
        tampered = await client.post(f"{HOME}/acknowledge", data={"command": "x"})
    assert (refused.status_code, strange.status_code, tampered.status_code) == (409, 404, 400)
    assert "Không ghi nhận" in refused.text
    assert [record.args for record in caplog.records if record.name == "web.noted"]
    assert OFFICER_TOKEN not in caplog.text
