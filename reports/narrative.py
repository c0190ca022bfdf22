"""Sections I and II: what was assigned and received, and what came of it."""

from collections import Counter

from models.obligation import DONE, NOT_ASKED, State
from models.summary import Lag, Summary
from models.tally import Tally
from reports import findings, results
from reports.branches import branches
from reports.citation import directive
from reports.consultations import consultations, proposals
from reports.coordination import coordination
from reports.debts import named
from reports.draft import Block, headed, paragraphs
from reports.excerpts import excerpts
from reports.former import former
from reports.gatherings import gatherings
from reports.history import comparison, rates
from reports.indicators import indicators
from reports.obstacles import obstacles
from reports.pictures import picture
from reports.plain import listed, lower_first, number, share
from reports.ranking import ranking
from reports.recommendations import recommendations
from reports.selections import selections
from rules.figures import figure
from rules.rollup_former import went_on
from rules.words import LEVELS


def assignment(summary: Summary) -> list[Block]:
    """How many requirements went to how many units, and who confirmed to have received them."""
    tally, levels = summary.overall, summary.levels
    if not tally.obligations:
        nothing = f"Đến thời điểm báo cáo, chưa có nhiệm vụ nào được giao theo {directive(summary.head)}."
        return headed(1, "Tình hình giao và tiếp nhận nhiệm vụ", paragraphs(nothing))
    units = sum(level.units for level in levels)
    present = [f"{number(level.units)} đơn vị {LEVELS[level.level].lower()}" for level in levels if level.units]
    contents = len({item.series for item in summary.requirements})
    whom = [f"{number(units)} đơn vị ({listed(present)})"] if len(present) > 1 else present
    if before := sum(unit.tally.obligations > 0 for unit in summary.former_units):
        whom = [*whom, f"{number(before)} đơn vị trước sắp xếp"]
    moved = sum(map(went_on, summary.lines))
    outside = [
        f"{number(count)} nhiệm vụ {words}"
        for count, words in (
            (tally.not_applicable, "không áp dụng đối với đơn vị được giao"),
            (tally.dormant, "chưa phát sinh do chưa đến điều kiện thực hiện"),
            (tally.waived, "được miễn thực hiện"),
            (tally.withdrawn, "được rút"),
        )
        if count
    ]
    rest = f"còn lại {number(tally.applicable)} nhiệm vụ phải thực hiện"
    told = {line.unit for line in summary.lines if line.acknowledged_at and line.state not in NOT_ASKED}
    received = len(told - {unit.code for unit in summary.former_units})
    return headed(
        1,
        "Tình hình giao và tiếp nhận nhiệm vụ",
        paragraphs(
            f"{_scope(summary)}{directive(summary.head)} giao {number(contents)} nội dung công việc cho {listed(whom)}"
            f", tương ứng với {number(tally.obligations)} nhiệm vụ; mỗi nhiệm vụ là một nội dung giao cho một đơn vị.",
            f"Trong đó có {listed(outside)}; {rest}." if outside else "",
            f"Có {number(moved)} nhiệm vụ được chuyển cho đơn vị khác do sắp xếp tổ chức hoặc phân công lại, được tính "
            "tại đơn vị tiếp nhận."
            if moved
            else "",
            f"Đã có {share(received, summary.units, 'đơn vị')} xác nhận tiếp nhận nhiệm vụ." if received else "",
            f"Về thời gian triển khai: {'; '.join(map(_lag, summary.lineage))}." if summary.lineage else "",
        ),
    )


def _scope(summary: Summary) -> str:
    """A branch tells of itself and what is below it alone."""
    return f"Trong phạm vi theo dõi của {summary.issuer.name}, " if summary.above else ""


def _lag(lag: Lag) -> str:
    """How long the order was on its way between two levels."""
    calendar, working = figure(lag.calendar_days), figure(lag.working_days)
    if lag.documents == 1:
        return f"từ {lag.above} đến {lag.below} là {calendar} ngày ({working} ngày làm việc)"
    return (
        f"từ {lag.above} đến {lag.below} có trung vị {calendar} ngày ({working} ngày làm việc) của "
        f"{number(lag.documents)} văn bản, lâu nhất {number(lag.longest)} ngày"
    )


def outcome(summary: Summary) -> list[Block]:
    """General results, by requirement, by level and unit; units before; what single kinds of requirement brought."""
    tallied = (_general, comparison, rates, _by_requirement, _by_unit, ranking) if summary.overall.applicable else ()
    further = (
        former, gatherings, excerpts, indicators, consultations, proposals, selections, recommendations, obstacles,
        coordination,
    )  # fmt: skip
    return headed(1, "Kết quả thực hiện", [block for section in (*tallied, *further) for block in section(summary)])


