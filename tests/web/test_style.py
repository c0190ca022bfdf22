"""What can be computed of WCAG 2.2 AA from the style sheet: contrast (1.4.3, 1.4.11), focus (2.4.7), size (2.5.8)."""

import re
from itertools import product

import pytest

from web.site import CSS

_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
RULES = [
    (selector.strip(), dict(re.findall(r"([\w-]+):\s*([^;]+)", body)))
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
    for selector in selectors.split(",")
]
SURFACES = ("#fff", "#f3f4f6", "#eaedf1", "#fdf1f0", "#eef7f0")
"""On what text without a background of its own may stand: box, page, table head, and the two kinds of banner."""

_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def declared(selector: str, *names: str) -> str | None:
    """The colour that a rule declares under the last of these properties, None where it declares none."""
    found = [
        colour[0]
        for where, body in RULES
        if where == selector
        for name in names
        if name in body and (colour := _HEX.search(body[name]))
    ]
    return found[-1] if found else None


def own(selector: str, *names: str) -> str | None:
    """The same; where `button.accept:hover` says nothing, what `button.accept` declares, then what `button` does."""
    more_general = (selector, selector.partition(":")[0], re.split(r"[.:]", selector.split()[-1])[0])
    return next((colour for name in more_general if (colour := declared(name, *names))), None)


SELECTORS = sorted({selector for selector, _ in RULES})
PAIRS = sorted(
    {
        (selector, colour, background)
        for selector in SELECTORS
        if (colour := own(selector, "color")) or declared(selector, "background", "background-color")
        for background in [own(selector, "background", "background-color")]
        if (declared(selector, "color") or declared(selector, "background", "background-color"))
    },
    key=str,
)


def test_the_computation_knows_the_ends_of_the_scale() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("selector", "colour", "background"), PAIRS)
def test_text_stands_out_from_what_it_stands_on(selector: str, colour: str | None, background: str | None) -> None:
    text = colour or declared("body", "color")
    assert text is not None
    surfaces = [background] if background else [surface for surface in SURFACES if text != "#fff"]
    for surface in surfaces:
        assert contrast(text, surface) >= 4.5, (selector, text, surface)


def test_edges_of_fields_and_the_focus_stand_out() -> None:
    edges = {declared('input[type="text"]', "border"), declared(".bad input", "border-color")}
    focus = declared("a:focus-visible", "outline")
    for colour, surface in product({*edges, focus}, SURFACES):
        assert colour is not None
        assert contrast(colour, surface) >= 3, (colour, surface)


def test_the_focus_is_shown_everywhere_and_taken_away_nowhere() -> None:
    assert not re.search(r"outline(-style|-width)?:\s*(none|0)", CSS)
    for control in ("a", "button", "input", "textarea", "select", "summary"):
        assert any(selector == f"{control}:focus-visible" for selector, _ in RULES)


def test_what_stays_in_place_while_the_rest_scrolls_does_not_cover_the_focus() -> None:
    staying = [selector for selector, body in RULES if body.get("position") in {"sticky", "fixed"}]
    assert all(selector.startswith(".heat ") for selector in staying)
    assert "scroll-padding" in dict(RULES)[".heat-scroll"]


@pytest.mark.parametrize(
    "selector",
    ["button", ".language button", 'input[type="text"]', "select", 'input[type="checkbox"]', ".more > summary"],
)
def test_what_is_pressed_is_at_least_24_pixels_high(selector: str) -> None:
    heights = [body["min-height"] for where, body in RULES if where == selector and "min-height" in body]
    assert float(heights[-1].removesuffix("rem")) * 16 >= 24
