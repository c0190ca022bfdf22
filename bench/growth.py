"""How the time to open grows with the country."""

import gc
from statistics import median

from bench.result import Result
from bench.site import open_country, site

_ROUNDS = 3
_PARTS = (8, 4, 2)


async def measure_growth() -> list[Result]:
    """An eighth, a quarter and half of the provinces with all below them, each beside its share, by units, of the time
    for the whole country: seconds, and processor seconds, which neighbours on the machine do not stretch. All sizes in
    turn, round after round, each on an installation of its own."""
    units: dict[int, int] = {}
    taken: dict[int, list[tuple[float, float]]] = {part: [] for part in (*_PARTS, 1)}
    for _ in range(_ROUNDS):
        for part in taken:
            gc.collect()
            async with site(part) as here:
                units[part] = here.units
                spent = here.processor("worker", "temporal")
                seconds = await open_country(here)
                taken[part].append((seconds, here.processor("worker", "temporal") - spent))
    medians = {part: [median(each) for each in zip(*found, strict=True)] for part, found in taken.items()}
    return [
        Result(
            f"open {units[part]:,} units, 1/{part} of the country{of_what}",
            f"its share of {medians[1][which]:.0f} s for {units[1]:,}",
            medians[part][which],
            medians[1][which] / units[1] * units[part],
            "0.80 to 1.25",
        )
        for which, of_what in enumerate(("", ", processor time"))
        for part in _PARTS
    ]
