from datetime import UTC, date, datetime

import pytest

from models.answer import Answer
from models.catalogue import KnownDocument
from models.document import FileRef, Purpose, Recipient
from models.obligation import State
from models.plan import Earlier, Effect
from rules.compiling.desk import EarlierDirective, References
from tests.rules.files import NUMBER, asked, compiled, duties, errors, file, plan_of, said, warnings

NO_NUMBER = "type: Kết luận hội nghị"
LAST_YEAR = EarlierDirective(
    directive_id="p.2019.sldtbxh-bdg.40",
    label="40/SLĐTBXH-BĐG",
    requirements=frozenset({"year-plan", "report"}),
    answers={
        ("year-plan", "d1"): Earlier(
            number="40/SLĐTBXH-BĐG",
            state=State.ACCEPTED,
            answer=Answer(note="đã ban hành"),
            submitted_at=datetime(2019, 5, 6, tzinfo=UTC),
        ),
        ("report", "d1"): Earlier(
            number="40/SLĐTBXH-BĐG",
            state=State.SUBMITTED,
            answer=Answer(note="báo cáo"),
            submitted_at=datetime(2019, 6, 6, tzinfo=UTC),
        ),
    },
)
STARTED = References(earlier={LAST_YEAR.directive_id: LAST_YEAR}.get)
KNOWN = References(
    documents=(
        KnownDocument(
            number="1696/QĐ-TTg",
            issuer="Thủ tướng Chính phủ",
            title="Chương trình hành động",
            date=date(2015, 10, 2),
            programme="Chương trình hành động quốc gia về bình đẳng giới giai đoạn 2016 - 2020",
        ),
    )
)


def replacing(keeps: str = "{year-plan: plan}", effect: str = "supersedes", number: str = "40/SLĐTBXH-BĐG") -> str:
    top = f"replaces: [{{number: {number}, year: 2019, effect: {effect}, keeps: {keeps}}}]"
    return file(asked(due="2020-04-10"), top=top)


def test_a_directive_goes_by_its_number() -> None:
    head = plan_of(file(asked(due="2020-04-10"))).head
    assert (head.directive_id, head.label) == ("p.2020.sldtbxh-bdg.15", "15/SLĐTBXH-BĐG")
    assert (head.document.number, head.document.normal) == ("15/SLĐTBXH-BĐG", "15/SLĐTBXH-BĐG")
    assert (head.type, head.issuer, head.document.issuer) == ("Công văn", "p", "Đơn vị p")


def test_one_without_a_number_goes_by_type_and_day() -> None:
    plan = plan_of(file(asked(due="2020-04-10"), document=NO_NUMBER))
    assert plan.head.label == "Kết luận hội nghị ngày 02/03/2020"
    assert plan.head.directive_id == "p.2020.ket-luan-hoi-nghi.0302-trien-khai-viec-nho"
    assert (plan.head.document.number, plan.cascades[0].number) == ("", plan.head.label)
    assert compiled(file(asked(due="2020-04-10"), document=NO_NUMBER)).warnings == ()


@pytest.mark.parametrize("document", ["type: Công văn", 'number: " ", type: Kế hoạch'])
def test_a_forgotten_number_is_doubted(document: str) -> None:
    assert warnings(file(asked(due="2020-04-10"), document=document)) == [("no_number", "document.number")]


@pytest.mark.parametrize(
    ("number", "label", "says"),
    [
        ("15/CV-SLĐTBXH-BĐG", "15/CV-SLĐTBXH-BĐG", "15/SLĐTBXH-BĐG"),
        ('"Số: 15 / SLĐT BXH-BĐG"', "15/SLĐTBXH-BĐG", "Số: 15"),
        ("5/SLĐTBXH-BĐG", "5/SLĐTBXH-BĐG", "'05/SLĐTBXH-BĐG'"),
    ],
)
def test_a_doubtful_number_is_said_with_the_form_meant(number: str, label: str, says: str) -> None:
    text = file(asked(due="2020-04-10"), document=f"number: {number}")
    assert plan_of(text).head.label == label
    assert warnings(text) == [("number_doubtful", "document.number")]
    assert says in said(text)


