"""Stepping in, from what is chosen to what came of it, on registers that decide by the real rules."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from commands.errors import CommandError, Exit
from commands.stepping import deciding, ending, interventions, people
from commands.stepping.choosing import Wanted, choose, unit_on
from commands.stepping.interventions import Intervention
from commands.stepping.looking import Looked, look
from commands.stepping.outcome import Left, Outcome
from commands.stepping.papers import read_paper
from commands.stepping.run import Desk, Terminal, step_in
from models.actor import ActorKind
from models.clock import Clock
from models.command import Ask
from models.event import Event
from models.holder import Arrangement
from models.intervention import Release
from models.obligation import State
from models.register import ObligationLine
from models.request import RequestKind
from models.tables import EventRow
from models.unit import Level
from rules.refusals import Reason
from store.files import FileStore
from store.units import save_units
from tests import small
from tests.commands.ledgers import Ledgers
from web.ports import Cascades

NUMBER = "15/SO-BĐG"
AT = small.STARTS + timedelta(days=14)
"""A Monday, two weeks after the start."""
PLANS = (f"plan@{small.HIGH}", f"plan@{small.LOW}")
UNTIL = date(2020, 4, 10)


@dataclass
class Person:
    """Somebody at a terminal who says yes, and what he was shown."""

    shown: list[tuple[str, list[str], list[Left]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    told: list[tuple[int, int]] = field(default_factory=list)
    answer: Callable[[], None] = lambda: None

    def terminal(self) -> Terminal:
        def foreseen(will: str, fits: Sequence[ObligationLine], left: Sequence[Left]) -> None:
            self.shown.append((will, [line.key for line in fits], list(left)))

        def ask(question: str) -> None:
            self.asked.append(question)
            self.answer()

        return Terminal(foreseen, ask, lambda done, of: self.told.append((done, of)))


class Office:
    """The small directive as it runs, and somebody who steps in."""

    def __init__(self, engine: Engine) -> None:
        small.store(engine, Clock(origin_real=datetime.now(UTC), origin_business=AT))
        self.engine = engine
        self.ledgers = Ledgers(engine)
        self.person = Person()

    @property
    def desk(self) -> Desk:
        async def connect() -> Cascades:
            return self.ledgers

        return Desk(self.engine, connect, self.person.terminal())

    def look(self) -> Looked:
        return look(self.engine, NUMBER, None, "lan")

    def do(self, make: Callable[[Looked], Intervention], wanted: Wanted, **further: Any) -> Outcome:
        looked = self.look()
        lines = choose(self.engine, looked, wanted)
        return asyncio.run(step_in(self.desk, looked, lines, make(looked), **further))

    def states(self) -> dict[str, State]:
        return {line.key: line.state for line in self.look().lines}

    def line(self, key: str) -> ObligationLine:
        return next(line for line in self.look().lines if line.key == key)

    def events(self, kind: str) -> list[Event]:
        with Session(self.engine) as session:
            query = select(EventRow.body).where(EventRow.kind == kind)
            return [Event.model_validate_json(body) for body in session.exec(query)]


@pytest.fixture
def office(sqlite: Engine) -> Office:
    return Office(sqlite)


def waiving(_: Looked) -> Intervention:
    return interventions.release(Release.WAIVED, "bão số 5")


def dating(looked: Looked) -> Intervention:
    return interventions.set_due(looked, UNTIL, "bão số 5")


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (Wanted(keys=[PLANS[0]]), {PLANS[0]}),
        (Wanted(units=[small.LOW]), {PLANS[1], f"training@{small.LOW}", f"funded-report@{small.LOW}"}),
        (Wanted(units=[small.HIGH, small.LOW], requirements=["plan"]), set(PLANS)),
        (Wanted(below=small.HIGH), {f"commune-plan@{code}" for code in small.COMMUNES[:2]}),
        (Wanted(level="commune"), {f"commune-plan@{code}" for code in small.COMMUNES}),
        (Wanted(states=["open", "returned"], requirements=["plan"]), set(PLANS)),
        (Wanted(states=["accepted"]), set()),
        (Wanted(late=True), set()),
    ],
)
def test_obligations_are_chosen_by_keys_and_filters(office: Office, wanted: Wanted, keys: set[str]) -> None:
    assert {line.key for line in choose(office.engine, office.look(), wanted)} == keys


def test_all_is_everything(office: Office) -> None:
    assert len(choose(office.engine, office.look(), Wanted(everything=True))) == len(office.look().lines)


@pytest.mark.parametrize(
    ("wanted", "code", "says"),
    [
        (Wanted(), Exit.INVALID, "--all"),
        (Wanted(everything=True, late=True), Exit.INVALID, "--all with a filter"),
        (Wanted(keys=["plan@011-phon"]), Exit.NOT_FOUND, "did you mean 'plan@011-phong'"),
        (Wanted(units=["011-phon"]), Exit.NOT_FOUND, "did you mean '011-phong'"),
        (Wanted(units=["01-so"]), Exit.NOT_FOUND, "owes nothing"),
        (Wanted(below="0111"), Exit.NOT_FOUND, "no unit '0111'"),
        (Wanted(level="comune"), Exit.INVALID, "did you mean 'commune'"),
        (Wanted(requirements=["plann"]), Exit.NOT_FOUND, "did you mean 'plan'"),
        (Wanted(states=["opne"]), Exit.INVALID, "did you mean 'open'"),
    ],
)
def test_what_is_not_known_is_named_with_the_nearest_that_is(
    office: Office, wanted: Wanted, code: Exit, says: str
) -> None:
    with pytest.raises(CommandError, match=says) as caught:
        choose(office.engine, office.look(), wanted)
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("waive", State.WAIVED),
        ("not-applicable", State.NOT_APPLICABLE),
        ("withdraw", State.WITHDRAWN),
        ("suspend", State.SUSPENDED),
    ],
)
def test_what_is_laid_aside_and_taken_up_again(office: Office, name: str, state: State) -> None:
    outcome = office.do(lambda looked: interventions.PLAIN[name](looked, "bão số 5"), Wanted(requirements=["plan"]))
    assert (set(outcome.done), outcome.left, outcome.exit) == (set(PLANS), (), Exit.DONE)
    assert {office.states()[key] for key in PLANS} == {state}
    back = "resume" if name == "suspend" else "reinstate"
    outcome = office.do(lambda looked: interventions.PLAIN[back](looked, "hết bão"), Wanted(keys=PLANS))
    assert set(outcome.done) == set(PLANS)
    assert {office.states()[key] for key in PLANS} == {State.OPEN}
    assert office.line(PLANS[0]).reason == "hết bão"


def test_who_steps_in_and_why_stands_in_the_trail(office: Office) -> None:
    office.do(waiving, Wanted(keys=[PLANS[0]]))
    (event,) = office.events("released")
    assert (event.actor.kind, event.actor.unit, event.actor.name) == (ActorKind.SUPERVISOR, small.TOP, "lan")
    assert getattr(event.fact, "reason", "") == "bão số 5"
    assert event.at >= AT


def test_one_command_goes_to_each_register(office: Office) -> None:
    outcome = office.do(waiving, Wanted(everything=True))
    assert sorted(register for register, _ in office.ledgers.sent) == sorted(
        plan.cascade_id for plan in small.plan().cascades
    )
    assert len({command.id for _, command in office.ledgers.sent}) == len(office.ledgers.sent)
    assert office.person.told == [(1, 3), (2, 3), (3, 3)]
    assert {item.why for item in outcome.left} == {Reason.NOT_APPLICABLE}


def test_very_many_are_told_in_portions(office: Office) -> None:
    outcome = office.do(waiving, Wanted(level=Level.COMMUNE), most=1)
    assert len(office.ledgers.sent) == len(small.COMMUNES)
    assert len(outcome.done) == len(small.COMMUNES)


def test_it_is_shown_before_what_will_be_done_and_what_does_not_fit(office: Office) -> None:
    office.do(waiving, Wanted(units=[small.LOW]))
    ((will, fits, left),) = office.person.shown
    assert will == "will be waived"
    assert fits == [PLANS[1], f"training@{small.LOW}"]
    assert [(item.what, item.why) for item in left] == [(f"funded-report@{small.LOW}", Reason.NOT_APPLICABLE)]
    assert office.person.asked == ["2 obligations of 1 unit in 1 register will be waived. Go on?"]


def test_a_no_changes_nothing(office: Office) -> None:
    def no() -> None:
        raise CommandError(Exit.REFUSED, "nothing was changed")

    office.person.answer = no
    with pytest.raises(CommandError):
        office.do(waiving, Wanted(keys=PLANS))
    assert office.ledgers.sent == []


def test_where_nothing_fits_nobody_is_asked_and_the_rule_says_no(office: Office) -> None:
    outcome = office.do(waiving, Wanted(keys=[f"funded-report@{small.LOW}"]))
    assert (outcome.exit, office.person.asked, office.ledgers.sent) == (Exit.REFUSED, [], [])
    assert outcome.described()["left"][0]["words"] == "Nhiệm vụ này không áp dụng đối với đơn vị."


def test_where_nothing_is_chosen_it_is_refused(office: Office) -> None:
    with pytest.raises(CommandError, match="nothing fits the filters") as caught:
        office.do(waiving, Wanted(late=True))
    assert caught.value.code is Exit.REFUSED


def test_an_officer_who_was_quicker_is_left_alone_and_named(office: Office) -> None:
    office.ledgers.meanwhile = lambda: office.ledgers.do(small.cascade(small.TOP), small.submit(PLANS[0], AT))
    outcome = office.do(waiving, Wanted(keys=PLANS))
    assert outcome.done == (PLANS[1],)
    assert [(item.what, item.why) for item in outcome.left] == [(PLANS[0], Reason.CHANGED_MEANWHILE)]
    assert outcome.exit is Exit.DONE
    assert office.states()[PLANS[0]] is State.SUBMITTED


def test_where_everybody_was_quicker_it_is_refused(office: Office) -> None:
    office.ledgers.meanwhile = lambda: office.ledgers.do(small.cascade(small.TOP), small.submit(PLANS[0], AT))
    outcome = office.do(waiving, Wanted(keys=[PLANS[0]]))
    assert (outcome.done, outcome.exit) == ((), Exit.REFUSED)
    assert outcome.left[0].why is Reason.CHANGED_MEANWHILE


def test_a_command_without_an_answer_is_sent_again_and_has_one_effect(office: Office) -> None:
    office.ledgers.away = {small.cascade(small.TOP): 2}
    outcome = office.do(lambda looked: interventions.remind(looked, "gấp"), Wanted(keys=PLANS))
    assert (set(outcome.done), outcome.exit) == (set(PLANS), Exit.DONE)
    assert len(office.ledgers.sent) == 3
    assert len({command.id for _, command in office.ledgers.sent}) == 1
    assert len(office.events("chased")) == 1


def test_a_register_that_does_not_answer_is_told_and_repeating_is_harmless(office: Office) -> None:
    def make(looked: Looked) -> Intervention:
        return interventions.extend(looked, date(2020, 6, 1), "bão")

    office.ledgers.down = {small.cascade(small.HIGH)}
    first = office.do(make, Wanted(level=Level.COMMUNE))
    assert first.exit is Exit.UNREACHABLE
    assert {item.register for item in first.left} == {small.HIGH}
    assert first.described()["left"][0]["why"] == "unreachable"
    office.ledgers.down = set()
    again = office.do(make, Wanted(level=Level.COMMUNE))
    assert again.exit is Exit.DONE
    assert {line.extensions for line in office.look().lines if line.level is Level.COMMUNE} == {1}


def test_a_new_day_keeps_the_old_one_and_is_told_once(office: Office) -> None:
    outcome = office.do(dating, Wanted(requirements=["plan"]))
    line = office.line(PLANS[0])
    assert set(outcome.done) == set(PLANS)
    assert (line.due is not None, line.original_due is not None, line.extensions) == (True, True, 1)
    again = office.do(dating, Wanted(requirements=["plan"]))
    assert {item.why for item in again.left} == {Reason.SAME_DAY}


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (date(2020, 3, 1), "trước ngày ban hành"),
        (date(2020, 3, 15), "đã qua"),
        (date(2020, 7, 1), "sau ngày khóa sổ"),
    ],
)
def test_a_day_that_fits_nothing_is_refused_before_anybody_is_asked(office: Office, until: date, says: str) -> None:
    with pytest.raises(CommandError, match=says) as caught:
        office.do(lambda looked: interventions.set_due(looked, until, "bão"), Wanted(keys=PLANS))
    assert caught.value.code is Exit.REFUSED
    assert office.person.asked == []


def test_only_what_gets_more_time_is_put_off(office: Office) -> None:
    outcome = office.do(lambda looked: interventions.extend(looked, UNTIL, "bão"), Wanted(units=[small.HIGH]))
    assert outcome.done == (PLANS[0],)
    assert {item.why for item in outcome.left} == {Reason.DAY_NOT_LATER}


def test_whom_to_remind_is_reminded_once_a_day(office: Office) -> None:
    def make(looked: Looked) -> Intervention:
        return interventions.remind(looked, "gấp")

    assert set(office.do(make, Wanted(units=[small.HIGH])).done) == {PLANS[0], f"funded-report@{small.HIGH}"}
    again = office.do(make, Wanted(units=[small.HIGH]))
    assert {item.why for item in again.left} == {Reason.CHASED_TODAY, Reason.NOTHING_TO_CHASE}


def test_a_duty_goes_to_another_unit_that_exists(office: Office) -> None:
    commune = f"commune-plan@{small.COMMUNES[0]}"

    def make(looked: Looked) -> Intervention:
        return interventions.reassign(looked, unit_on(office.engine, small.COMMUNES[2], looked.today), "sáp nhập")

    outcome = office.do(make, Wanted(keys=[commune]))
    assert outcome.done == (commune,)
    assert office.line(commune).moved_to == (small.COMMUNES[2],)
    again = office.do(make, Wanted(keys=[f"commune-plan@{small.COMMUNES[1]}"]))
    assert {item.why for item in again.left} == {Reason.ALREADY_OWES}


def test_a_unit_that_is_not_there_takes_nothing_over(office: Office) -> None:
    gone = small.UNITS[3].model_copy(update={"code": "0119-xa", "valid_to": date(2019, 12, 31)})
    save_units(office.engine, [gone])
    for code, says, exit_ in (("0119-xa", "does not exist on", Exit.INVALID), ("0118-xa", "no unit", Exit.NOT_FOUND)):
        with pytest.raises(CommandError, match=says) as caught:
            unit_on(office.engine, code, AT.date())
        assert caught.value.code is exit_


def test_a_paper_is_accepted_with_its_files(office: Office, tmp_path: Path) -> None:
    scan = tmp_path / "Kế hoạch.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    paper, files = read_paper("12/KH-UBND", date(2020, 3, 10), [scan]), FileStore(tmp_path / "files")
    outcome = office.do(
        lambda _: interventions.accept_paper(paper.answer, date(2020, 3, 12), None, "gửi giấy"),
        Wanted(keys=[PLANS[0]]),
        before_sending=lambda: paper.store(files),
    )
    line = office.line(PLANS[0])
    assert (outcome.done, line.state, line.timeliness) == ((PLANS[0],), State.ACCEPTED, "on_time")
    assert line.document is not None
    assert (line.document.number, line.document.date, line.files[0].name) == (
        "12/KH-UBND",
        date(2020, 3, 10),
        "Kế hoạch.pdf",
    )
    assert files.path(line.files[0].sha256).read_bytes() == b"%PDF-1.7 scan"


def test_a_paper_that_the_rules_do_not_take_is_refused(office: Office) -> None:
    paper = read_paper("12/KH-UBND", None, [])
    outcome = office.do(
        lambda _: interventions.accept_paper(paper.answer, date(2020, 3, 20), None, "gửi giấy"), Wanted(keys=[PLANS[0]])
    )
    assert (outcome.exit, [item.why for item in outcome.left]) == (Exit.REFUSED, [Reason.RECEIVED_WRONG])


def test_a_file_that_is_none_and_a_number_in_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("not a PDF")
    for path in ("a.pdf", "nowhere.pdf"):
        with pytest.raises(CommandError, match="--file") as caught:
            read_paper(None, None, [tmp_path / path])
        assert caught.value.code is Exit.INVALID
    assert read_paper("12 KH", None, []).doubts


def asking(office: Office, unit: str, kind: RequestKind, until: date | None = None) -> str:
    """Have a unit ask for something about its plan; returns the request's id."""
    command = Ask(
        id=f"ask {unit}",
        at=AT,
        actor=small.officer(unit),
        obligation=f"plan@{unit}",
        request=kind,
        reason="bão số 5",
        until=until,
    )
    return f"plan@{unit}/r{office.ledgers.do(small.cascade(small.TOP), command)}"


