"""Words for what became of mails: who was told what, and at which address."""

from audit.story.people import role
from audit.story.scene import Scene, said
from audit.story.sentence import sentence
from models.journal import MailDelayed, MailFailed, MailNeedless, MailRow, MailSent
from models.notice import NoticeKind
from texts.language import gettext as _
from texts.language import mark

MAILS = {
    NoticeKind.REGISTER: mark("mở sổ theo dõi"),
    NoticeKind.ASSIGNMENT: mark("giao nhiệm vụ"),
    NoticeKind.REMINDER: mark("nhắc việc"),
    NoticeKind.OVERDUE: mark("thông báo quá hạn"),
    NoticeKind.CHASE: mark("đôn đốc thực hiện"),
    NoticeKind.ESCALATION: mark("báo cáo nội dung quá hạn"),
    NoticeKind.RETURNED: mark("trả lại để bổ sung"),
    NoticeKind.SILENCE: mark("đôn đốc nội dung chưa có thông tin"),
    NoticeKind.REPLY_OVERDUE: mark("kiến nghị quá ngày trả lời"),
    NoticeKind.OBSTACLE: mark("khó khăn, vướng mắc của đơn vị"),
    NoticeKind.ANSWERED: mark("kết quả xử lý kiến nghị, vướng mắc"),
    NoticeKind.ACCEPTED: mark("xác nhận hoàn thành"),
    NoticeKind.WITHDRAWN: mark("không phải thực hiện"),
    NoticeKind.DECIDED: mark("trả lời đề nghị"),
    NoticeKind.HANDOVER: mark("phân công phụ trách"),
    NoticeKind.UNACKNOWLEDGED: mark("nhắc xác nhận đã nhận văn bản"),
    NoticeKind.NOT_RESUBMITTED: mark("đôn đốc nộp lại"),
    NoticeKind.DUE_SET: mark("điều chỉnh thời hạn"),
    NoticeKind.AMENDED: mark("điều chỉnh yêu cầu"),
    NoticeKind.SUSPENDED: mark("tạm dừng thực hiện"),
    NoticeKind.RESUMED: mark("tiếp tục thực hiện"),
    NoticeKind.TRANSFERRED: mark("chuyển giao nhiệm vụ"),
    NoticeKind.REVIEW: mark("kết quả chờ xem xét"),
    NoticeKind.REVIEW_OVERDUE: mark("kết quả chậm xem xét"),
    NoticeKind.ESCALATION_BELOW: mark("báo cáo từ sổ cấp dưới"),
    NoticeKind.LETTER: mark("dự thảo công văn đôn đốc"),
    NoticeKind.UNREACHABLE: mark("thư không đến được đơn vị"),
    NoticeKind.SUMMARY: mark("báo cáo tổng hợp đã lập"),
}


@sentence.register
def _sent(note: MailSent, scene: Scene) -> str:
    values = {"mail": _mail(note.rows, scene), "person": _person(note.rows, scene), "to": note.to}
    if note.resent:
        return _("gửi lại thư %(mail)s đến %(person)s, địa chỉ %(to)s, vì lần gửi trước chưa chắc chắn", **values)
    return _("gửi thư %(mail)s đến %(person)s, địa chỉ %(to)s", **values)


@sentence.register
def _delayed(note: MailDelayed, scene: Scene) -> str:
    values = {"mail": _mail(note.rows, scene), "person": _person(note.rows, scene), "to": note.to}
    words = _("chưa gửi được thư %(mail)s đến %(person)s, địa chỉ %(to)s, sẽ gửi lại", **values)
    return words + said(note.error)


@sentence.register
def _failed(note: MailFailed, scene: Scene) -> str:
    values = {"mail": _mail(note.rows, scene), "person": _person(note.rows, scene), "to": note.to}
    if not note.to:
        words = _("thư %(mail)s không đến được %(person)s: không có địa chỉ nhận thư", **values)
    else:
        words = _("thư %(mail)s không đến được %(person)s, địa chỉ %(to)s từ chối", **values)
    return words + said(note.error)


@sentence.register
def _needless(note: MailNeedless, scene: Scene) -> str:
    values = {"mail": _mail(note.rows, scene), "person": _person(note.rows, scene)}
    return _("thư %(mail)s cho %(person)s không còn cần gửi", **values)


def _mine(rows: tuple[MailRow, ...], scene: Scene) -> tuple[MailRow, ...]:
    return tuple(row for row in rows if row.unit == scene.about) or rows


def _mail(rows: tuple[MailRow, ...], scene: Scene) -> str:
    kinds = dict.fromkeys(row.kind for row in _mine(rows, scene))
    return ", ".join(f"«{_(MAILS[kind])}»" for kind in kinds)


def _person(rows: tuple[MailRow, ...], scene: Scene) -> str:
    people = dict.fromkeys((row.holder or row.role.value, row.unit) for row in _mine(rows, scene))
    named = [_("%(person)s của %(unit)s", person=role(holder), unit=scene.unit(unit)) for holder, unit in people]
    return ", ".join(named)
