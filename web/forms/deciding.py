"""Decisions on an answer: accepting with an outcome where one is to be named, or returning."""

from models.command import Decision
from models.obligation import Outcome
from models.register import ObligationLine
from rules.deciding import asked_outcomes, needs_reason
from rules.refusals import WORDS, Reason
from rules.words import OUTCOMES
from texts.language import gettext as _
from web.drafts import Draft

REVIEW_FIELDS = ("comment", "outcome")


def outcome_choices(line: ObligationLine) -> dict[str, str]:
    """Outcomes to choose among on accepting, with their words; none where the answer says that there is nothing."""
    outcomes = asked_outcomes(line.outcomes, no_comment=line.no_comment)
    return {outcome.value: _(OUTCOMES[outcome]) for outcome in outcomes}


def read_outcome(line: ObligationLine, decision: Decision, draft: Draft) -> Outcome | None:
    """The outcome that a posted decision names. Adds to `draft.errors` what is missing."""
    comment = draft.value("comment")
    if decision is Decision.RETURN:
        if not comment:
            draft.errors["comment"] = _(WORDS[Reason.COMMENT_MISSING])
        return None
    outcomes = outcome_choices(line)
    if not outcomes:
        return None
    if draft.value("outcome") not in outcomes:
        draft.errors["outcome"] = _("Chọn kết quả xử lý.")
        return None
    outcome = Outcome(draft.value("outcome"))
    if needs_reason(outcome) and not comment:
        draft.errors["comment"] = _("%(outcome)s: ghi rõ nội dung, lý do.", outcome=_(OUTCOMES[outcome]))
    return outcome
