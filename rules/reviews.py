"""What recipients decide on an answer, and what follows from the last acceptance."""

from collections.abc import Collection
from contextlib import suppress

from models.answer import Answer, Selected
from models.command import AcceptAll, Decision, Review
from models.event import Accepted, Endorsed, EvidenceShared, Returned
from models.obligation import OWING, ObligationState, Outcome, State, obligation_key
from models.plan import RequirementKind
from rules.book import Book, may_open
from rules.deciding import asked_outcomes, needs_reason, recipients
from rules.openings import open_accepted, open_held, open_taken_over
from rules.refusals import Reason, Refused


def review(book: Book, command: Review) -> None:
    obligation = book.obligation(command.obligation)
    further = [reviewer.unit for reviewer in book.duty(command.obligation).reviewers]
    deciding = recipients(book.plan.issuer, obligation.unit, further)
    if command.actor.unit not in deciding:
        raise Refused(Reason.NOT_YOURS)
    if obligation.submissions != command.submission:
        raise Refused(Reason.REVIEW_OUTDATED)
    if obligation.state is not State.SUBMITTED:
        raise Refused(Reason.NOTHING_TO_REVIEW)
    if command.decision is Decision.RETURN:
        _return(book, command, obligation)
    else:
        _accept(book, command, obligation, deciding)


def accept_all(book: Book, command: AcceptAll) -> None:
    """Accept those submissions that are still as they were looked at; the others are left as they are."""
    before = book.state.seq
    for item in dict.fromkeys(command.items):
        said = {"obligation": item.obligation, "submission": item.submission, "decision": Decision.ACCEPT}
        with suppress(Refused):
            review(book, Review.model_validate(said | command.model_dump(include={"id", "at", "actor"})))
    if book.state.seq == before:
        raise Refused(Reason.NOTHING_ACCEPTED)


def settle(book: Book, key: str, answer: Answer | None) -> None:
    """What follows in this register from an answer that counts: openings below the unit that keeps it, and evidence for
    the other hosts of an event. `answer` may be left out where only its document matters."""
    obligation = book.state.obligations[key]
    _open_below_keeper(book, obligation, answer.selected if answer else ())
    open_taken_over(book, key)
    if book.requirements[obligation.requirement].kind is not RequirementKind.EVENT or answer is None:
        return
    for unit in answer.held.with_units if answer.held else ():
        other = obligation_key(obligation.requirement, unit)
        found = book.state.obligations.get(other)
        if found is not None and found.state in OWING and obligation.submitted_at is not None:
            book.add(EvidenceShared(obligation=other, source=key, answer=answer, submitted_at=obligation.submitted_at))
            open_held(book, other, answer)
            _open_below_keeper(book, book.state.obligations[other])


def _open_below_keeper(book: Book, obligation: ObligationState, selected: Collection[Selected] = ()) -> None:
    """All units of this register stand below the one that keeps it, and may wait for a document of that one."""
    if book.duty(obligation.key).speaks_for(book.plan.issuer):
        open_accepted(book, obligation.requirement, obligation.document, selected)


def _return(book: Book, command: Review, obligation: ObligationState) -> None:
    if not command.comment.strip():
        raise Refused(Reason.COMMENT_MISSING)
    if not may_open(book.state, book.requirements[obligation.requirement]):
        raise Refused(Reason.LAPSED)
    book.add(Returned(obligation=command.obligation, submission=command.submission, comment=command.comment))


def _accept(book: Book, command: Review, obligation: ObligationState, deciding: tuple[str, ...]) -> None:
    by, answer = command.actor.unit, book.state.answers.get(command.obligation)
    if by in obligation.endorsed:
        raise Refused(Reason.ALREADY_DECIDED)
    named = book.requirements[obligation.requirement].outcomes
    outcomes = asked_outcomes(named, no_comment=answer is not None and answer.no_comment)
    if outcomes and command.outcome not in outcomes:
        raise Refused(Reason.OUTCOME_MISSING)
    outcome = command.outcome if outcomes else None
    if obligation.endorsed and outcome is not obligation.outcome:
        raise Refused(Reason.OUTCOME_DIFFERS)
    if needs_reason(outcome) and not command.comment.strip():
        raise Refused(Reason.REASON_MISSING)
    decided = {
        "obligation": command.obligation,
        "submission": command.submission,
        "comment": command.comment,
        "outcome": outcome,
    }
    if set(deciding) - {by, *obligation.endorsed}:
        book.add(Endorsed.model_validate(decided))
        return
    selected = answer.selected if answer else ()
    book.add(Accepted.model_validate(decided | {"document": obligation.document, "selected": selected}))
    if outcome is not Outcome.REJECTED:
        settle(book, command.obligation, answer)
