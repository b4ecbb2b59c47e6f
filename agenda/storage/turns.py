"""Turns that are taken in the order in which people came. Pure of what they are for."""

from collections import deque
from threading import Event, Lock


class Turns:
    """Lets one at a time in, whoever has waited longest first.

    A plain lock lets in anybody who happens to be there when it is free: of many that wait
    some would be passed over again and again, until their patience ends.
    """

    def __init__(self) -> None:
        self._look = Lock()
        self._waiting: deque[Event] = deque()
        self._is_taken = False

    def enter(self, *, within: float) -> bool:
        """Wait for one's turn, so many seconds at most; whether it came."""
        with self._look:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(within):
            return True
        with self._look:
            # It may have come in the very moment in which patience ended.
            if mine.is_set():
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        """Pass the turn on to whoever has waited longest."""
        with self._look:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
