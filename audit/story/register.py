"""What a register is called, and what it asks: all that sentences about its events need of its plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.plan import CascadePlan, RequirementKind


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement: what it is called, with its period; its key in the file; what kind of answer it asks for."""

    title: str
    series: str
    kind: RequirementKind
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """A register as its events speak of it. `asked` are its requirements by key, `dues` the due instants with which it
    began, `triggers` the titles of documents that it waits for, `closing` the instant at which it ends; `called` is for
    `Scene.thing`, which says the same few obligations over and over (a twentieth of the time of a timeline)."""

    id: str
    number: str
    issuer: str
    issuer_name: str = ""
    asked: Mapping[str, Asked] = field(default_factory=dict)
    dues: Mapping[str, datetime | None] = field(default_factory=dict)
    triggers: Mapping[str, str] = field(default_factory=dict)
    closing: datetime | None = None
    called: dict[tuple[str, str | None, str], str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, plan: CascadePlan, first: CascadePlan | None = None) -> "Register":
        """The register of a plan in force; `first` is the one with which it began, where that is another."""
        return cls(
            id=plan.cascade_id,
            number=plan.number,
            issuer=plan.issuer,
            issuer_name=plan.issuer_name,
            asked={
                item.key: Asked(
                    _titled(item.title, item.period.label if item.period else ""),
                    item.series or item.key,
                    item.kind,
                    item.due,
                )
                for item in plan.requirements
            },
            dues={item.key: item.due for item in (first or plan).requirements},
            triggers=plan.triggers,
            closing=plan.closing,
        )

    def series_of(self, requirement: str) -> str:
        """The key that a requirement has in the directive's file."""
        found = self.asked.get(requirement)
        return found.series if found else requirement


def asked_of(requirements: Iterable[Mapping[str, Any]]) -> dict[str, Asked]:
    """Requirements of a plan as they are stored (JSON), by key."""
    return {
        item["key"]: Asked(
            _titled(item["title"], (item.get("period") or {}).get("label", "")),
            item.get("series") or item["key"],
            RequirementKind(item["kind"]),
            datetime.fromisoformat(item["due"]) if item.get("due") else None,
        )
        for item in requirements
    }


def _titled(title: str, period: str) -> str:
    return title if not period or period.lower() in title.lower() else f"{title} – {period}"