def answering(office: Office, *ids: str, granted: bool = True, until: date | None = None) -> Outcome:
    looked = office.look()
    return asyncio.run(
        deciding.answer_requests(office.desk, looked, ids, granted=granted, until=until, words="theo đề nghị")
    )


def test_requests_are_granted_and_refused(office: Office) -> None:
    more = asking(office, small.HIGH, RequestKind.MORE_TIME, UNTIL)
    out = asking(office, small.LOW, RequestKind.WITHDRAWAL)
    assert answering(office, more, until=date(2020, 4, 3)).done == (more,)
    assert answering(office, out, granted=False).done == (out,)
    assert office.line(PLANS[0]).extensions == 1
    assert office.states()[PLANS[1]] is State.OPEN
    again = answering(office, more, out)
    assert (again.exit, {item.why for item in again.left}) == (Exit.REFUSED, {Reason.ALREADY_ANSWERED})


def test_a_request_that_was_never_made_and_a_day_that_was_not_asked_for(office: Office) -> None:
    out = asking(office, small.LOW, RequestKind.WITHDRAWAL)
    with pytest.raises(CommandError, match="did you mean") as caught:
        answering(office, f"{out}0")
    assert caught.value.code is Exit.NOT_FOUND
    with pytest.raises(CommandError, match="--until") as wrong:
        answering(office, out, until=UNTIL)
    assert wrong.value.code is Exit.INVALID


