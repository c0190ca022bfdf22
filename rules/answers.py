"""What an answer must hold, by the requirement's kind. The page and the ledger ask the same function."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.answer import Answer
from models.document import DocumentRef
from models.indicator import Indicator
from models.plan import Advised, Duty, RequirementKind, RequirementPlan
from rules.attendance import attendance_problems
from rules.measured import figure_problems
from rules.numbers import normalise
from texts.language import gettext as _
from texts.language import mark, ngettext

_PAPER_MISSING = mark("Đính kèm tệp văn bản.")


class Asked(Protocol):
    """What matters of an obligation here; both a register line and `Question` have it."""

    @property
    def kind(self) -> RequirementKind: ...
    @property
    def accepts_existing(self) -> bool: ...
    @property
    def choices(self) -> Mapping[str, str]: ...
    @property
    def attendance(self) -> bool: ...
    @property
    def groups(self) -> Mapping[str, str]: ...
    @property
    def indicators(self) -> tuple[Indicator, ...]: ...
    @property
    def candidates(self) -> Mapping[str, str]: ...
    @property
    def at_most(self) -> int | None: ...
    @property
    def advised(self) -> Advised | None: ...


@dataclass(frozen=True)
class Question:
    """What one unit is asked: the requirement, and what its duty adds."""

    kind: RequirementKind
    accepts_existing: bool
    choices: Mapping[str, str]
    attendance: bool
    groups: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    candidates: Mapping[str, str]
    at_most: int | None
    advised: Advised | None

    @classmethod
    def of(cls, requirement: RequirementPlan, duty: Duty) -> "Question":
        return cls(
            kind=requirement.kind,
            accepts_existing=requirement.accepts_existing,
            choices=requirement.choices,
            attendance=requirement.attendance,
            groups=requirement.groups,
            indicators=requirement.indicators,
            candidates=duty.candidates,
            at_most=requirement.at_most,
            advised=duty.advised,
        )


def problems(asked: Asked, answer: Answer, today: date | None = None) -> dict[str, str]:
    """Faults of an answer as field name -> what to do, in the language spoken; empty when it may be handed in.

    `today` is the day in Vietnam on which it is handed in, after which no event can have been held; where it is left
    out, the day of the event is taken as it is.
    """
    found = _document_problems(asked, answer)
    found |= _BY_KIND[asked.kind](asked, answer)
    if answer.held is not None and today is not None and answer.held.date > today:
        found["held_date"] = _("Ngày tổ chức không được sau ngày hôm nay; chỉ báo cáo sự kiện đã tổ chức.")
    if asked.kind is not RequirementKind.SELECTION and asked.choices and answer.choice not in asked.choices:
        found["choice"] = _("Chọn một hình thức thực hiện.")
    if asked.attendance:
        found |= attendance_problems(answer)
    return found | figure_problems(asked.indicators, answer.figures)


def _document_problems(asked: Asked, answer: Answer) -> dict[str, str]:
    found: dict[str, str] = {}
    document, proposal = answer.document, answer.proposal
    if asked.kind is RequirementKind.PLAN or answer.existing:
        if document is None or not document.number.strip():
            found["number"] = _("Ghi số và ký hiệu của văn bản.")
        if document is None or document.date is None:
            found["date"] = _("Ghi ngày ban hành của văn bản.")
    if (
        "number" not in found
        and document is not None
        and asked.advised
        and not _carries(document, asked.advised.symbol)
    ):
        found["number"] = _(
            "Văn bản phải do %(issuer)s ban hành: ký hiệu có “%(symbol)s”, không phải ký hiệu của đơn vị tham mưu.",
            issuer=asked.advised.name,
            symbol=asked.advised.symbol,
        )
    if proposal is not None and not proposal.number.strip():
        found["proposal_number"] = _("Ghi số và ký hiệu của tờ trình.")
    if answer.existing and not asked.accepts_existing:
        found["existing"] = _("Nhiệm vụ này phải có văn bản mới.")
    if answer.existing and not answer.files:
        found["files"] = _(_PAPER_MISSING)
    return found


def _carries(document: DocumentRef, symbol: str) -> bool:
    """Whether a document's symbol has the groups of a body's abbreviation in it (`25/KH-UBND` those of `UBND`)."""
    groups = re.split(r"[/-]", normalise(document.number).upper())[1:]
    wanted = [group for group in re.split(r"[/-]", normalise(symbol).upper()) if group]
    return any(groups[n : n + len(wanted)] == wanted for n in range(len(groups) - len(wanted) + 1)) or not wanted


def _selection_problems(asked: Asked, answer: Answer) -> dict[str, str]:
    chosen = [(item.unit, item.choice) for item in answer.selected]
    if not chosen:
        return {"selected": _("Chọn ít nhất một đơn vị.")}
    if asked.at_most is not None and len({unit for unit, _ in chosen}) > asked.at_most:
        most = ngettext("Chỉ chọn tối đa %(num)s đơn vị.", "Chỉ chọn tối đa %(num)s đơn vị.", asked.at_most)
        return {"selected": most}
    if any(unit not in asked.candidates for unit, _ in chosen):
        return {"selected": _("Chỉ chọn trong số các đơn vị được nêu.")}
    if len(set(chosen)) < len(chosen):
        return {"selected": _("Mỗi đơn vị chỉ được chọn một lần cho mỗi mô hình.")}
    if asked.choices and any(choice not in asked.choices for _, choice in chosen):
        return {"selected": _("Chọn một mô hình cho từng đơn vị được chọn.")}
    return {}


def _recommendation_problems(asked: Asked, answer: Answer) -> dict[str, str]:
    if answer.no_comment:
        both = _("Đã chọn “Không có kiến nghị” thì không ghi kiến nghị nào.")
        return {"recommendations": both} if answer.recommendations else {}
    if not answer.recommendations:
        return {"recommendations": _("Ghi ít nhất một kiến nghị; nếu không có thì chọn “Không có kiến nghị”.")}
    if any(not item.text.strip() for item in answer.recommendations):
        return {"recommendations": _("Ghi nội dung của từng kiến nghị.")}
    if asked.groups and any(item.group not in asked.groups for item in answer.recommendations):
        return {"recommendations": _("Chọn nhóm vấn đề cho từng kiến nghị.")}
    return {}


def _event_problems(_asked: Asked, answer: Answer) -> dict[str, str]:
    if answer.held is None:
        return {"held_name": _("Ghi tên sự kiện."), "held_date": _("Ghi ngày tổ chức.")}
    return {} if answer.held.name.strip() else {"held_name": _("Ghi tên sự kiện.")}


def _paper_problems(_asked: Asked, answer: Answer) -> dict[str, str]:
    return {} if answer.files else {"files": _(_PAPER_MISSING)}


def _activity_problems(_asked: Asked, answer: Answer) -> dict[str, str]:
    said = answer.files or answer.note.strip()
    return {} if said else {"files": _("Đính kèm tệp minh chứng hoặc ghi tóm tắt kết quả.")}


def _consultation_problems(_asked: Asked, answer: Answer) -> dict[str, str]:
    said = answer.files or answer.note.strip() or answer.no_comment
    return {} if said else {"files": _("Đính kèm tệp hoặc ghi nội dung góp ý; nếu không có thì chọn “Không góp ý”.")}


_BY_KIND: dict[RequirementKind, Callable[[Asked, Answer], dict[str, str]]] = {
    RequirementKind.PLAN: _paper_problems,
    RequirementKind.REPORT: _paper_problems,
    RequirementKind.ACTIVITY: _activity_problems,
    RequirementKind.CONSULTATION: _consultation_problems,
    RequirementKind.SELECTION: _selection_problems,
    RequirementKind.RECOMMENDATIONS: _recommendation_problems,
    RequirementKind.EVENT: _event_problems,
}
