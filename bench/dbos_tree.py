"""The peer: DBOS with one durable workflow for each unit, each started by that of the unit above, no other work.

`python -m bench.dbos_tree URL THREADS` reads a tree (a unit: those directly below it) as JSON from its input and writes
the seconds from the first start until the last unit's workflow has run, and the processor seconds of this process.
THREADS is how many workflows run at once at most, and how many connections to the database there are.
"""

import json
import sys
from threading import Semaphore
from time import perf_counter, process_time

from dbos import DBOS

_below: dict[str, list[str]] = json.load(sys.stdin)
_ran = Semaphore(0)


def _unit(code: str) -> None:
    """What lies below is not in the input: DBOS has less to write."""
    for child in _below.get(code, ()):
        DBOS.start_workflow(_durable, child)
    _ran.release()


_durable = DBOS.workflow(name="unit")(_unit)


def main(url: str, threads: int) -> None:
    """Raises `RuntimeError` where a workflow is missing from the record, or there twice."""
    (root,) = _below.keys() - {child for children in _below.values() for child in children}
    units = 1 + sum(map(len, _below.values()))
    DBOS(
        config={
            "name": "bench",
            "system_database_url": url,
            "sys_db_pool_size": threads,
            "max_executor_threads": threads,
            "log_level": "ERROR",
        }
    )
    DBOS.launch()
    began, spent = perf_counter(), process_time()
    DBOS.start_workflow(_durable, root)
    for _ in range(units):
        _ran.acquire()
    took, spent = perf_counter() - began, process_time() - spent
    recorded = len(DBOS.list_workflows(load_input=False, load_output=False))
    DBOS.destroy()
    if recorded != units:
        raise RuntimeError(f"{recorded} workflows on record for {units} units")
    json.dump([took, spent], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
