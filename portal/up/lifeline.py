"""Ends everything when `agenda up` itself is killed so hard that it cannot.

Runs as one of the supervised parts, on the standard library alone. The kernel gives a
file lock back when its holder dies, however it dies: waiting for the lock that `agenda up`
holds needs no polling and works on Linux and macOS alike.
"""

import fcntl
import os
import signal
import sys
from pathlib import Path


def main(lock_file: str) -> None:
    """Wait for `agenda up` to be gone, then tell the supervisor to stop all parts."""
    supervisor = os.getppid()
    with Path(lock_file).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if supervisor > 1 and os.getppid() == supervisor:
            os.kill(supervisor, signal.SIGTERM)
            # The lock is kept until the supervisor stops this part, the last one: a new
            # `agenda up` then finds the folder taken instead of the ports.
            signal.pause()


if __name__ == "__main__":
    main(sys.argv[1])
