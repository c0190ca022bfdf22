"""Stepping in: the fields that each way needs beside its reason, and the command that they mean."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from models.answer import Answer
from models.intervention import AcceptPaper, Reassign, Reinstate, ReleaseUnit, Resume, SetDue, Suspend, Target
from models.obligation import Outcome
from models.register import ObligationLine
from rules.collation import vietnamese
from rules.refusals import WORDS, Reason
from rules.ways import RELEASES, Way
from rules.words import OUTCOMES
from texts.language import gettext as _
from web.drafts import Draft
from web.forms import selection
from web.forms.document import typed_document
from web.forms.fields import typed_day

Intervention = SetDue | ReleaseUnit | Reinstate | Suspend | Resume | Reassign | AcceptPaper

CHOOSING, STEPPING = "choosing", "stepping"
"""Names of the two forms, also the beginnings of their fields' ids: what is to be done with which obligations, and then
how and why."""

BLAMED = {
    Reason.REASON_NEEDED: "why",
    Reason.REASON_MISSING: "why",
    Reason.DAY_BEFORE_ISSUE: "until",
    Reason.DAY_PAST: "until",
    Reason.DAY_BEYOND_CLOSING: "until",
    Reason.SAME_DAY: "until",
    Reason.ALREADY_OWES: "receiver",
    Reason.OWN_REGISTER: "receiver",
    Reason.RECEIVED_WRONG: "received_on",
    Reason.PAPER_MISSING: "number",
    Reason.ANSWER_INCOMPLETE: "selected",
    Reason.OUTCOME_MISSING: "outcome",
}
"""The field of which a refusal speaks."""

_PAPER = ("number", "date", "signer", "received_on", "outcome")


def way_of(text: str) -> Way | None:
    """The way that a form names, None where it is none."""
    return next((way for way in Way if way == text), None)


def kind_of(way: Way | None) -> str:
    """The kind of the command of a way, empty where there is none."""
    return ReleaseUnit.model_fields["kind"].default if way in RELEASES else way or ""


def fields(way: Way, lines: Iterable[ObligationLine]) -> tuple[str, ...]:
    """The names of the fields of a way, files apart."""
    match way:
        case Way.SET_DUE:
            own: tuple[str, ...] = ("until",)
        case Way.REASSIGN:
            own = ("receiver",)
        case Way.ACCEPT_PAPER:
            own = (*_PAPER, *(name for line in lines for name in selection.names(line)))
        case _:
            own = ()
    return ("why", *own)


def paper_outcomes(line: ObligationLine) -> dict[str, str]:
    """The outcomes to choose among where an answer is accepted on behalf of a unit."""
    return {outcome.value: _(OUTCOMES[outcome]) for outcome in line.outcomes}


def receivers(assignable: Mapping[str, str], without: str) -> dict[str, str]:
    """What may be typed to name a unit that takes over, with its code: its name, after which the code stands where
    several are called the same. The unit that owes now is left out."""
    named: dict[str, list[str]] = {}
    for code, name in assignable.items():
        named.setdefault(name, []).append(code)
    found = {
        name if len(codes) == 1 else f"{name} ({code})": code
        for name, codes in named.items()
        for code in codes
        if code != without
    }
    return dict(sorted(found.items(), key=lambda item: vietnamese(item[0])))


def read_step(way: Way, lines: tuple[ObligationLine, ...], units: Mapping[str, str], draft: Draft) -> dict[str, Any]:
    """What a posted form says beside whom it is about, by the names of the command's fields; adds to `draft.errors`
    what is missing. `units` are those that may take over, as `receivers` gives them."""
    said: dict[str, Any] = {"reason": draft.value("why")}
    match way:
        case Way.SET_DUE:
            said["until"] = _day(draft, "until", _("Ghi ngày cuối cùng của thời hạn mới."))
        case Way.REASSIGN:
            said["unit"] = _receiver(draft, units)
        case Way.ACCEPT_PAPER:
            said |= _paper(draft, lines)
    if not draft.value("why"):
        draft.errors.setdefault("why", _(WORDS[Reason.REASON_NEEDED]))
    return said


def command(way: Way, targets: tuple[Target, ...], said: dict[str, Any]) -> Intervention:
    """The command that does it, for the first target where it is about a paper. `said` is what `read_step` gave, with
    id, instant and actor."""
    match way:
        case Way.SET_DUE:
            return SetDue(**said, targets=targets)
        case Way.ACCEPT_PAPER:
            return AcceptPaper(**said, target=targets[0])
        case Way.REASSIGN:
            return Reassign(**said, targets=targets)
        case Way.SUSPEND:
            return Suspend(**said, targets=targets)
        case Way.RESUME:
            return Resume(**said, targets=targets)
        case Way.REINSTATE:
            return Reinstate(**said, targets=targets)
        case _:
            return ReleaseUnit(**said, targets=targets, release=RELEASES[way])


def _day(draft: Draft, name: str, missing: str) -> dt.date | None:
    day = typed_day(draft, name)
    if day is None:
        draft.errors.setdefault(name, missing)
    return day


def _receiver(draft: Draft, units: Mapping[str, str]) -> str:
    """The code of the unit that was typed, by name or by code."""
    typed = draft.value("receiver")
    by_name = {name.casefold(): code for name, code in units.items()}
    code = by_name.get(typed.casefold()) or (typed if typed in units.values() else "")
    if not code:
        wrong = _("Không có đơn vị “%(name)s” trong danh sách; chọn một đơn vị trong danh sách gợi ý.", name=typed)
        draft.errors.setdefault("receiver", wrong if typed else _("Ghi tên đơn vị tiếp nhận."))
    return code


def _paper(draft: Draft, lines: tuple[ObligationLine, ...]) -> dict[str, Any]:
    document = typed_document(draft, "", signer=draft.value("signer"))
    chosen = {name: value for line in lines for name, value in selection.read(line, draft).items()}
    outcome = next((item for item in Outcome if item == draft.value("outcome")), None)
    received_on = _day(draft, "received_on", _("Ghi ngày nhận văn bản giấy."))
    return {
        "answer": Answer(document=document, files=draft.kept, **chosen),
        "received_on": received_on,
        "outcome": outcome,
    }
