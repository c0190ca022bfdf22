"""Who acted, and how that is known."""

from functools import lru_cache

from audit.story.scene import Scene
from models.actor import Actor, ActorKind, Identified
from models.unit import Role
from texts.language import Language, mark, spoken
from texts.language import gettext as _

ROLES = {
    Role.FOCAL.value: mark("cán bộ đầu mối"),
    Role.HEAD.value: mark("lãnh đạo đơn vị"),
}
_OF_UNITS = (ActorKind.OFFICER, ActorKind.REVIEWER, ActorKind.SUPERVISOR)
_NAMED = mark("người được phân công")


def who(scene: Scene) -> str:
    """The subject of a sentence: a unit, a register, or the program."""
    actor = scene.actor
    if actor.kind in _OF_UNITS and actor.unit:
        return scene.unit(actor.unit)
    match actor.kind:
        case ActorKind.CASCADE:
            return _("sổ theo dõi của %(unit)s", unit=scene.unit(actor.unit))
        case ActorKind.TIMER | ActorKind.POSTMAN:
            return _("hệ thống")
        case ActorKind.READER:
            return _("người tra cứu")
        case ActorKind.OPERATOR:
            return _("người quản trị")
        case _:
            return _("người không xác định")


def how(actor: Actor) -> str:
    """How it is known who acted, as the end of a sentence; empty for what the program did by itself."""
    return _how(spoken(), actor.identified, actor.name, actor.holder)


@lru_cache(maxsize=512)
def _how(_language: Language, identified: Identified, name: str, holder: str) -> str:
    """The same for the few people who appear in a story (a twentieth of the time of a timeline)."""
    match identified:
        case Identified.LINK:
            return _(", qua đường liên kết của %(name)s", name=name or role(holder))
        case Identified.SIGN_IN:
            return _(", đăng nhập bằng địa chỉ %(name)s", name=name) if name else _(", đã đăng nhập")
        case Identified.COMMAND_LINE:
            return _(", bằng dòng lệnh (người dùng %(name)s)", name=name or "?")
        case _:
            return _(", người thực hiện: %(name)s", name=name) if name else ""


def role(holder: str) -> str:
    """A holder of a link: a contact of the registry by its role, or somebody who was named."""
    return _(ROLES.get(holder, _NAMED))
