"""Words for a supervisor's stepping in."""

from audit.story.people import who
from audit.story.scene import Scene, because, document_words
from audit.story.sentence import sentence
from models.intervention import Release
from models.obligation import obligation_key, requirement_of
from models.stepped_in import Amended, DueSet, Ended, Reinstated, Released, Resumed, Suspended
from rules.words import day, due_day
from texts.language import gettext as _
from texts.language import mark, ngettext

_RELEASES = {
    Release.WAIVED: mark("%(who)s cho miễn thực hiện %(things)s"),
    Release.NOT_APPLICABLE: mark("%(who)s ghi không áp dụng %(things)s"),
    Release.WITHDRAWN: mark("%(who)s rút %(things)s"),
}


@sentence.register
def _due_set(fact: DueSet, scene: Scene) -> str:
    things = scene.things(fact.obligations)
    words = _("%(who)s ấn định thời hạn mới %(day)s cho %(things)s", who=who(scene), day=day(fact.until), things=things)
    return words + because(fact.reason)


@sentence.register
def _released(fact: Released, scene: Scene) -> str:
    words = _(_RELEASES[fact.release], who=who(scene), things=scene.things(fact.obligations))
    return words + because(fact.reason)


@sentence.register
def _reinstated(fact: Reinstated, scene: Scene) -> str:
    things = scene.things(fact.obligations)
    return _("%(who)s khôi phục, yêu cầu thực hiện %(things)s", who=who(scene), things=things) + because(fact.reason)


@sentence.register
def _suspended(fact: Suspended, scene: Scene) -> str:
    things = scene.things(fact.obligations)
    return _("%(who)s tạm dừng %(things)s", who=who(scene), things=things) + because(fact.reason)


@sentence.register
def _resumed(fact: Resumed, scene: Scene) -> str:
    things = scene.things(fact.obligations)
    words = _("%(who)s cho tiếp tục thực hiện %(things)s", who=who(scene), things=things)
    dues = {fact.dues[key] for key in scene.mine(fact.obligations) if key in fact.dues}
    if dues:
        words += _(", thời hạn mới %(day)s", day=", ".join(map(due_day, sorted(dues))))
    return words + because(fact.reason)


@sentence.register
def _amended(fact: Amended, scene: Scene) -> str:
    version = fact.amendment.version
    words = _("%(who)s sửa đổi, bổ sung văn bản (bản thứ %(version)s)", who=who(scene), version=version)
    if fact.document is not None:
        words += _(" theo %(document)s", document=document_words(fact.document))
    parts = [words, *_of_the_plan(fact, scene)]
    if withdrawn := _mine(fact.withdrawn, scene):
        parts.append(_("rút %(things)s", things=scene.things(withdrawn)))
    for due, keys in _by_due(fact, scene).items():
        parts.append(_("%(things)s hạn %(day)s", things=scene.things(keys), day=due))
    return "; ".join(parts) + because(fact.reason)


def _of_the_plan(fact: Amended, scene: Scene) -> list[str]:
    """Who owes something new or else."""
    added = [obligation_key(duty.requirement, duty.unit) for duty in fact.amendment.duties]
    mine = _mine(added, scene)
    if scene.about is not None:
        return [_("giao hoặc sửa %(things)s", things=scene.things(mine))] if mine else []
    if not mine:
        return []
    return [ngettext("giao hoặc sửa %(num)s nhiệm vụ", "giao hoặc sửa %(num)s nhiệm vụ", len(mine))]


def _mine(keys: tuple[str, ...] | list[str], scene: Scene) -> list[str]:
    """Those of the unit that the story is about, or none."""
    return [key for key in keys if scene.about in {None, scene.register.issuer} or key.endswith(f"@{scene.about}")]


def _by_due(fact: Amended, scene: Scene) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in _mine([key for key in fact.dues if requirement_of(key)], scene):
        found.setdefault(due_day(fact.dues[key]), []).append(key)
    return found


@sentence.register
def _ended(fact: Ended, scene: Scene) -> str:
    values = {"who": who(scene), "number": scene.register.number}
    if not fact.cancelled:
        return _("%(who)s khóa sổ theo dõi %(number)s trước thời hạn", **values) + because(fact.reason)
    words = _("%(who)s hủy bỏ %(number)s", **values)
    if withdrawn := _mine(fact.withdrawn, scene):
        words += _(", rút %(things)s", things=scene.things(withdrawn))
    return words + because(fact.reason)
