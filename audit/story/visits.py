"""Words for what happens around registers beside mail: attempts, sign-ins, views, exports, care of the record."""

from audit.story.attempts import command_words, wrong_words
from audit.story.people import who
from audit.story.scene import Scene, said
from audit.story.sentence import sentence
from models.journal import (
    Anchored,
    Archived,
    AttemptInvalid,
    AttemptRefused,
    Exported,
    ReaderListed,
    ReaderRemoved,
    Rebuilt,
    RunsKept,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInMailed,
    Verified,
    Viewed,
)
from models.reader import ReaderRole
from rules.figures import figure
from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from texts.language import mark, ngettext

READERS = {
    ReaderRole.AUDITOR: mark("kiểm tra, thanh tra"),
    ReaderRole.SUPERVISOR: mark("theo dõi"),
    ReaderRole.OPERATOR: mark("quản trị"),
}
_TAKEN = {
    "timeline": mark("diễn biến"),
    "units": mark("kết quả của các đơn vị"),
    "obligation": mark("diễn biến của một nhiệm vụ"),
    "bundle": mark("hồ sơ kiểm chứng"),
    "report": mark("báo cáo tổng hợp"),
}
_SHOWN = 12
"""Hexadecimal digits that a sentence shows of a hash."""


@sentence.register
def _refused(note: AttemptRefused, scene: Scene) -> str:
    known = note.reason in set(Reason)
    why = _(WORDS[Reason(note.reason)]).removesuffix(".") if known else note.reason
    values = {"who": who(scene), "what": command_words(note.command), "why": why}
    if not note.obligations:
        return _("%(who)s định %(what)s nhưng bị từ chối: %(why)s", **values)
    things = scene.things(note.obligations)
    return _("%(who)s định %(what)s đối với %(things)s nhưng bị từ chối: %(why)s", things=things, **values)


@sentence.register
def _invalid(note: AttemptInvalid, scene: Scene) -> str:
    values = {"who": who(scene), "what": wrong_words(note.what), "where": note.where}
    if note.count > 1:
        return _("%(who)s gửi thêm %(count)s yêu cầu không hợp lệ: %(what)s", count=figure(note.count), **values)
    if not note.where:
        return _("%(who)s gửi yêu cầu không hợp lệ: %(what)s", **values)
    return _("%(who)s gửi yêu cầu không hợp lệ tại %(where)s: %(what)s", **values)


@sentence.register
def _asked(note: SignInAsked, _scene: Scene) -> str:
    if note.listed:
        return _("%(address)s đề nghị đăng nhập, đã gửi đường liên kết", address=note.address)
    return _("%(address)s đề nghị đăng nhập, không có trong danh sách nên không được gửi", address=note.address)


@sentence.register
def _mailed(note: SignInMailed, _scene: Scene) -> str:
    if note.error:
        return _("thư có đường liên kết đăng nhập không gửi được đến %(address)s", address=note.address) + said(
            note.error
        )
    return _("thư có đường liên kết đăng nhập đã gửi đến %(address)s", address=note.address)


@sentence.register
def _listed(note: ReaderListed, scene: Scene) -> str:
    values = {"who": who(scene), "name": note.name, "address": note.address, "role": _(READERS[note.role])}
    words = _("%(who)s ghi %(name)s (%(address)s) vào danh sách được tra cứu: %(role)s", **values)
    return words + (_(" của %(unit)s", unit=scene.unit(note.unit)) if note.unit else "")


@sentence.register
def _removed(note: ReaderRemoved, scene: Scene) -> str:
    return _("%(who)s xóa %(address)s khỏi danh sách được tra cứu", who=who(scene), address=note.address)


@sentence.register
def _signed_in(note: SignedIn, _scene: Scene) -> str:
    return _("%(address)s đăng nhập", address=note.address)


@sentence.register
def _signed_out(note: SignedOut, _scene: Scene) -> str:
    return _("%(address)s đăng xuất", address=note.address)


@sentence.register
def _viewed(note: Viewed, scene: Scene) -> str:
    return _("%(who)s xem trang %(page)s", who=who(scene), page=note.page)


@sentence.register
def _exported(note: Exported, scene: Scene) -> str:
    files = ", ".join(f"{name} ({digest[:_SHOWN]}…)" for name, digest in note.files.items())
    what = _(_TAKEN[note.what]) if note.what in _TAKEN else note.what
    words = _("%(who)s trích xuất %(what)s", who=who(scene), what=what)
    return f"{words}: {files}" if files else words


@sentence.register
def _verified(note: Verified, scene: Scene) -> str:
    values = {"who": who(scene), "events": figure(note.events)}
    if not note.findings:
        return _("%(who)s kiểm tra hồ sơ đến sự kiện số %(events)s: không phát hiện sai khác", **values)
    findings = ngettext("%(num)s điểm sai khác", "%(num)s điểm sai khác", note.findings)
    return _("%(who)s kiểm tra hồ sơ đến sự kiện số %(events)s: phát hiện %(findings)s", findings=findings, **values)


@sentence.register
def _archived(note: Archived, _scene: Scene) -> str:
    return _("hồ sơ sổ theo dõi được lưu trữ, bản kê %(hash)s…", hash=note.manifest[:_SHOWN])


@sentence.register
def _runs_kept(note: RunsKept, _scene: Scene) -> str:
    return _("lịch sử các lần chạy trước của sổ theo dõi được lưu trữ, bản kê %(hash)s…", hash=note.kept[:_SHOWN])


@sentence.register
def _anchored(note: Anchored, _scene: Scene) -> str:
    return _("lập bản niêm phong mã băm ngày %(day)s: %(hash)s…", day=note.day, hash=note.file[:_SHOWN])


@sentence.register
def _rebuilt(note: Rebuilt, scene: Scene) -> str:
    registers = ngettext("%(num)s sổ theo dõi", "%(num)s sổ theo dõi", note.registers)
    return _("%(who)s lập lại cơ sở dữ liệu từ lịch sử và lưu trữ: %(registers)s", who=who(scene), registers=registers)
