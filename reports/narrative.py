"""Sections I and II: what was assigned and received, and what came of it."""

from collections import Counter

from models.obligation import DONE, State
from models.summary import Attendance, Summary, Tally
from reports import results
from reports.citation import short
from reports.draft import Block, headed, paragraphs
from reports.plain import listed, lower_first, number, percent, share
from rules.words import LEVELS

_OUTSIDE = frozenset({State.DORMANT, State.NOT_APPLICABLE})


def assignment(summary: Summary) -> list[Block]:
    """How many requirements went to how many units, and who confirmed to have received them."""
    tally, levels = summary.overall, summary.levels
    if not tally.obligations:
        return []
    units = sum(level.units for level in levels)
    each = listed([f"{number(level.units)} đơn vị {LEVELS[level.level].lower()}" for level in levels])
    head = summary.head
    whom = f"{number(units)} đơn vị ({each})" if len(levels) > 1 else each
    outside = [
        f"{number(count)} nhiệm vụ {words}"
        for count, words in (
            (tally.not_applicable, "không áp dụng đối với đơn vị được giao"),
            (tally.dormant, "chưa phát sinh do chưa đến điều kiện thực hiện"),
        )
        if count
    ]
    rest = f"còn lại {number(tally.applicable)} nhiệm vụ phải thực hiện"
    received = len({line.unit for line in summary.lines if line.acknowledged_at and line.state not in _OUTSIDE})
    return headed(
        1,
        "Tình hình giao và tiếp nhận nhiệm vụ",
        paragraphs(
            f"{short(head.document, head.type)} giao {number(len(summary.requirements))} nội dung công việc cho "
            f"{whom}, tương ứng với {number(tally.obligations)} nhiệm vụ; mỗi nhiệm vụ là một nội dung giao cho một "
            "đơn vị.",
            f"Trong đó có {listed(outside)}; {rest}." if outside else "",
            f"Đã có {share(received, summary.units, 'đơn vị')} xác nhận tiếp nhận nhiệm vụ." if received else "",
        ),
    )


def outcome(summary: Summary) -> list[Block]:
    """General results, then by requirement, then by level and unit."""
    if not summary.overall.applicable:
        return []
    return headed(1, "Kết quả thực hiện", [*_general(summary), *_by_requirement(summary), *_by_unit(summary)])


def _general(summary: Summary) -> list[Block]:
    satisfied = summary.by_state.get(State.SATISFIED, 0)
    texts = paragraphs(
        f"Có {share(summary.answered_units, summary.units, 'đơn vị')} đã nộp kết quả.",
        _what_fell_due(summary.overall),
        _what_did_not(summary),
        f"Trong số nhiệm vụ đã hoàn thành, có {number(satisfied)} nhiệm vụ được ghi nhận bằng văn bản do đơn vị ban "
        "hành từ trước."
        if satisfied
        else "",
    )
    return headed(2, "Kết quả chung", [*texts, results.matrix(summary)])


def _what_fell_due(tally: Tally) -> str:
    whole = tally.fell_due
    if not whole:
        return "Đến thời điểm báo cáo, chưa có nhiệm vụ nào đến hạn nên chưa tính tỷ lệ hoàn thành đúng hạn."
    parts = [
        f"{words} {share(count, whole, 'nhiệm vụ')}"
        for words, count in (
            ("hoàn thành đúng hạn", tally.on_time),
            ("hoàn thành quá hạn", tally.late),
            ("đã nộp, chờ xác nhận", tally.waiting),
            ("quá hạn chưa hoàn thành", tally.not_done),
        )
        if count
    ]
    return (
        f"Trong {number(tally.applicable)} nhiệm vụ phải thực hiện, có {number(whole)} nhiệm vụ đến hạn (gồm nhiệm vụ "
        f"đã hết thời hạn và nhiệm vụ có kết quả trước hạn): {'; '.join(parts)}."
    )


def _what_did_not(summary: Summary) -> str:
    tally = summary.overall
    parts = []
    if tally.not_yet_due:
        parts.append(f"{number(tally.not_yet_due)} nhiệm vụ đang thực hiện, chưa đến hạn")
    undated = tally.done_no_deadline + tally.open_no_deadline
    if undated:
        still = "chưa hoàn thành" if summary.final else "đang thực hiện"
        split = [
            f"{words} {share(count, undated, 'nhiệm vụ')}"
            for words, count in (("đã hoàn thành", tally.done_no_deadline), (still, tally.open_no_deadline))
            if count
        ]
        parts.append(f"{number(undated)} nhiệm vụ không thời hạn, trong đó {', '.join(split)}")
    return f"Ngoài ra có {listed(parts)}." if parts else ""


def _by_requirement(summary: Summary) -> list[Block]:
    note = (
        "Tỷ lệ đúng hạn là số nhiệm vụ hoàn thành đúng hạn chia cho số nhiệm vụ đến hạn; nhiệm vụ không áp dụng, "
        "chưa phát sinh hoặc không thời hạn không tính vào mẫu số."
    )
    body = [
        *paragraphs(note),
        *results.by_requirement(summary),
        *paragraphs(*_choices(summary), *attendance(summary.attendance)),
    ]
    return headed(2, "Kết quả theo từng nội dung", body)


def _choices(summary: Summary) -> list[str]:
    """Which of the alternative forms units chose, of what is done (DOMAIN section 9, seed 2, behaviour 5)."""
    texts = []
    for item in summary.requirements:
        lines = [line for line in summary.lines if line.requirement == item.key and line.state in DONE]
        chosen = Counter(line.choices[line.choice] for line in lines if line.choice in line.choices)
        if chosen:
            forms = "; ".join(f"{lower_first(form)}: {number(count)} đơn vị" for form, count in chosen.most_common())
            label = f"nội dung {item.ref}" if item.ref else f"nội dung “{item.title}”"
            texts.append(f"Về hình thức thực hiện {label}: {forms}.")
    return texts


def attendance(figures: Attendance) -> list[str]:
    """Sums with the split by sex, and what is missing of it: a total without the split enters no sex figures."""
    if not figures.events:
        return []
    split = figures.men + figures.women
    sexes = (
        f", trong đó nam {number(figures.men)} lượt người ({percent(figures.men, split)}), nữ {number(figures.women)} "
        f"lượt người ({percent(figures.women, split)})"
    )
    base = f" tính trên {number(split)} lượt người có số liệu tách biệt giới" if figures.without_split else ""
    texts = [
        f"Đã tổ chức {number(figures.events)} hoạt động có số liệu người tham gia, với {number(figures.total)} lượt "
        f"người{sexes + base if split else ''}."
    ]
    if figures.without_split:
        texts.append(
            f"Có {share(figures.without_split, figures.events, 'hoạt động')} chỉ báo cáo tổng số người tham gia, chưa "
            "tách nam, nữ; vì vậy số liệu tách biệt giới chưa đầy đủ."
        )
    return texts


def _by_unit(summary: Summary) -> list[Block]:
    return headed(2, "Kết quả theo cấp và theo đơn vị", [*results.by_level(summary), *results.by_unit(summary)])