def test_no_number_at_all_is_an_error_with_the_nearest() -> None:
    text = file(asked(due="2020-04-10"), document="number: so-bdg/15")
    assert errors(text) == [("number", "document.number")]
    assert "'15/SO-BDG'" in said(text)


@pytest.mark.parametrize(
    ("issuer", "document", "directive_id"),
    [
        ("q", "number: 15/SLĐTBXH-BĐG", "q.2020.sldtbxh-bdg.15"),
        ("p", "number: 15/2019/SLĐTBXH-BĐG", "p.2019.sldtbxh-bdg.15"),
        ("p", "number: 15/KH-SLĐTBXH", "p.2020.kh-sldtbxh.15"),
    ],
)
def test_the_same_number_of_another_body_year_or_series_is_another_directive(
    issuer: str, document: str, directive_id: str
) -> None:
    assert plan_of(file(asked(due="2020-04-10"), document=document, issuer=issuer)).head.directive_id == directive_id


def test_recipients_may_name_their_purpose_in_two_ways() -> None:
    listed = "recipients: [Như trên, Giám đốc (để b/c), {name: Các sở, purpose: để phối hợp}, Lưu (VT)]"
    head = plan_of(file(asked(due="2020-04-10"), document=f"number: 15/SO, {listed}")).head
    assert head.recipients == (
        Recipient(name="Như trên"),
        Recipient(name="Giám đốc", purpose=Purpose.REPORT),
        Recipient(name="Các sở", purpose=Purpose.COORDINATION),
        Recipient(name="Lưu (VT)"),
    )


def citing(number: str, day: str, issuer: str = "Thủ tướng") -> str:
    cited = f"basis: [{{number: {number}, date: {day}, issuer: {issuer}}}]"
    return file(asked(due="2020-04-10"), document=f"number: 15/SO, {cited}")


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        (citing("1696/QĐ-TTg", "2015-10-20"), "document.basis.0.date", "02/10/2015"),
        (citing("1696/QĐ-TTg", "2020-03-03", "Bộ Tài chính"), "document.basis.0.date", "after this document"),
        (citing("2351-QĐ-TTg", "2010-12-24"), "document.basis.0.number", "'2351/QĐ-TTg'"),
    ],
)
def test_a_citation_is_doubted_but_never_refused(text: str, path: str, says: str) -> None:
    (code, where), *others = warnings(text, KNOWN)
    assert (code, where, others) == ("citation_" + path.rpartition(".")[2], path, [])
    assert says in said(text, KNOWN)


def test_a_citation_is_matched_on_number_and_issuer() -> None:
    assert warnings(citing("1696/QĐ-TTg", "2015-10-02", "Thủ tướng Chính phủ"), KNOWN) == []
    assert warnings(citing("1696/QĐ-TTg", "2016-01-02", "Bộ Tài chính"), KNOWN) == []
    cited = plan_of(citing('"1696 /QĐ-TTg"', "2015-10-02"), KNOWN).head.basis[0]
    assert (cited.number, cited.normal) == ("1696 /QĐ-TTg", "1696/QĐ-TTg")


def test_a_programme_that_is_misquoted_is_doubted_with_the_one_meant() -> None:
    programme = "programme: Chương trình hành động quốc gia về bình đẳng giới giai đoạn 2011-2020"
    text = file(asked(due="2020-04-10"), document=f"number: 15/SO, {programme}")
    assert warnings(text, KNOWN) == [("programme_unknown", "document.programme")]
    assert "2016 - 2020" in said(text, KNOWN)
    assert warnings(text.replace("2011-2020", "2016-2020"), KNOWN) == []


