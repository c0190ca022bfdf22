"""What a unit does with what it owes: it takes note, hands in, and completes figures."""

from models.command import Acknowledge, CompleteFigures, Submit
from models.event import Acknowledged, FiguresCompleted, Submitted, TakenOver
from models.obligation import DONE, OWING, ObligationState, State, obligation_key
from models.plan import Earlier
from rules.answers import Question, problems
from rules.attendance import attendance_problems, lacks_split
from rules.book import Book
from rules.calendar import local_day
from rules.margins import keys_of
from rules.openings import open_held
from rules.refusals import NOT_OWED, Reason, Refused


def acknowledge(book: Book, command: Acknowledge) -> None:
    unit = command.actor.unit
    mine = [(key, book.state.obligations[key]) for key in keys_of(book.state.obligations, unit)]
    if not mine:
        raise Refused(Reason.NOT_YOURS)
    fresh = tuple(key for key, item in mine if item.state in OWING and item.acknowledged_at is None)
    if fresh:
        book.add(Acknowledged(unit=unit, obligations=fresh))


def submit(book: Book, command: Submit) -> None:
    obligation = _own(book, command.obligation, command.actor.unit)
    if obligation.state in NOT_OWED:
        raise Refused(NOT_OWED[obligation.state])
    requirement = book.requirements[obligation.requirement]
    question = Question.of(requirement, book.duty(command.obligation))
    if problems(question, command.answer, local_day(book.at)):
        raise Refused(Reason.ANSWER_INCOMPLETE)
    book.add(Submitted(obligation=command.obligation, submission=obligation.submissions + 1, answer=command.answer))
    open_held(book, command.obligation, command.answer)


def complete_figures(book: Book, command: CompleteFigures) -> None:
    """Add the split by sex to an answer, and to those of the other hosts of the same event."""
    obligation = _own(book, command.obligation, command.actor.unit)
    answer = book.state.answers.get(command.obligation)
    handed_in = obligation.state is State.SUBMITTED or obligation.state in DONE
    if not handed_in or answer is None or not lacks_split(answer):
        raise Refused(Reason.NOTHING_TO_COMPLETE)
    split = {"men": command.men, "women": command.women, "attended": command.attended or answer.attended}
    completed = answer.model_copy(update=split)
    if attendance_problems(completed):
        raise Refused(Reason.FIGURES_WRONG)
    book.add(FiguresCompleted(obligation=command.obligation, answer=completed))
    source = obligation.shared_from or command.obligation
    for key, item in book.state.obligations.items():
        if key != command.obligation and source in {key, item.shared_from} and key in book.state.answers:
            book.add(FiguresCompleted(obligation=key, answer=book.state.answers[key].model_copy(update=split)))


def take_over(book: Book) -> dict[str, Earlier]:
    """Note the answers to an earlier directive that count for this one; returns them by obligation."""
    found = {
        obligation_key(duty.requirement, duty.unit): duty.earlier
        for duty in book.plan.duties
        if duty.earlier is not None and duty.applicable
    }
    for key, earlier in found.items():
        book.add(TakenOver(obligation=key, **dict(earlier)))
    return found


def _own(book: Book, key: str, unit: str) -> ObligationState:
    obligation = book.obligation(key)
    if obligation.unit != unit:
        raise Refused(Reason.NOT_YOURS)
    return obligation
