"""The final reports of the five founding directives in every form, for people to look at: `docs/samples`. Dispatch 908
lives as in the demo, the others as in their scenarios.

Run as `python -m tests.scenarios.samples [FOLDER]`; the names stay the same from run to run.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from demo.run import run_demo
from models.unit import Unit
from reports.forms import write_all
from tests.scenarios import (
    test_conference_2012,
    test_district_plan_2019,
    test_policy_dialogue_2024,
    test_training_2022,
)
from tests.scenarios.life import Life, live

FOLDER = Path(__file__).parents[2] / "docs" / "samples"
_Story = Callable[[Life], Awaitable[Any]]


def _all(_unit: Unit) -> bool:
    return True


STORIES: dict[str, tuple[str, str, _Story, Callable[[Unit], bool]]] = {
    "2012-ket-luan-hoi-nghi": (
        "ket-luan-hoi-nghi-bdg-2012", "quoc-gia-2012", test_conference_2012.story, test_conference_2012.part,
    ),
    "2019-ke-hoach-925": ("925-kh-ubnd-2019", "huyen-2019", test_district_plan_2019.story, _all),
    "2022-ke-hoach-219": ("219-kh-sldtbxh-2022", "binh-duong-2022", test_training_2022.story, _all),
    "2024-doi-thoai-chinh-sach": (
        "doi-thoai-hoi-lhpn-quang-tri-2024", test_policy_dialogue_2024.REGISTRY, test_policy_dialogue_2024.story, _all,
    ),
}  # fmt: skip
"""By the name of the sample: the directive, its registry, what people do, and which units of the registry there are."""
_DEMO = "2020-cong-van-908"
_SECONDS, _SEED = 75, 908
"""How long the demo's year lasts at best, and what its people do."""


def make(folder: Path) -> None:
    """Let each directive live, and keep its report."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (file, registry, story, only) in STORIES.items():
        with tempfile.TemporaryDirectory() as home:
            _, _, files = asyncio.run(live(Path(home), file, registry, story, only, write_all))
            for suffix, path in sorted(files.items()):
                shutil.copyfile(path, folder / f"{name}{suffix}")
        _say(name)
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run_demo(Path(home) / "demo", seconds=_SECONDS, seed=_SEED, say=_say))
        for path in (Path(home) / "demo").glob("report.*"):
            shutil.copyfile(path, folder / f"{_DEMO}{path.name.removeprefix('report')}")


def _say(words: str) -> None:
    print(words)  # noqa: T201 - a script tells what it does


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
