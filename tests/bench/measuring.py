"""What the benchmarks share: a figure with its aim, and the best of several runs."""

import gc
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure."""

    name: str
    value: float
    unit: str
    aim: str


def best_of(work: Callable[[], object], *, times: int = 5) -> float:
    """The shortest of several runs, in seconds: what disturbs a run only makes it longer.

    The garbage collector rests meanwhile, as in timeit: when it runs is not the work's doing.
    """
    found = []
    gc.disable()
    try:
        for _ in range(times):
            started = perf_counter()
            work()
            found.append(perf_counter() - started)
    finally:
        gc.enable()
    return min(found)
