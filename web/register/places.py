"""Where somebody is in a register: on its overview, or on the sheet of one unit or one requirement."""

from dataclasses import dataclass
from urllib.parse import urlencode

from models.pages import RegisterPage


@dataclass(frozen=True)
class Place:
    """At most one of the two is given; neither on the overview."""

    unit: str = ""
    requirement: str = ""

    def query(self, **more: str) -> str:
        """What follows the address of the register, with further parameters; empty where there is nothing to say."""
        said = {"unit": self.unit, "requirement": self.requirement} | more
        text = urlencode({name: value for name, value in said.items() if value})
        return f"?{text}" if text else ""

    def holds(self, unit: str, requirement: str) -> bool:
        """Whether what a unit owes of a requirement is shown here."""
        return self.unit in {"", unit} and self.requirement in {"", requirement}

    def known(self, page: RegisterPage) -> bool:
        """Whether the register has the unit or the requirement."""
        units, requirements = {line.unit for line in page.lines}, {line.requirement for line in page.lines}
        return self.unit in {"", *units} and self.requirement in {"", *requirements}


OVERVIEW = Place()


def place_of(unit: str, requirement: str) -> Place:
    """The place that an address or a form names; the unit's where it names both."""
    return Place(unit=unit) if unit else Place(requirement=requirement)
