import pytest

from models.indicator import CatalogueIndicator, Comparator, Direction, Indicator, IndicatorKind, Trust
from rules.compiling.desk import References
from tests.rules.files import asked, compiled, errors, file, plan_of, requirements, said, warnings

CATALOGUE = References(
    indicators={
        row.code: row
        for row in (
            CatalogueIndicator(
                code="1.1",
                title="Tỷ lệ có lãnh đạo chủ chốt là nữ",
                kind=IndicatorKind.PERCENT,
                unit="%",
                targets={"2025": 60, "2030": 75},
            ),
            CatalogueIndicator(
                code="3.2a",
                title="Người được hỗ trợ",
                kind=IndicatorKind.NUMBER,
                unit="người",
                direction=Direction.DOWN,
                comparator=Comparator.LESS,
                by_sex=True,
                trust=Trust.MEMORY,
            ),
        )
    }
)


def measured(indicators: str, due: str = "2020-11-30") -> str:
    return file(asked("report", kind="report", due=due, indicators=f"{{{indicators}}}"))


def found(indicators: str, due: str = "2020-11-30") -> dict[str, Indicator]:
    items = requirements(plan_of(measured(indicators, due), CATALOGUE))["report"].indicators
    return {item.key: item for item in items}


def test_an_indicator_of_the_catalogue_comes_with_all_that_it_says() -> None:
    assert found('leaders: {use: "1.1"}')["leaders"] == Indicator(
        key="leaders",
        code="1.1",
        title="Tỷ lệ có lãnh đạo chủ chốt là nữ",
        kind=IndicatorKind.PERCENT,
        unit="%",
        target=60,
    )


def test_a_directive_may_say_some_of_it_otherwise() -> None:
    local = found('leaders: {use: "1.1", title: Nữ lãnh đạo huyện, target: 45.5, comparator: ">", unit: ""}')["leaders"]
    assert (local.title, local.target, local.comparator, local.unit) == ("Nữ lãnh đạo huyện", 45.5, Comparator.MORE, "")
    assert (local.code, local.kind) == ("1.1", IndicatorKind.PERCENT)
    whole = found("helped: {use: 3.2a, by_sex: false, direction: up}")["helped"]
    assert (whole.by_sex, whole.direction, whole.comparator) == (False, Direction.UP, Comparator.LESS)


def test_what_the_catalogue_has_from_memory_is_doubted() -> None:
    text = measured("helped: {use: 3.2a}")
    assert warnings(text, CATALOGUE) == [("indicator_unverified", "requirements.report.indicators.helped.use")]
    assert "3.2a is from memory" in said(text, CATALOGUE)
    assert found("helped: {use: 3.2a}")["helped"].trust is Trust.MEMORY


def test_an_indicator_of_ones_own_needs_title_and_kind() -> None:
    own = found("trained: {title: Lượt người được tập huấn, kind: number, unit: lượt người, by_sex: true, target: 100}")
    assert own["trained"] == Indicator(
        key="trained",
        title="Lượt người được tập huấn",
        kind=IndicatorKind.NUMBER,
        unit="lượt người",
        by_sex=True,
        target=100,
    )


@pytest.mark.parametrize(
    ("due", "targets", "target"),
    [
        ("2020-11-30", '"2020": 10, "2021": 20', 10),
        ("2020-11-30", '"2021": 20, "2025": 50', 20),
        ("2020-11-30", '"2019": 10', None),
        ("thường xuyên", '"2020": 10, "2021": 20', 10),
    ],
)
def test_the_target_is_that_of_the_due_year_or_of_the_next_one_that_has_any(
    due: str, targets: str, target: float | None
) -> None:
    assert found(f"own: {{title: Số, kind: number, targets: {{{targets}}}}}", due)["own"].target == target


def test_targets_of_ones_own_stand_beside_those_of_the_catalogue() -> None:
    assert found('leaders: {use: "1.1", targets: {"2020": 40}}')["leaders"].target == 40
    assert found('leaders: {use: "1.1", targets: {"2025": 55}}')["leaders"].target == 55


def test_each_occurrence_of_a_report_has_the_target_of_its_year() -> None:
    text = measured("own: {title: Số, kind: number, targets: {2020: 10, 2021: 20}}", "{every: year}")
    items = requirements(plan_of(text.replace("closing: 2020-12-31", "closing: 2021-12-31")))
    assert {key: item.indicators[0].target for key, item in items.items()} == {"report.2020": 10, "report.2021": 20}