def test_answers_to_an_earlier_directive_count_for_what_they_are_kept_for() -> None:
    plan = plan_of(replacing(), STARTED)
    (replaced,) = plan.head.replaces
    assert (replaced.directive_id, replaced.number, replaced.effect) == (
        LAST_YEAR.directive_id,
        "40/SLĐTBXH-BĐG",
        Effect.SUPERSEDES,
    )
    assert replaced.keeps == {"year-plan": "plan"}
    kept = {key: duty.earlier for key, duty in duties(plan).items()}
    assert kept == {"plan@d1": LAST_YEAR.answers["year-plan", "d1"], "plan@d2": None}


def test_answers_are_kept_for_a_requirement_with_a_date_for_each_level() -> None:
    text = replacing().replace("due: 2020-04-10", "due: {by_level: {district: 2020-04-10}}")
    assert duties(plan_of(text, STARTED))["plan.district@d1"].earlier == LAST_YEAR.answers["year-plan", "d1"]


REPLACED = [
    (replacing(number="41/SLĐTBXH-BĐG"), "unknown_directive", "replaces.0", "41/SLĐTBXH-BĐG of p from 2019"),
    (replacing(number="40"), "number", "replaces.0.number", "'40'"),
    (replacing("{year-plam: plan}"), "unknown_requirement", "replaces.0.keeps.year-plam", "'year-plan'"),
    (replacing("{year-plan: plam}"), "unknown_requirement", "replaces.0.keeps.year-plan", "'plan'"),
    (
        replacing(number="15/SLĐTBXH-BĐG").replace("2019", "2020"),
        "replaces_itself",
        "replaces.0",
        "this directive itself",
    ),
    (replacing(effect="supersede"), "value", "replaces.0.effect", "did you mean 'supersedes'"),
]


@pytest.mark.parametrize(("text", "code", "path", "says"), REPLACED, ids=[fault[2] for fault in REPLACED])
def test_what_cannot_be_replaced_is_named(text: str, code: str, path: str, says: str) -> None:
    assert errors(text, STARTED) == [(code, path)]
    assert says in said(text, STARTED)


PAGES = {
    name: FileRef(sha256=digest * 32, name=name.rpartition("/")[2], size=9, media_type="application/pdf")
    for name, digest in (("a.pdf", "aa"), ("annex/b.pdf", "bb"), ("copy of a.pdf", "aa"))
}
FILED = References(file=lambda path: PAGES.get(path, f"{path}: nowhere"))


def test_its_files_are_those_beside_it_each_content_once() -> None:
    text = file(asked(due="2020-04-10"), document=f"{NUMBER}, files: [a.pdf, annex/b.pdf, copy of a.pdf]")
    assert plan_of(text, FILED).head.files == (PAGES["a.pdf"], PAGES["annex/b.pdf"])
    assert plan_of(file(asked(due="2020-04-10")), FILED).head.files == ()


def test_a_file_that_cannot_be_taken_is_an_error_at_its_entry() -> None:
    text = file(asked(due="2020-04-10"), document=f"{NUMBER}, files: [a.pdf, b.pdf]")
    assert errors(text, FILED) == [("file", "document.files.1")]
    assert said(text, FILED) == "b.pdf: nowhere"
    assert errors(text) == [("file", "document.files.0"), ("file", "document.files.1")]


def test_a_directive_that_only_annuls_another_asks_nothing() -> None:
    top = "replaces: [{number: 40/SLĐTBXH-BĐG, year: 2019, effect: annuls}]"
    plan = plan_of(file(top=top), STARTED)
    assert [(cascade.issuer, cascade.duties) for cascade in plan.cascades] == [("p", ())]
    assert plan.head.closing > plan.head.starts
    assert errors(file(top=top.replace("annuls", "amends")), STARTED) == [("missing", "requirements")]
    assert errors(file(top=top.replace("annuls", "annul")), STARTED) == [("value", "replaces.0.effect")]
