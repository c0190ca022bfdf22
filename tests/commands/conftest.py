"""The dondoc command in this process, on a home of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from services.processes import free_port


@dataclass
class Answer:
    code: int
    out: str
    err: str


Dondoc = Callable[..., Answer]


@pytest.fixture
def dondoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dondoc:
    """Runs a command line as a user would, and tells the exit code and what was printed where."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DONDOC_TEMPORAL_ADDRESS", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["dondoc", *map(str, words)])
        code = cli.run()
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run


@pytest.fixture
def prepared(dondoc: Dondoc) -> Dondoc:
    """The command on a home with the registry of Thừa Thiên Huế."""
    assert dondoc("init").code == 0
    assert dondoc("units", "import", "data/registries/thua-thien-hue.yaml").code == 0
    return dondoc
