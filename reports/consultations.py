"""What became of drafts that were out for comments, and of proposals (DOMAIN section 9, seed 0)."""

from models.obligation import Outcome
from models.summary import ConsultationTally, ProposalTally, Summary
from reports.debts import named
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import lower_first, number
from rules.words import OUTCOMES


def consultations(summary: Summary) -> list[Block]:
    """One row per draft; the units that have not answered are named."""
    drafts = summary.consultations
    head = (
        "Mục", "Nội dung lấy ý kiến", "Được lấy ý kiến", "Có ý kiến", "Không góp ý", "Chưa góp ý", "Tiếp thu",
        "Giải trình", "Chưa xử lý",
    )  # fmt: skip
    rows = [_row(place, draft) for place, draft in enumerate(drafts, 1)]
    intro = (
        f"Đã lấy ý kiến góp ý về {number(len(drafts))} nội dung. “Không góp ý” là đơn vị đã trả lời không có ý kiến; "
        "“chưa góp ý” là đơn vị chưa trả lời."
    )
    silent = (
        f"Chưa góp ý về nội dung “{draft.title}”: {named(draft.silent_units)}."
        for draft in drafts
        if draft.silent_units
    )
    table = listing("consultations", "Kết quả lấy ý kiến góp ý", head, rows)
    return headed(2, "Kết quả lấy ý kiến góp ý", [*paragraphs(intro), *table, *paragraphs(*silent)] if drafts else [])


def proposals(summary: Summary) -> list[Block]:
    """One sentence per requirement."""
    return headed(2, "Kết quả xử lý đề xuất", paragraphs(*(_decided(item) for item in summary.proposals)))


def _row(place: int, draft: ConsultationTally) -> tuple[str, ...]:
    counts = (
        draft.asked,
        draft.commented,
        draft.no_comment,
        draft.silent,
        draft.outcomes.get(Outcome.TAKEN_ON_BOARD, 0),
        draft.outcomes.get(Outcome.EXPLAINED, 0),
        draft.undecided,
    )
    return (draft.ref or str(place), draft.title, *map(number, counts))


def _decided(item: ProposalTally) -> str:
    counts = {OUTCOMES[outcome]: count for outcome, count in item.outcomes.items()} | {"Chưa xử lý": item.undecided}
    parts = "; ".join(f"{lower_first(words)}: {number(count)}" for words, count in counts.items() if count)
    return f"Về nội dung “{item.title}”, có {number(item.proposed)} đề xuất; {parts}."
