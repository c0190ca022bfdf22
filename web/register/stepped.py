"""What a sheet confirms after somebody stepped in, as far as the register bears it out."""

from collections.abc import Mapping

from models.obligation import DONE, RELEASED, State
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.standing import title
from rules.ways import RELEASES, Way
from rules.words import due_day
from texts.language import gettext as _
from texts.language import ngettext
from web.banner import Banner, Tone
from web.forms.stepping_in import way_of
from web.register.confirming import as_it_stands, recorded
from web.register.places import Place
from web.register.way_words import SAID

_MOST = 5
"""How many obligations a confirmation names."""


def stepped(page: RegisterPage, place: Place, query: Mapping[str, str]) -> Banner | None:
    """The banner for the address that leads back after somebody stepped in; none where nothing is confirmed."""
    number, way = recorded(query), way_of(query.get("w", ""))
    if not number or way is None:
        return None
    lines = {shown_by(place, line): line for line in page.lines if place.holds(line.unit, line.requirement)}
    done, left = ([lines[key] for key in query.get(part, "").split(",") if key in lines] for part in ("d", "c"))
    sure = [line for line in done if borne_out(way, line)]
    if not sure:
        return None
    head = f"{SAID[way].here().done}: {ngettext('%(num)s nhiệm vụ', '%(num)s nhiệm vụ', len(sure))}"
    text = "; ".join(_with_result(page, place, way, line) for line in sure[:_MOST])
    if sure[_MOST:]:
        more = ngettext("và %(num)s nhiệm vụ khác", "và %(num)s nhiệm vụ khác", len(sure[_MOST:]))
        text = f"{text} {more}"
    parts = [f"{text}.", number]
    if left:
        parts.append(_("Không thay đổi: %(lines)s", lines=" ".join(as_it_stands(line) for line in left)))
    return Banner(Tone.DONE, head, " ".join(parts))


def borne_out(way: Way, line: ObligationLine) -> bool:
    """Whether a line is as a way leaves it."""
    match way:
        case Way.SET_DUE:
            as_left = line.due is not None
        case Way.ACCEPT_PAPER:
            as_left = line.state in DONE
        case Way.REASSIGN:
            as_left = bool(line.moved_to)
        case Way.SUSPEND:
            as_left = line.state is State.SUSPENDED
        case Way.RESUME:
            as_left = line.state is not State.SUSPENDED
        case Way.REINSTATE:
            as_left = line.state not in RELEASED | DONE
        case _:
            as_left = line.state is State(RELEASES[way])
    return as_left and bool(line.reason)


def shown_by(place: Place, line: ObligationLine) -> str:
    """What tells a line from the others of a sheet, as an address has it."""
    return line.requirement if place.unit else line.unit


def short_name(place: Place, line: ObligationLine) -> str:
    """The same for people."""
    return title(line) if place.unit else line.unit_name


def _with_result(page: RegisterPage, place: Place, way: Way, line: ObligationLine) -> str:
    name = short_name(place, line)
    if way is Way.SET_DUE:
        return _("%(name)s (hạn %(day)s)", name=name, day=due_day(line.due))
    if way is Way.REASSIGN:
        units = ", ".join(page.names.get(code, code) for code in line.moved_to)
        return _("%(name)s (chuyển cho %(units)s)", name=name, units=units)
    return name
