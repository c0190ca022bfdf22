"""Papers on demand: a receipt as a PDF, a letter to sign, the report that was issued, and none for others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import col, select

from models.event import Event
from models.plan import PlannedReport
from models.tables import EventRow
from rules.fold import empty, fold
from rules.ledger import decide, note_summary, open_register
from services.papers import Papers
from store.engine import reading
from store.papers import PaperData
from store.recorder import Recorder
from store.summaries import load_summary
from tests import small
from tests.store.test_papers import LATE, chased, held
from texts.language import Language, speaking

PLAN = f"plan@{small.HIGH}"
DIRECTIVE = small.plan().head.directive_id


@pytest.fixture
def answered(sqlite: Engine) -> Engine:
    """The first register with one plan handed in."""
    small.store(sqlite)
    book = small.slice_of(small.TOP)
    opened = open_register(book, small.STARTS)
    handed = decide(book, opened.state, small.submit(PLAN, small.STARTS + timedelta(days=1)))
    Recorder(sqlite, small.MAIL_HOURS).record(small.cascade(small.TOP), opened.events + handed.events)
    return sqlite


@pytest.fixture
def closed(answered: Engine) -> Engine:
    Recorder(answered, small.MAIL_HOURS).close_directive(DIRECTIVE)
    return answered


def made(engine: Engine, folder: Path) -> Papers:
    return Papers(PaperData(engine), partial(load_summary, engine), folder)


def test_a_receipt_is_a_pdf_with_a_name_that_tells_it(answered: Engine, tmp_path: Path) -> None:
    paper = made(answered, tmp_path).receipt(held(small.HIGH), PLAN)
    assert paper is not None
    assert (paper.name, paper.media_type) == ("bien-nhan-15-so-bdg-plan-lan-1.pdf", "application/pdf")
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper.content)).pages)
    assert small.PAPER.sha256 in text
    assert "12/KH-UBND" in text


def test_several_at_once_are_all_made(answered: Engine, tmp_path: Path) -> None:
    papers = made(answered, tmp_path)
    with ThreadPoolExecutor(4) as threads:
        papers_made = list(threads.map(lambda _: papers.receipt(held(small.HIGH), PLAN), range(4)))
    assert all(paper is not None and paper.content.startswith(b"%PDF-") for paper in papers_made)


def test_nobody_gets_the_receipt_of_another_unit(answered: Engine, tmp_path: Path) -> None:
    assert made(answered, tmp_path).receipt(held(small.LOW), PLAN) is None


def test_a_letter_that_chases_is_a_word_document_for_the_keeper(sqlite: Engine, tmp_path: Path) -> None:
    small.store(sqlite)
    paper = made(chased(sqlite, LATE), tmp_path).letter(held(small.TOP), small.HIGH)
    assert paper is not None
    assert paper.name == "cong-van-don-doc-15-so-bdg-phong-huyen-cao.docx"
    assert any("đôn đốc" in cell.text for table in Document(BytesIO(paper.content)).tables for cell in table._cells)
    assert made(sqlite, tmp_path).letter(held(small.LOW), small.HIGH) is None


def test_papers_are_vietnamese_whoever_reads_the_page(sqlite: Engine, tmp_path: Path) -> None:
    small.store(sqlite)
    papers = made(chased(sqlite, LATE), tmp_path)
    with speaking(Language.ENGLISH):
        paper = papers.letter(held(small.TOP), small.HIGH)
    assert paper is not None
    cells = [cell.text for table in Document(BytesIO(paper.content)).tables for cell in table._cells]
    assert any("quá hạn 4 ngày làm việc" in cell for cell in cells)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
def test_the_report_is_the_file_that_was_issued(closed: Engine, tmp_path: Path, form: str) -> None:
    (tmp_path / DIRECTIVE).mkdir()
    (tmp_path / DIRECTIVE / f"report.{form}").write_bytes(b"issued")
    paper = made(closed, tmp_path).report(held(small.TOP), form)
    assert paper is not None
    assert (paper.name, paper.content) == (f"bao-cao-tong-ket-15-so-bdg.{form}", b"issued")


def test_where_the_issued_file_is_elsewhere_it_is_made_anew(closed: Engine, tmp_path: Path) -> None:
    paper = made(closed, tmp_path).report(held(small.TOP), "html")
    assert paper is not None
    assert "15/SO-BĐG" in paper.content.decode()
    assert list(tmp_path.glob("**/report.*")) == []


@pytest.mark.parametrize("form", ["json", "exe", "../../x"])
def test_there_are_no_other_forms(closed: Engine, tmp_path: Path, form: str) -> None:
    assert made(closed, tmp_path).report(held(small.TOP), form) is None


def test_before_the_closing_there_is_no_report(answered: Engine, tmp_path: Path) -> None:
    assert made(answered, tmp_path).report(held(small.TOP), "html") is None


def test_a_report_issued_while_the_register_ran_is_for_who_keeps_it(answered: Engine, tmp_path: Path) -> None:
    register, closes = small.cascade(small.TOP), small.STARTS + timedelta(days=30)
    report = PlannedReport(key="2020-03", title="Sơ kết quý I", closes=closes, issue_at=closes)
    place = f"{small.TOP}/2020-03/report.docx"
    with reading(answered) as session:
        bodies = session.exec(select(EventRow.body).where(EventRow.cascade_id == register).order_by(col(EventRow.seq)))
        events = [Event.model_validate_json(body) for body in bodies]
    book = small.slice_of(small.TOP)
    noted = note_summary(book, fold(book, empty(book), events), closes, {place: "ab" * 32}, report)
    Recorder(answered, small.MAIL_HOURS).record(register, noted.events)
    (tmp_path / DIRECTIVE / place).parent.mkdir(parents=True)
    (tmp_path / DIRECTIVE / place).write_bytes(b"PK as issued")
    keeper, other, papers = held(small.TOP), held(small.HIGH), made(answered, tmp_path)
    found = papers.issued(keeper, "2020-03", "docx")
    assert found is not None
    assert (found.name, found.content) == ("so-ket-quy-i.docx", b"PK as issued")
    for link, key, form in ((keeper, "2020-04", "docx"), (keeper, "2020-03", "pdf"), (other, "2020-03", "docx")):
        assert papers.issued(link, key, form) is None
