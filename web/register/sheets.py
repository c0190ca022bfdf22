"""What each page of a register shows: the overview, the sheet of a unit, the sheet of a requirement (pure)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.holder import Holder
from models.pages import RegisterPage
from models.request import Request
from web.banner import Banner
from web.drafts import Draft
from web.figures import COLUMNS, figures
from web.forms import selection
from web.forms.appointing import ARRANGEMENTS, arrangements
from web.forms.asking import KINDS
from web.forms.deciding import outcome_choices
from web.forms.stepping_in import CHOOSING, STEPPING
from web.heat import heat_table
from web.recommendations import Group, by_group, unit_names
from web.register import behind
from web.register.ending_words import how_ended
from web.register.places import Place
from web.register.progress import PARTS, by_requirement, of_requirement, of_unit
from web.register.stepping import ALL, choice, step
from web.register.waiting import FEW, alike, decisions, item_value, undecided, waits
from web.uploads import ACCEPT

CHASE_FORMS = ("silent", "unacknowledged", "overdue", "unit", "requirement")
"""Where forms to chase with stand: three lists of the overview, and the two sheets."""

REPORT_FORMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "html": "HTML"}


def sheet(
    page: RegisterPage, place: Place, drafts: Mapping[str, Draft], at: datetime, banner: Banner | None
) -> tuple[str, dict[str, Any]]:
    """The template of a place and what it is filled with. `drafts` are posted forms by name."""
    groups = by_group(page, drafts, at)
    shown: dict[str, Any] = {
        "page": page,
        "place": place,
        "at": at,
        "own": page.reviewer.code == page.issuer.code,
        "names": unit_names(page),
        "parts": PARTS,
        "request_kinds": KINDS,
        "queue": decisions(page, place, groups, drafts, at),
        "few": FEW,
        "alike": () if page.closed else alike(page, place, drafts),
        "item_value": item_value,
        "outcome_choices": outcome_choices,
        "all": ALL,
        "choice": choice(page, place, drafts.get(CHOOSING) or Draft()),
        "chasing": {name: drafts.get(chase_form(name)) or Draft() for name in CHASE_FORMS},
    }
    if STEPPING in drafts:
        return "register_step.html", shown | _step(page, place, drafts[STEPPING])
    if place.unit:
        return "register_unit.html", shown | _unit(page, place.unit, drafts, at)
    if place.requirement:
        return "register_requirement.html", shown | _requirement(page, place.requirement, at)
    return "register.html", shown | _overview(page, groups, drafts, at, banner)


def chase_form(name: str) -> str:
    """The name of a form to chase with, and the beginning of its fields' ids."""
    return f"chase-{name}"


def appointing_form(unit: str) -> str:
    """The name of the form that names somebody for a unit."""
    return f"appoint-{unit}"


def _overview(
    page: RegisterPage, groups: tuple[Group, ...], drafts: Mapping[str, Draft], at: datetime, banner: Banner | None
) -> dict[str, Any]:
    final = page.closed and page.reviewer.code == page.head.issuer
    return {
        "reports": REPORT_FORMS if final else {},
        "forms": REPORT_FORMS,
        "recommendations": groups,
        "about": banner.about if banner else "",
        "above": {item.asked.id for group in groups for item in group.items if waits(page, item)},
        "undecided": undecided(page),
        "figures": figures(page.lines),
        "columns": tuple(COLUMNS),
        "unreachable": behind.unreachable(page, at),
        "silent": behind.silent(page, at),
        "unacknowledged": behind.unacknowledged(page, at),
        "overdue": behind.overdue(page, at),
        "groups": by_requirement(page.lines),
        "heat": heat_table(page.lines),
        "documents": _documents(page, drafts),
        "escalated": page.escalated,
        "how_ended": how_ended(page),
    }


def _unit(page: RegisterPage, unit: str, drafts: Mapping[str, Draft], at: datetime) -> dict[str, Any]:
    lines = of_unit(page, unit)
    form = appointing_form(unit)
    return {
        "unit": unit,
        "unit_name": lines[0].unit_name,
        "lines": lines,
        "titles": {line.key: line for line in lines},
        "requests": _requests(page, unit),
        "holders": _holders(page, unit),
        "owes": behind.of_unit(page, unit, at),
        "appointing": drafts.get(form) or Draft(),
        "appointing_form": form,
        "arrangements": arrangements(),
        "arranged": ARRANGEMENTS,
    }


def _requirement(page: RegisterPage, requirement: str, at: datetime) -> dict[str, Any]:
    return {"group": of_requirement(page, requirement), "owing": behind.of_requirement(page, requirement, at)}


def _step(page: RegisterPage, place: Place, draft: Draft) -> dict[str, Any]:
    lines = [line for line in page.lines if place.holds(line.unit, line.requirement)]
    return {
        "step": step(page, place, draft),
        "unit_name": lines[0].unit_name if place.unit else "",
        "first": lines[0],
        "form": STEPPING,
        "forms": {"selection": selection},
        "accept": ACCEPT,
    }


def _requests(page: RegisterPage, unit: str) -> tuple[Request, ...]:
    """The requests of a unit, the latest first."""
    found = (item for item in page.requests if item.unit == unit)
    return tuple(sorted(found, key=lambda item: item.asked_at, reverse=True))


def _holders(page: RegisterPage, unit: str) -> tuple[Holder, ...]:
    return tuple(holder for holder in page.holders if holder.unit == unit)


def _documents(page: RegisterPage, drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """A form for every document that is waited for."""
    return {
        trigger: drafts.get(trigger) or Draft(values={"title": title})
        for trigger, title in page.waiting_triggers.items()
    }
