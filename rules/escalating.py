"""Escalations that come from a register below: they are noted here, and told to whom they mean (DOMAIN section 3)."""

from models.actor import ActorKind
from models.command import HearEscalation
from models.correspondence import EscalationHeard
from rules.book import Book
from rules.refusals import Reason, Refused


def hear_escalation(book: Book, command: HearEscalation) -> None:
    if command.actor.kind is not ActorKind.CASCADE:
        raise Refused(Reason.NOT_YOURS)
    told = command.model_dump(include={"register_id", "unit", "step", "to", "obligations"})
    book.add(EscalationHeard.model_validate(told))
