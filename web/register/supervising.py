"""What only those do who supervise the whole directive, on the page of its first register."""

from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from web.banner import Banner, refused
from web.register.desk import Visit


def not_here(visit: Visit) -> Banner | None:
    """Why somebody cannot change or end the directive from where he is; None where he can."""
    if visit.page.closed:
        return refused(_(WORDS[Reason.CLOSED]))
    if not visit.page.supervises:
        return refused(_("Chỉ đơn vị ban hành văn bản được thực hiện việc này, tại sổ theo dõi của mình."))
    return None
