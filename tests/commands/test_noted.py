"""What somebody does at the command line stands in the journal: what was refused, and what was taken away."""

import json
from getpass import getuser
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from changing.sending import Order, send_all
from commands.errors import CommandError
from commands.report import report
from commands.stepping.looking import look
from models.actor import Actor, ActorKind, Identified
from models.command import Command, Receipt
from models.intervention import Release, ReleaseUnit, Target
from models.journal import AttemptRefused, Entry, Exported
from models.trail_tables import JournalRow
from rules.ledger import open_register
from rules.refusals import Reason, Refused
from store.engine import reading
from store.journal import Journal
from store.recorder import Recorder
from tests import small
from web.noted import NotedCascades

NUMBER = "15/SO-BĐG"
REGISTER = small.cascade(small.TOP)
KEY = f"plan@{small.HIGH}"


class Closed:
    """Registers that refuse everything."""

    async def send(self, _cascade_id: str, _command: Command) -> Receipt:
        raise Refused(Reason.CLOSED)


@pytest.fixture
def database(sqlite: Engine) -> Engine:
    """The small directive, just begun."""
    small.store(sqlite)
    Recorder(sqlite, None).record(REGISTER, open_register(small.slice_of(small.TOP), small.STARTS).events)
    return sqlite


def noted(engine: Engine) -> list[tuple[str, str, Entry]]:
    with reading(engine) as session:
        return [(row.chain, row.unit, Entry.model_validate_json(row.body)) for row in session.exec(select(JournalRow))]


async def test_an_intervention_that_a_register_refuses_is_noted_with_the_user_who_tried(database: Engine) -> None:
    looked = look(database, NUMBER, None, "Trần Văn Bình")
    command = ReleaseUnit(
        **looked.stamp("c1"),
        targets=(Target(obligation=KEY, submissions=0),),
        release=Release.WAIVED,
        reason="Bão số 9",
    )
    (answer,) = await send_all(NotedCascades(Closed(), Journal(database)), [Order(REGISTER, command)])
    assert answer.refused is Reason.CLOSED
    ((chain, unit, entry),) = noted(database)
    assert (chain, unit, entry.cause) == (REGISTER, small.HIGH, "c1")
    assert entry.actor == Actor(
        kind=ActorKind.SUPERVISOR, unit=small.TOP, name="Trần Văn Bình", identified=Identified.COMMAND_LINE
    )
    assert entry.note == AttemptRefused(command="release", obligations=(KEY,), reason=Reason.CLOSED)


def test_a_report_that_is_written_to_a_file_was_taken_away(database: Engine, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        report(database, NUMBER, None, tmp_path, "htm")
    assert noted(database) == []
    (file,) = report(database, NUMBER, None, tmp_path, "json").files
    assert json.loads(file.read_text("utf-8"))
    ((chain, _unit, entry),) = noted(database)
    assert (chain, entry.cause, entry.actor.name) == (REGISTER, "dondoc report", getuser())
    assert (entry.actor.kind, entry.actor.identified) == (ActorKind.READER, Identified.COMMAND_LINE)
    assert entry.note == Exported(what="report", files={file.name: sha256(file.read_bytes()).hexdigest()})
