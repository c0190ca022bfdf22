"""Which runs of a register's workflow are archived, and whether these are its whole life."""

import json

import pytest

from audit.archive.manifest import Kept
from audit.archive.runs import kept, together
from audit.histories.runs import Run
from tests.audit.archives import history


@pytest.mark.parametrize(
    ("runs", "whole"),
    [
        ([history("a", ends="CONTINUED_AS_NEW"), history("b", first="a", before="a")], Kept.WHOLE),
        ([history("b", first="a", before="a")], Kept.PARTIAL),
        ([history("a", ends="CONTINUED_AS_NEW"), history("c", first="a", before="b")], Kept.PARTIAL),
        ([history("a", ends="CONTINUED_AS_NEW")], Kept.PARTIAL),
        ([history("a", ends="TERMINATED")], Kept.WHOLE),
        ([], Kept.GONE),
    ],
)
def test_it_is_known_whether_all_runs_of_a_renewed_register_are_there(runs: list[Run], whole: Kept) -> None:
    assert kept(runs) is whole


def test_runs_that_the_server_dropped_are_taken_from_the_archive() -> None:
    first, second = history("a", ends="CONTINUED_AS_NEW"), history("b", first="a", before="a")
    assert [run.run_id for run in together([second], [first])] == ["a", "b"]
    assert [run.run_id for run in together([first, second], [first])] == ["a", "b"]
    assert [run.run_id for run in together([], [first, second])] == ["a", "b"]


def test_the_same_history_gives_the_same_bytes_however_its_keys_are_ordered() -> None:
    run = history("a")
    turned = dict(reversed(json.loads(run.history).items()))
    other = Run(run.workflow_id, run.run_id, json.dumps(turned).encode())
    assert together([run], []) == together([other], [])
