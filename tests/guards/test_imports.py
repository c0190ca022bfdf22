"""Arrows point one way (DESIGN section 5): which room may use which, read from the source itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {
    # room: what it may import of ours, beside itself
    "models": {"models"},
    "naming": set[str](),
    "payloads": set[str](),
    "settings": set[str](),
    "texts": set[str](),
    "rules": {"models", "naming", "texts"},
    "activities": {"models", "rules", "naming"},
    "workflows": {"models", "rules", "naming", "activities"},
    "store": {"models", "rules", "naming"},
    "mail": {"models", "rules"},
    "reports": {"models", "rules"},
    "web": {"models", "rules", "texts"},
    "changing": {"models", "rules", "naming", "store", "web"},
    "audit": {"models", "rules", "naming", "payloads", "texts", "store", "workflows"},
    "services": {
        "models",
        "rules",
        "naming",
        "payloads",
        "settings",
        "store",
        "web",
        "mail",
        "reports",
        "texts",
        "changing",
        "audit",
    },
    "commands": {
        "models",
        "rules",
        "naming",
        "settings",
        "texts",
        "services",
        "store",
        "workflows",
        "reports",
        "mail",
        "web",
        "changing",
        "audit",
    },
    "demo": {"models", "rules", "naming", "settings", "services", "store", "workflows", "commands", "audit"},
    "worker": {
        "models",
        "rules",
        "naming",
        "settings",
        "services",
        "store",
        "workflows",
        "activities",
        "mail",
        "reports",
        "audit",
    },
    "cli": {"commands", "demo", "settings", "store", "services", "models", "rules", "naming"},
}
FOREIGN = {
    # package: the only rooms that may import it
    "temporalio": {"payloads", "workflows", "activities", "web", "audit", "services", "commands", "demo", "worker"},
    "sqlmodel": {"models", "store", "audit", "commands", "demo"},
    "sqlalchemy": {"models", "store", "audit", "services", "changing", "commands", "demo", "worker"},
    "starlette": {"web", "services"},
    "uvicorn": {"services"},
    "rich": {"commands", "demo"},
    "typer": {"cli", "commands"},
    "yaml": {"rules", "commands", "changing"},
    "holidays": {"rules"},
    "httpx": {"commands", "demo"},
    "babel": {"texts"},
    "icalendar": {"commands", "mail"},
    "aiosmtplib": {"mail"},
    "aiosmtpd": {"services"},
    "typst": {"reports", "demo"},
    "matplotlib": {"reports"},
    "cryptography": {"audit"},
}
TABLES = {"store", "changing", "commands", "demo"}
"""Who may see the tables; everybody else sees wire models only."""
TABLE_MODELS = {"models.tables", "models.trail_tables", "models.reading_tables"}

PROGRAM = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if path.relative_to(ROOT).parts[0].removesuffix(".py") in ROOMS and "migrations" not in path.parts
]


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The full names of modules that a piece of source imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or "", node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


@cache
def modules(path: Path) -> set[str]:
    return {name for name, _ in imported(ast.parse(path.read_text("utf-8")))}


@cache
def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in modules(path)}


def test_every_folder_and_module_with_source_is_a_room_of_the_table() -> None:
    found = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")}
    assert found - {"tests", "bench"} == set(ROOMS)
    assert len(PROGRAM) > 100


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_rooms_that_its_own_may_use(path: Path) -> None:
    ours = tops(path) & {*ROOMS, "tests", "bench"}
    assert ours <= ROOMS[room(path)] | {room(path)}


@pytest.mark.parametrize("package", FOREIGN)
def test_a_package_is_used_only_in_the_rooms_it_is_for(package: str) -> None:
    assert {room(path) for path in PROGRAM if package in tops(path)} <= FOREIGN[package]


def test_only_the_store_and_those_who_prepare_or_show_it_see_the_tables() -> None:
    assert {room(path) for path in PROGRAM if modules(path) & TABLE_MODELS} <= TABLES


def test_only_the_tables_and_their_migrations_see_kinds_of_columns() -> None:
    seeing = {path.name for path in PROGRAM if "models.columns" in modules(path) and room(path) != "store"}
    assert seeing == {"tables.py", "trail_tables.py", "reading_tables.py"}


def test_of_the_models_only_the_tables_and_their_columns_know_sql() -> None:
    knowing = {path.name for path in PROGRAM if room(path) == "models" and tops(path) & {"sqlmodel", "sqlalchemy"}}
    assert knowing == {"columns.py", "tables.py", "trail_tables.py", "reading_tables.py"}


def test_rules_are_pure_they_know_no_clock_no_network_and_no_disk() -> None:
    impure = {"asyncio", "io", "os", "pathlib", "random", "secrets", "socket", "subprocess", "sys", "time", "uuid"}
    for path in PROGRAM:
        if room(path) == "rules":
            in_memory = {"io", "io.BytesIO"}
            names = modules(path)
            found = names - in_memory if in_memory <= names else names
            assert not {name.partition(".")[0] for name in found} & impure, path
            assert not {".now(", ".today(", "open("} & _calls(path), path


def _calls(path: Path) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    names = {f".{func.attr}(" if isinstance(func, ast.Attribute) else f"{ast.unparse(func)}(" for func in calls}
    return names & {".now(", ".today(", ".utcnow(", "open("}


@pytest.mark.parametrize("path", [path for path in PROGRAM if room(path) == "workflows" and path.stem != "__init__"])
def test_a_workflow_imports_what_is_ours_in_one_pass_through_block(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.With)]
    assert len(blocks) <= 1
    inside: set[int] = set()
    for block in blocks:
        assert ast.unparse(block.items[0].context_expr) == "workflow.unsafe.imports_passed_through()"
        inside |= {id(node) for _, node in imported(block)}
    outside = {name for name, node in imported(tree) if id(node) not in inside}
    assert not {name.partition(".")[0] for name in outside} & set(ROOMS)


def test_the_command_starts_without_what_it_does_not_need() -> None:
    heavy = ("pydantic", "temporalio", "sqlmodel", "sqlalchemy", "rich", "yaml", "asyncio", "matplotlib")
    code = f"import sys, cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
