"""How the time to compile the ministry's directive to all units grows with the country."""

import gc
from statistics import median
from time import process_time

from bench.countries import MINISTRY, Units, country, leading
from bench.result import Result
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive

DIRECTIVE = """
document:
  {number: 458/LĐTBXH-BĐG, title: hướng dẫn triển khai công tác bình đẳng giới năm 2020, issuer: bo-ldtbxh,
   date: 2020-02-12}
closing: 2020-12-31
requirements:
  province-plan: {title: Kế hoạch của tỉnh, kind: plan, to: {level: province}, due: 2020-03-31}
  district-plan:
    {title: Kế hoạch của huyện, kind: plan, to: {level: district}, due: 2020-05-29,
     opens: {when_accepted: province-plan, at_latest: 2020-04-15}}
  commune-report:
    {title: Báo cáo của xã, kind: report, to: {level: commune}, period: năm 2020, due: 2020-11-30,
     opens: {when_accepted: district-plan, at_latest: 2020-06-30}}
"""
_ROUNDS = 9
_PARTS = (8, 4, 2)


def measure_compiling() -> list[Result]:
    """Median processor time for an eighth, a quarter and half of the provinces with all below them, each beside its
    share, by units, of the time for the whole country; all sizes in turn, round after round."""
    units = country()
    countries = {part: leading(units, MINISTRY, part) for part in (*_PARTS, 1)}
    times: dict[int, list[float]] = {part: [] for part in countries}
    for _ in range(_ROUNDS + 1):
        for part, found in countries.items():
            times[part].append(_seconds(found))
    taken = {part: median(found[1:]) for part, found in times.items()}  # the first round warms up
    each = taken[1] / len(countries[1])
    return [
        Result(
            f"compile for {len(countries[part]):,} units, 1/{part} of the country",
            f"1/{part} of {taken[1]:.2f} s for {len(countries[1]):,} units, by units",
            taken[part],
            each * len(countries[part]),
            "0.80 to 1.25",
        )
        for part in _PARTS
    ]


def _seconds(units: Units) -> float:
    """Processor time, which is all that compiling takes, and which other programs on the machine do not stretch."""
    gc.collect()
    began = process_time()
    result = compile_directive(DIRECTIVE.encode(), units, WorkingCalendar())
    seconds = process_time() - began
    if result.plan is None:
        raise ValueError(result.errors)
    return seconds
