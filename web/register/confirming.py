"""What a page confirms after something was done, as far as the register bears it out; and how things stand now."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from models.obligation import OWING, State
from models.pages import RegisterPage
from models.register import ObligationLine
from models.request import RequestStatus
from rules.chasing import chased_today
from rules.standing import decides, has_accepted, state_words, title
from rules.words import moment
from texts.language import gettext as _
from texts.language import mark, ngettext
from web.banner import Banner, Tone
from web.recommendations import handled

_DECIDED = {
    State.ACCEPTED: mark("Đã xác nhận hoàn thành"),
    State.SATISFIED: mark("Đã xác nhận hoàn thành"),
    State.RETURNED: mark("Đã trả lại để bổ sung"),
}


def confirmation(page: RegisterPage, query: Mapping[str, str], at: datetime) -> Banner | None:
    """The banner for the address that `Desk.confirmed` leads to; none where nothing is confirmed."""
    number = recorded(query)
    if not number:
        return None
    done, left = query.get("d", "").split(","), query.get("c", "").split(",")
    if requirement := query.get("a"):
        return _accepted_together(page, requirement, done, left, number)
    if "x" in query:
        return _chased(page, done, left, number, at)
    return (
        _decided(page, query.get("o", ""), number)
        or _answered(page, query.get("q", ""), number)
        or _appointed(page, query.get("h", ""), f"h{int(query['r'])}", number)
        or _registered(page, query.get("t", ""), number)
        or handled(page, query["r"], query.get("k", ""))
    )


def recorded(query: Mapping[str, str]) -> str:
    """The number in the register that an address names, in words; empty where it names none."""
    number = query.get("r", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    return _("Số ghi sổ: %(number)s.", number=int(number))


def named(units: Iterable[str]) -> str:
    """Codes of units as an address holds them."""
    return ",".join(units)


def accepted(line: ObligationLine | None, reviewer: str, submission: int) -> bool:
    """Whether a recipient has accepted this submission of an obligation."""
    return line is not None and line.submissions == submission and has_accepted(line, reviewer)


def as_it_stands(line: ObligationLine) -> str:
    """One obligation now, for a reader whose page was out of date."""
    said = {"unit": line.unit_name, "title": title(line), "state": state_words(line).lower()}
    if line.submitted_at is None:
        return _("%(unit)s – %(title)s: %(state)s.", **said)
    return _(
        "%(unit)s – %(title)s: %(state)s, nộp lần %(n)s lúc %(moment)s.",
        **said,
        n=line.submissions,
        moment=moment(line.submitted_at),
    )


def request_as_it_stands(page: RegisterPage, key: str) -> str:
    """One request now, with its answer; where it waits no more because of the obligation, how that stands."""
    asked = next((item for item in page.requests if item.id == key), None)
    line = next((line for line in page.lines if asked and line.key == asked.obligation), None)
    if asked is None or line is None:
        return ""
    said = {"unit": line.unit_name, "title": title(line)}
    if asked.answered_at is None:
        return as_it_stands(line)
    said["moment"] = moment(asked.answered_at)
    if asked.status is RequestStatus.GRANTED:
        return _("%(unit)s – %(title)s: đề nghị đã được đồng ý lúc %(moment)s.", **said)
    said["words"] = asked.words
    return _("%(unit)s – %(title)s: đề nghị không được đồng ý lúc %(moment)s: “%(words)s”.", **said)


def chased_as_it_stands(page: RegisterPage, unit: str, at: datetime) -> str:
    """A unit that was not chased: that it was today already, or owes nothing of it any more."""
    lines = [line for line in page.lines if line.unit == unit]
    if not lines:
        return ""
    name = lines[0].unit_name
    today = [line.chased_at for line in lines if line.chased_at is not None and chased_today(line, at)]
    if today:
        return _("%(unit)s: hôm nay đã đôn đốc lúc %(moment)s.", unit=name, moment=moment(max(today)))
    if not any(line.state in OWING for line in lines):
        return _("%(unit)s: không còn nhiệm vụ nào phải thực hiện.", unit=name)
    return _("%(unit)s: tình trạng đã thay đổi.", unit=name)


def _accepted_together(
    page: RegisterPage, requirement: str, done: list[str], left: list[str], recorded: str
) -> Banner | None:
    lines = {line.unit: line for line in page.lines if line.requirement == requirement}
    reviewer = page.reviewer.code
    sure = [lines[unit] for unit in done if unit in lines and accepted(lines[unit], reviewer, lines[unit].submissions)]
    if not sure:
        return None
    count = ngettext("Đã xác nhận hoàn thành %(num)s kết quả", "Đã xác nhận hoàn thành %(num)s kết quả", len(sure))
    text = f"{title(sure[0])}. {recorded}"
    changed = [as_it_stands(lines[unit]) for unit in left if unit in lines]
    if changed:
        text += " " + _(
            "Không xác nhận những kết quả đã thay đổi sau khi trang này được mở: %(lines)s", lines=" ".join(changed)
        )
    return Banner(Tone.DONE, count, text)


def _chased(page: RegisterPage, done: list[str], left: list[str], recorded: str, at: datetime) -> Banner | None:
    names = {line.unit: line.unit_name for line in page.lines if line.chased_at is not None}
    sure = [names[unit] for unit in done if unit in names]
    others = " ".join(filter(None, (chased_as_it_stands(page, unit, at) for unit in left)))
    if sure:
        count = ngettext("Đã đôn đốc %(num)s đơn vị", "Đã đôn đốc %(num)s đơn vị", len(sure))
        text = " ".join(filter(None, (f"{'; '.join(sure)}.", recorded, others)))
        return Banner(Tone.DONE, count, text)
    return Banner(Tone.DONE, _("Không đôn đốc thêm"), others) if others else None


def _decided(page: RegisterPage, obligation: str, recorded: str) -> Banner | None:
    line = next((line for line in page.lines if line.key == obligation), None)
    if line is None or decides(line, page.reviewer.code):
        return None
    decided = mark("Đã xác nhận") if page.reviewer.code in line.endorsed else _DECIDED.get(line.state)
    return Banner(Tone.DONE, _(decided), f"{line.unit_name}: {title(line)}. {recorded}") if decided else None


def _answered(page: RegisterPage, request: str, recorded: str) -> Banner | None:
    asked = next((item for item in page.requests if item.id == request), None)
    if asked is None or asked.status is RequestStatus.ASKED:
        return None
    granted = asked.status is RequestStatus.GRANTED
    said = _("Đã đồng ý đề nghị") if granted else _("Đã trả lời không đồng ý đề nghị")
    return Banner(Tone.DONE, said, f"{request_as_it_stands(page, request)} {recorded}")


def _appointed(page: RegisterPage, unit: str, holder: str, recorded: str) -> Banner | None:
    found = next((item for item in page.holders if item.unit == unit and item.id == holder), None)
    if found is None:
        return None
    text = _("%(name)s (%(email)s) sẽ nhận được thư kèm đường dẫn của đơn vị.", name=found.name, email=found.email)
    return Banner(Tone.DONE, _("Đã cử người phụ trách"), f"{text} {recorded}")


def _registered(page: RegisterPage, trigger: str, recorded: str) -> Banner | None:
    arrived = trigger and trigger not in page.waiting_triggers
    return Banner(Tone.DONE, _("Đã đăng ký văn bản đến"), recorded) if arrived else None