NUMBER = "kind: number, unit: người"
FAULTS = [
    ('a: {use: "1.2"}', "unknown_indicator", "a.use", "did you mean '1.1'"),
    ("a: {title: Số}", "missing", "a", "name an indicator of the catalogue under `use`, or give `title` and `kind`"),
    ('a: {use: "1.1", target: 101}', "target", "a.target", "between 0 and 100, the target is 101"),
    ('a: {use: "1.1", target: -1}', "target", "a.target", "between 0 and 100"),
    ('a: {use: "1.1", targets: {"2020": 150}}', "target", "a.target", "between 0 and 100"),
    ('a: {use: "1.1", targets: {giai đoạn 2020: 50}}', "target", "a.targets.giai đoạn 2020", "like 2025"),
    (f"a: {{title: Số, {NUMBER}, targets: {{²⁰²⁰: 50}}}}", "target", "a.targets.²⁰²⁰", "like 2025"),
    (f"a: {{title: Số, {NUMBER}, target: inf}}", "target", "a.target", "not inf"),
    (f"a: {{title: Số, {NUMBER}, target: nan}}", "target", "a.target", "not nan"),
    (f"a: {{title: Số, {NUMBER}, target: nhiều}}", "value", "a.target", "not 'nhiều'"),
    ('a: {use: "1.1", by_sex: true}', "by_sex", "a.by_sex", "men and women are asked for with numbers"),
    ("a: {title: Số, kind: yes_no, parts: [a]}", "parts", "a.parts", "only numbers add up"),
    (f"a: {{title: Số, {NUMBER}, parts: [a]}}", "parts", "a.parts", "cannot be a part of itself"),
    (f"man: {{title: Nam, {NUMBER}}}, a: {{title: Số, {NUMBER}, parts: [men]}}", "parts", "a.parts",
     "did you mean 'man'"),
    (f"b: {{title: Lượt, kind: number, unit: lượt}}, a: {{title: Số, {NUMBER}, parts: [b]}}", "parts", "a.parts",
     "'b' counts 'lượt', 'a' counts 'người': these cannot add up"),
    (f'b: {{use: "1.1"}}, a: {{title: Số, {NUMBER}, parts: [b]}}', "parts", "a.parts", "these cannot add up"),
    (f"c: {{title: C, {NUMBER}}}, b: {{title: B, {NUMBER}, parts: [c]}}, a: {{title: A, {NUMBER}, parts: [b]}}",
     "parts", "a.parts", "a part cannot have parts of its own"),
    (f"b: {{title: B, {NUMBER}, target: 40}}, c: {{title: C, {NUMBER}, target: 50}}, "
     f"a: {{title: A, {NUMBER}, target: 100, parts: [b, c]}}", "parts", "a.parts", "add up to 90, that of 'a' is 100"),
]  # fmt: skip


@pytest.mark.parametrize(("indicators", "code", "path", "says"), FAULTS)
def test_a_figure_that_cannot_be_is_named(indicators: str, code: str, path: str, says: str) -> None:
    text = measured(indicators)
    assert (code, f"requirements.report.indicators.{path}") in errors(text, CATALOGUE)
    assert {fault for fault, _ in errors(text, CATALOGUE)} == {code}
    assert says in "; ".join(fault.message for fault in compiled(text, CATALOGUE).errors)


def test_parts_that_add_up_are_taken_as_they_are() -> None:
    parts = f"b: {{title: B, {NUMBER}, target: 0.1}}, c: {{title: C, {NUMBER}, target: 0.2}}"
    items = found(f"{parts}, a: {{title: A, {NUMBER}, target: 0.3, parts: [b, c]}}")
    assert items["a"].parts == ("b", "c")
    assert found(f"b: {{title: B, {NUMBER}}}, a: {{title: A, {NUMBER}, target: 3, parts: [b]}}")["a"].target == 3


def test_an_indicator_of_a_later_strategy_is_doubted() -> None:
    row = CatalogueIndicator(code="1.1", title="Cơ quan có lãnh đạo nữ", kind=IndicatorKind.PERCENT, since=2021)
    text = file(asked(kind="report", due="2020-04-10", indicators='{women: {use: "1.1"}}'))
    known = References(indicators={"1.1": row})
    assert warnings(text, known) == [("indicator_of_other_years", "requirements.plan.indicators.women.use")]
