"""An organisation that owes, reviews or issues."""

from datetime import date
from enum import StrEnum

from models.base import Wire


class Level(StrEnum):
    """Levels of government; districts exist only before 01/7/2025 (DOMAIN section 5)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Role(StrEnum):
    """Who in a unit a mail is for."""

    FOCAL = "focal"
    HEAD = "head"


class Unit(Wire):
    """One organisation in the registry.

    `line` is its line of authority (UBND, LĐTBXH, Hội LHPN …). `superior` is the unit above in its first line,
    `also_under` are those above it in others: a Phòng LĐTBXH stands under its UBND huyện and under the Sở. `region` is
    the key of the region its province lies in. `parent_body` is what stands above the unit's name on paper (cơ quan chủ
    quản); `symbol` is its abbreviation in document numbers.
    """

    code: str
    name: str
    short_name: str
    level: Level
    line: str
    territory: str
    superior: str | None = None
    also_under: tuple[str, ...] = ()
    region: str = ""
    parent_body: str = ""
    symbol: str = ""
    place: str = ""
    head_title: str = ""
    tags: tuple[str, ...] = ()
    focal_email: str | None = None
    head_email: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def superiors(self) -> tuple[str, ...]:
        """All units above, that of the first line of authority first."""
        return ((self.superior,) if self.superior else ()) + self.also_under

    def valid_on(self, day: date) -> bool:
        """Whether the unit exists on a day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def email(self, role: Role) -> str | None:
        """Where mail for a role goes; the head's mail goes to the focal point where no head is registered."""
        return self.focal_email if role is Role.FOCAL else self.head_email or self.focal_email
