"""A flow run ends with the runner that started it.

A runner that is killed outright cannot end its runs. They would work on unseen, while the
next runner calls them cut off and starts others.
"""

import os
import threading
from collections.abc import Callable

RUNNER = "AGENDA_RUNNER_PID"
"""The environment variable that tells a flow run its runner's process id."""
LOOK_SECONDS = 1.0


def announce_runner() -> None:
    """Tell the runs that this process starts who their runner is."""
    os.environ[RUNNER] = str(os.getpid())


def end_with_runner(
    *, end: Callable[[int], object] = os._exit, look_seconds: float = LOOK_SECONDS
) -> threading.Thread | None:
    """Watch from now on that this process's runner is alive; end at once when it is not.

    Does nothing in a process that an embedded runner did not start, e.g. under a worker.

    Args:
        end: Ends the process, given its exit code.
        look_seconds: How often to look.
    """
    runner = os.getppid()
    if os.environ.get(RUNNER) != str(runner):
        return None

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == runner:
            pause.wait(look_seconds)
        # What was being sent stays claimed until its lease runs out, then leaves again
        # under the same Message-ID: as after a power cut.
        end(1)

    watcher = threading.Thread(target=watch, name="runner-watch", daemon=True)
    watcher.start()
    return watcher
