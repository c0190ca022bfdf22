"""Documents that reach a register: those that some requirements wait for, and one that replaces the directive."""

from models.actor import ActorKind
from models.command import RegisterDocument, Replace
from models.event import CascadeClosed, DocumentRegistered, Lapsed, Withdrawn
from models.obligation import LIVE, UNDONE, State
from rules.book import Book
from rules.openings import TELL_FROM_ABOVE, exclude_following, open_registered
from rules.refusals import Reason, Refused


def close(book: Book) -> None:
    """Close a register: what is owed now, or stands still, stays unfulfilled (DESIGN rule 6)."""
    undone = tuple(key for key, item in book.state.obligations.items() if item.state in UNDONE)
    book.add(CascadeClosed(unfulfilled=undone))


def register_document(book: Book, command: RegisterDocument) -> None:
    """A document has arrived: drafts that it makes final are out of discussion, and what waits for it opens."""
    from_above = command.actor.kind in TELL_FROM_ABOVE
    if command.trigger not in book.plan.triggers or (book.plan.parent is not None and not from_above):
        raise Refused(Reason.UNKNOWN_TRIGGER)
    if not from_above and command.actor.unit != book.plan.issuer:
        raise Refused(Reason.NOT_YOURS)
    if command.trigger in book.state.registered:
        raise Refused(Reason.ALREADY_REGISTERED)
    book.add(DocumentRegistered(trigger=command.trigger, document=command.document))
    final = {item.key for item in book.plan.requirements if item.ends_with == command.trigger}
    lapsed = [key for key, item in book.state.obligations.items() if item.requirement in final and item.state in UNDONE]
    if lapsed:
        book.add(Lapsed(obligations=tuple(lapsed), basis=command.document))
    open_registered(book, command.trigger, command.document)


def replace(book: Book, command: Replace) -> None:
    """Another directive replaces this one: its supervisor tells the first register, and each register those below. What
    would have followed from what is withdrawn does not apply here any more."""
    allowed = ActorKind.SUPERVISOR if book.plan.parent is None else ActorKind.CASCADE
    if command.actor.kind is not allowed:
        raise Refused(Reason.NOT_YOURS)
    named = {
        item.key
        for item in book.plan.requirements
        if not command.requirements or {item.key, item.series} & set(command.requirements)
    }
    withdrawn = tuple(
        key for key, item in book.state.obligations.items() if item.requirement in named and item.state in LIVE
    )
    opened = tuple(key for key in withdrawn if book.state.obligations[key].state is not State.DORMANT)
    book.add(
        Withdrawn(
            obligations=withdrawn,
            opened=opened,
            by=command.by,
            requirements=command.requirements,
            close=command.close,
        )
    )
    if command.close:
        close(book)
    else:
        exclude_following(book, frozenset(withdrawn))
