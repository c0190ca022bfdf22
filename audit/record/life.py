"""How one obligation stands, in words: its state, its due dates, and in whose hands its time was."""

from models.delay import Delay
from models.register import ObligationLine
from rules.delay import first_lateness, shares_in_words
from rules.standing import state_words, title
from rules.words import TIMELINESS, due_day, moment
from texts.language import gettext as _
from texts.language import ngettext


def standing_words(line: ObligationLine, delay: Delay | None) -> list[str]:
    """Lines of text, in the language that is spoken; `delay` explains one that is late."""
    words = [
        f"{line.unit_name}: {title(line)}",
        _(
            "%(state)s; %(timeliness)s; thời hạn %(due)s",
            state=state_words(line),
            timeliness=_(TIMELINESS[line.timeliness]).lower(),
            due=due_day(line.due),
        ),
    ]
    if line.original_due is not None and line.original_due != line.due:
        words.append(_("Thời hạn ban đầu %(day)s.", day=due_day(line.original_due)))
    if line.submitted_at is not None:
        words.append(_("Nộp lúc %(time)s.", time=moment(line.submitted_at)))
    if delay is not None:
        days = ngettext("Chậm %(num)s ngày làm việc.", "Chậm %(num)s ngày làm việc.", delay.late_days)
        words.append(" ".join(filter(None, (days, shares_in_words(delay.held), first_lateness(delay)))))
    return words