def _general(summary: Summary) -> list[Block]:
    texts = paragraphs(
        _coverage(summary),
        _missing(summary),
        _what_fell_due(summary.overall),
        _what_did_not(summary),
        *_satisfied(summary),
    )
    return headed(2, "Kết quả chung", [*texts, results.matrix(summary), *picture(summary, "progress")])


def _coverage(summary: Summary) -> str:
    if not summary.units:  # all of them have ended
        return ""
    if not summary.answered_units:
        return f"Chưa có đơn vị nào trong {number(summary.units)} đơn vị nộp kết quả."
    return f"Có {share(summary.answered_units, summary.units, 'đơn vị')} đã nộp kết quả."


def _missing(summary: Summary) -> str:
    """Who is missing while there is still time, by name; those with something overdue stand in section IV."""
    behind = {line.unit for line in findings.overdue(summary)}
    quiet = {line.unit: line.unit_name for line in findings.silent(summary) if line.unit not in behind}
    if summary.final or not quiet:
        return ""
    units = f"{number(len(quiet))} đơn vị"
    return f"Chưa nộp kết quả và chưa có nhiệm vụ nào quá hạn: {units}, gồm {named(quiet.values())}."


def _satisfied(summary: Summary) -> list[str]:
    """What is done by something else than an answer to this directive; each obligation in one of the three."""
    done = [line for line in summary.lines if line.state in DONE]
    taken = [line for line in done if line.taken_from]
    shared = [line for line in done if line.shared_from and not line.taken_from]
    existing = [line for line in done if line.state is State.SATISFIED and not line.taken_from and not line.shared_from]
    earlier = listed(list(dict.fromkeys(line.taken_from for line in taken)))
    return [
        f"Trong số nhiệm vụ đã hoàn thành, có {number(len(lines))} nhiệm vụ {words}."
        for lines, words in (
            (existing, "được ghi nhận bằng văn bản do đơn vị ban hành từ trước"),
            (shared, "được ghi nhận bằng sự kiện do đơn vị đồng tổ chức báo cáo"),
            (taken, f"được kế thừa kết quả đã nộp khi thực hiện {earlier}"),
        )
        if lines
    ]


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
            ("đã quá hạn khi được tạm dừng", tally.stopped_late),
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
    if tally.suspended > tally.stopped_late:
        still = "tạm dừng đến khi kết thúc theo dõi" if summary.final else "đang tạm dừng"
        count = number(tally.suspended - tally.stopped_late)
        parts.append(f"{count} nhiệm vụ {still}, chưa đến hạn hoặc không thời hạn")
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
        "được miễn, được rút, chưa phát sinh hoặc không thời hạn không tính vào mẫu số."
    )
    body = [
        *paragraphs(note),
        *results.by_requirement(summary),
        *results.by_occurrence(summary),
        *paragraphs(*_choices(summary), _several_recipients(summary)),
    ]
    return headed(2, "Kết quả theo từng nội dung", body)


def _several_recipients(summary: Summary) -> str:
    sent = summary.several_recipients
    if not sent.reports:
        return ""
    return (
        f"Có {number(sent.reports)} kết quả được gửi đồng thời đến nhiều nơi nhận; các nơi nhận đã xác nhận hoặc trả "
        f"lại {share(sent.decided, sent.receipts, 'lượt nhận')}."
    )


def _choices(summary: Summary) -> list[str]:
    """Which of the alternative forms units chose, of what is done (DOMAIN section 9, seed 2, behaviour 5)."""
    texts = []
    for lines in findings.by_series(line for line in summary.lines if line.state in DONE).values():
        chosen = Counter(line.choices[line.choice] for line in lines if line.choice in line.choices)
        if chosen:
            forms = "; ".join(f"{lower_first(form)}: {number(count)} đơn vị" for form, count in chosen.most_common())
            label = f"nội dung {lines[0].ref}" if lines[0].ref else f"nội dung “{lines[0].title}”"
            texts.append(f"Về hình thức thực hiện {label}: {forms}.")
    return texts


def _by_unit(summary: Summary) -> list[Block]:
    body = (
        *results.by_level(summary),
        *picture(summary, "levels"),
        *branches(summary),
        *results.by_unit(summary),
        *picture(summary, "heat"),
    )
    return headed(2, "Kết quả theo cấp và theo đơn vị", body)