def test_a_request_that_is_answered_meanwhile_is_left(office: Office) -> None:
    more = asking(office, small.HIGH, RequestKind.MORE_TIME, UNTIL)
    office.ledgers.meanwhile = lambda: office.ledgers.do(small.cascade(small.TOP), small.submit(PLANS[0], AT))
    assert answering(office, more).done == (more,), "what was handed in late may still be given more time"
    office.ledgers.meanwhile = None
    assert answering(office, more).exit is Exit.REFUSED


def naming_somebody(office: Office, unit: str, **changed: Any) -> Outcome:
    said = {"name": "Trần Lan", "email": "lan@nho.example", "arrangement": Arrangement.SUCCESSOR}
    named = people.Named(**(said | {"first": None, "last": None} | changed))
    return asyncio.run(people.name_holder(office.desk, office.look(), unit, named, "chuyển công tác"))


def test_somebody_is_named_in_every_register_that_knows_the_unit(office: Office) -> None:
    outcome = naming_somebody(office, small.HIGH)
    assert set(outcome.done) == {small.cascade(small.TOP), small.cascade(small.HIGH)}
    assert {getattr(event.fact, "reason", "") for event in office.events("holder_named")} == {"chuyển công tác"}


def test_naming_is_refused_with_the_reason(office: Office) -> None:
    with pytest.raises(CommandError, match="--email") as caught:
        naming_somebody(office, small.HIGH, email="lan")
    assert caught.value.code is Exit.INVALID
    with pytest.raises(CommandError, match="has nothing to do") as stranger:
        naming_somebody(office, "011")
    assert stranger.value.code is Exit.NOT_FOUND
    outcome = naming_somebody(office, small.COMMUNES[0], arrangement=Arrangement.SUBSTITUTE)
    assert (outcome.exit, {item.why for item in outcome.left}) == (Exit.REFUSED, {Reason.PERIOD_WRONG})
    with pytest.raises(CommandError, match="did you mean 'colleague'"):
        people.arrangement_of("coleague")


@pytest.mark.parametrize(("cancelled", "state"), [(True, State.WITHDRAWN), (False, State.UNFULFILLED)])
def test_a_directive_ends_before_its_time_in_all_registers(office: Office, cancelled: bool, state: State) -> None:
    office.ledgers.do(small.cascade(small.TOP), small.submit(PLANS[0], AT))
    outcome = asyncio.run(ending.end(office.desk, office.look(), cancelled=cancelled, reason="bãi bỏ", patience=0))
    assert (outcome.exit, outcome.left) == (Exit.DONE, ())
    found = office.states()
    assert {found[key] for key in outcome.done} == {state}
    assert (PLANS[0] in outcome.done) == cancelled
    assert (f"commune-plan@{small.COMMUNES[0]}" in outcome.done) == cancelled
    with pytest.raises(CommandError, match="đã khóa") as caught:
        asyncio.run(ending.end(office.desk, office.look(), cancelled=cancelled, reason="bãi bỏ", patience=0))
    assert caught.value.code is Exit.REFUSED
