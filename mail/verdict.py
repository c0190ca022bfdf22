"""What an SMTP server's answer means for a mail and for those behind it (RFC 5321 section 4.2, RFC 3463)."""

import re
from enum import Enum, auto

from models.delivery import GiveUp, NoSuchAddress, NotYet, SlowDown, TryLater


class Said(Enum):
    """What the server answered to: the sender's address, the receiver's, or the mail itself."""

    TO_SENDER = auto()
    TO_RECEIVER = auto()
    TO_MAIL = auto()


CLOSING = 421
"""The server closes the connection: it has been open for long enough, or the server is overloaded."""

_PERMANENT = 500
_NEEDS_SIGN_IN = 530
_TOO_LARGE = 552
_NO_ROOM = 452
_ADDRESS_CODES = frozenset({550, 551, 553})
_ADDRESS_STATUS = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_LIMIT_STATUS = frozenset({"4.3.1", "4.3.2", "4.4.5", "4.5.3"})
_STATUS = re.compile(r"\s*#?([245]\.\d{1,3}\.\d{1,3})\b")
_LIMIT_WORDS = re.compile(
    r"too (?:many|much|fast)|\brate\b|\blimit|throttl|slow|overload|(?:server|system|too) busy|insufficient|resources",
    re.IGNORECASE,
)
_MAILBOX_WORDS = re.compile(r"mailbox|quota", re.IGNORECASE)
_POLICY_WORDS = re.compile(r"relay|rcpthosts|denied|permitted|spam|block|polic|authenticat|reputation", re.IGNORECASE)


def verdict(said: Said, code: int, words: str) -> GiveUp | TryLater:
    """The error that an answer which is no consent stands for, in the server's words.

    A mail is given up where the server refuses that mail; what it refuses of the sender would hit every mail, so all
    wait until somebody mends the settings.
    """
    answer = f"{code} {' '.join(words.split())}"
    found = _STATUS.match(words)
    status = found.group(1) if found else ""
    if code < _PERMANENT:
        return _later(code, status, answer)
    if code == _NEEDS_SIGN_IN:
        return TryLater(f"the mail server wants a sign-in: check DONDOC_SMTP_USER and DONDOC_SMTP_SECURITY ({answer})")
    if said is Said.TO_SENDER and code != _TOO_LARGE:
        return TryLater(f"the mail server refuses the sender: check DONDOC_MAIL_FROM ({answer})")
    return NoSuchAddress(answer) if _unknown(said, code, status, answer) else GiveUp(answer)


def _later(code: int, status: str, answer: str) -> TryLater:
    """A full or locked mailbox (4.2.x) is a matter of that receiver and never the server's limit."""
    own = status.startswith("4.2.") or (not status and _MAILBOX_WORDS.search(answer))
    limited = status in _LIMIT_STATUS or _LIMIT_WORDS.search(answer) or (code == _NO_ROOM and not status)
    return SlowDown(answer) if code == CLOSING or (limited and not own) else NotYet(answer)


def _unknown(said: Said, code: int, status: str, answer: str) -> bool:
    """Whether the address itself is gone. An extended status decides; without one the code does, unless the words speak
    of a policy, such as relaying, which would make every unit look unreachable."""
    if status:
        return status in _ADDRESS_STATUS
    return said is Said.TO_RECEIVER and code in _ADDRESS_CODES and not _POLICY_WORDS.search(answer)
