"""The dondoc command in this process, on a home of its own."""

import shutil
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


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the registry of Thừa Thiên Huế, to be copied: making another one takes a hundred times as long."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONDOC_HOME", str(home))
        for words in (["init"], ["units", "import", "data/registries/thua-thien-hue.yaml"]):
            patch.setattr(sys, "argv", ["dondoc", *words])
            assert cli.run() == 0
    return home


@pytest.fixture
def prepared(dondoc: Dondoc, home: Path, tmp_path: Path) -> Dondoc:
    """The command on a home with that registry."""
    shutil.copytree(home, tmp_path / "home")
    return dondoc
