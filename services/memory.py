"""What a process that runs for long does with its memory."""

import gc


def settle() -> None:
    """Call when everything is loaded: it stays until the process ends, so the garbage collector never looks through it
    again. That took a fifth of the time of a register's page (docs/performance.md)."""
    gc.collect()
    gc.freeze()
