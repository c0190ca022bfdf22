"""What the nation costs a year, computed from measured constants (`bench/constants.toml`): `python -m bench.capacity
--directives 200`. Each figure is a number of directives times what one of them costs."""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from services.upkeep import EVERY

CONSTANTS = Path(__file__).with_name("constants.toml")
DIRECTIVES, SAME_DAY = 200, 20
_FILE_KB = 200
_WORKING_DAYS, _OFFICE_SECONDS = 250, 10 * 3600
_USED = 0.5
"""Of a core, so that pages answer while others are served."""
_UPKEEP_ACTIONS = 5
"""Of one round: three for the schedule, two activities (docs.temporal.io/cloud/actions)."""
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Constant:
    """A measured number: of what it is one (an obligation, a directive), and where it was measured."""

    value: float
    per: str
    where: str

    def written(self, name: str) -> str:
        """As it stands in the file."""
        return f'["{name}"]\nvalue = {self.value:.6g}\nper = "{self.per}"\nwhere = "{self.where}"\n'


@dataclass(frozen=True)
class Nation:
    """So many directives of the ministry to every unit in a year, in bytes and in processor seconds by process;
    `busiest` are those of the day on which `together` directives are due."""

    directives: int
    obligations: float
    workflows: float
    actions: Mapping[str, float]
    upkeep_actions: float
    events: float
    history_bytes: float
    temporal_bytes: float
    database_bytes: float
    archive_bytes: float
    file_bytes: float
    mails: float
    seconds: Mapping[str, float]
    busiest: float
    together: int

    @property
    def all_actions(self) -> float:
        return sum(self.actions.values()) + self.upkeep_actions

    @property
    def cores(self) -> float:
        """For an ordinary working day, half of each core used."""
        return sum(self.seconds.values()) / _WORKING_DAYS / _OFFICE_SECONDS / _USED

    @property
    def cores_on_the_busiest_day(self) -> float:
        return self.busiest / _OFFICE_SECONDS / _USED


def load(path: Path = CONSTANTS) -> dict[str, Constant]:
    """The constants by name."""
    return {name: Constant(**found) for name, found in tomllib.loads(path.read_text("utf-8")).items()}


def nation(constants: Mapping[str, Constant], directives: int, together: int, file_kb: float = _FILE_KB) -> Nation:
    """What so many directives come to, of which `together` are due on the same day; every answer has a file of so many
    KB."""
    value = {name: constant.value for name, constant in constants.items()}
    owed = value["obligations"] * directives
    seconds = {name.split()[0]: number for name, number in value.items() if name.endswith("processor seconds")}
    each = sum(seconds.values()) * value["obligations"]
    return Nation(
        directives=directives,
        obligations=owed,
        workflows=value["workflows"] * directives,
        actions={
            name.removeprefix("actions: "): number * owed
            for name, number in value.items()
            if name.startswith("actions: ")
        },
        upkeep_actions=_YEAR / EVERY * _UPKEEP_ACTIONS,
        events=value["events"] * owed,
        history_bytes=value["history bytes"] * owed,
        temporal_bytes=value["temporal bytes"] * owed,
        database_bytes=value["database bytes"] * owed,
        archive_bytes=value["archive bytes"] * owed,
        file_bytes=value["answers"] * owed * file_kb * 1024,
        mails=value["mails"] * owed,
        seconds={name: number * owed for name, number in seconds.items()},
        busiest=each * value["busiest day"] * together,
        together=together,
    )


def table(found: Nation) -> Iterator[str]:
    """As lines of Markdown."""
    yield f"| {found.directives} directives a year | |"
    yield "| --- | ---: |"
    rows = {
        "obligations": f"{found.obligations:,.0f}",
        "workflows": f"{found.workflows:,.0f}",
        "actions (what Temporal Cloud bills)": f"{found.all_actions / 1e6:,.1f} million",
        **{f"– {kind}": f"{number / 1e6:,.2f} million" for kind, number in found.actions.items()},
        "– upkeep": f"{found.upkeep_actions / 1e6:,.2f} million",
        "events in histories": f"{found.events / 1e6:,.1f} million",
        "histories": _size(found.history_bytes),
        "Temporal's own database (SQLite)": _size(found.temporal_bytes),
        "database": _size(found.database_bytes),
        "archive, without officers' files": _size(found.archive_bytes),
        "officers' files": _size(found.file_bytes),
        "mails": f"{found.mails / 1e6:,.2f} million",
        **{f"processor time: {name}": f"{number / 3600:,.0f} h" for name, number in found.seconds.items()},
        "cores, work spread over the year": f"{found.cores:.1f}",
        f"cores, {found.together} directives due on one day": f"{found.cores_on_the_busiest_day:.1f}",
    }
    yield from (f"| {what} | {number} |" for what, number in rows.items())


def _size(number: float) -> str:
    """For people: `1.2 GB`."""
    return f"{number / 1e9:,.1f} GB"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="What the nation costs a year, from measured constants.")
    parser.add_argument("--directives", type=int, default=DIRECTIVES, help="so many run in a year")
    parser.add_argument("--same-day", type=int, default=SAME_DAY, help="so many of them are due on the busiest day")
    parser.add_argument("--file-kb", type=float, default=_FILE_KB, help="size of the file of an answer")
    given = parser.parse_args()
    lines = table(nation(load(), given.directives, given.same_day, given.file_kb))
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
