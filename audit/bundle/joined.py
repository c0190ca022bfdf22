"""The verifier that a bundle carries: one file, made of those that we write and read apart."""

import ast
from pathlib import Path

_PARTS = ("ed25519", "reading", "checks", "verify")
"""In the order in which they need one another; the last one's docstring tells people what the file is for."""
_FOLDER = Path(__file__).parent / "standalone"
_OURS = "audit.bundle.standalone"
_FUTURE = "__future__"


def joined() -> str:
    """The source of `verify.py`: all parts without their docstrings and without what they import of one another."""
    sources = [(_FOLDER / f"{part}.py").read_text("utf-8") for part in _PARTS]
    last = sources[-1]
    head = last[: last.index(f"from {_FUTURE}")]
    return "\n\n".join([f"{head}from {_FUTURE} import annotations\n", *map(_body, sources)])


def _body(source: str) -> str:
    lines = source.splitlines(keepends=True)
    for node in reversed(ast.parse(source).body):
        if _is_left_out(node):
            del lines[node.lineno - 1 : node.end_lineno]
    while lines[0].startswith("#!") or not lines[0].strip():
        del lines[0]
    return "".join(lines)


def _is_left_out(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith((_FUTURE, _OURS))
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
