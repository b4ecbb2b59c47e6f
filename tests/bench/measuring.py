"""What the benchmarks share: a figure with its aim, and the best of several runs."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
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


@contextmanager
def apart_from_any_installation() -> Iterator[None]:
    """Where no settings of a real installation are found, by us or by what we start.

    Measurements make rounds and send mail: neither its database nor its Prefect is to meet them.
    """
    kept = dict(os.environ)
    try:
        with TemporaryDirectory(prefix="agenda-bench-") as folder, chdir(folder):
            for name in kept:
                if name.startswith("AGENDA_"):
                    del os.environ[name]
            os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
            yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
