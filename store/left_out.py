"""What `store rebuild` does not put back, and in what else tables made anew differ from those that were lost. Said to
operators in docs/operating.md."""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "link": "the secret is only in the mail; people ask for another one, or are told again",
    "draft": "nobody has sent it yet",
    "reader": "an operator lists who may come in again; the journal tells who could",
    "sign_in": "a link holds for minutes",
    "reading_session": "a session ends within hours",
}
"""Tables that are empty afterwards, and why."""

OF_ALL: Mapping[str, tuple[str, ...]] = {"archive": ("archived_at",)}
"""Columns that may differ: an archive's is the moment of its note in the journal. Of events that do not say when they
were recorded, as those of older versions, `recorded_at` is when they were put back."""

OF_RUNNING: Mapping[str, tuple[str, ...]] = {
    "outbox": ("id", "send_at", "attempts", "error", "finished_at"),
}
"""Columns that may differ where a register is not archived: what became of its mails comes from its journal."""

ADDED = frozenset({"rebuilt", "mail_failed"})
"""Kinds of notes that rebuilding itself adds to journals: that it was done, and which mails it holds back."""
