"""Every kind of fault that the compiler finds has words for the page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.register.fault_words import SAID

RULES = Path(__file__).parents[2] / "rules"
SAYING = {"error", "warn", "unknown", "fault", "_fault"}


def said(path: Path) -> Iterator[str]:
    """The codes that a module gives to faults: the first words of what says them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            function = ast.unparse(node.func)
            named = function.startswith("(") or function.rpartition(".")[2] in SAYING
            if named and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value


CODES = sorted(
    {
        code
        for path in (
            *RULES.glob("compiling/*.py"),
            RULES / "compiler.py",
            RULES / "source.py",
            RULES / "form_faults.py",
        )
        for code in said(path)
    }
)


def test_they_are_found() -> None:
    assert len(CODES) > 40


@pytest.mark.parametrize("code", CODES)
def test_it_has_words(code: str) -> None:
    assert code in SAID
