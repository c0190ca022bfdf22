"""How long a cascade waits for its activities, and how it tries again."""

from datetime import timedelta

from temporalio.common import RetryPolicy

RECORD_TIMEOUT = timedelta(seconds=15)
LONGEST_LOCAL_WAIT = timedelta(seconds=2)
"""A local activity that has to wait longer before its next try leaves the workflow task for a timer."""
DELIVER_TIMEOUT = timedelta(hours=1)
HEARTBEAT = timedelta(seconds=15)
"""After so long without a sign of life a delivery is taken for dead and begun again elsewhere."""
ARCHIVE_TIMEOUT = timedelta(hours=6)
ARCHIVE_HEARTBEAT = timedelta(minutes=5)
"""So long one register may take; the first round after an upgrade may find thousands."""
ANCHOR_TIMEOUT = timedelta(minutes=10)
REPORT_TIMEOUT = timedelta(minutes=10)
RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=60))
UPKEEP_RETRY = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_attempts=3)
"""What cannot be done now is done by the next round."""
SHORTEST_TIMER = timedelta(milliseconds=1)
"""A practice clock may run so fast that the next wake-up rounds to now; a timer lets time pass."""
