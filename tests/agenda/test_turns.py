"""Turns: one at a time, in the order in which people came, and nobody is left behind."""

import threading

from agenda.storage.turns import Turns

PATIENCE_SECONDS = 300


def waiting(turns: Turns, served: list[int], number: int) -> threading.Thread:
    """Somebody who waits, once they stand in the line."""

    def wait() -> None:
        assert turns.enter(within=PATIENCE_SECONDS)
        served.append(number)
        turns.leave()

    thread = threading.Thread(target=wait)
    thread.start()
    pause, tries = threading.Event(), iter(range(PATIENCE_SECONDS * 100))
    while len(turns._waiting) <= number:
        assert next(tries, None) is not None, "they do not stand in the line"
        pause.wait(0.01)
    return thread


def test_whoever_has_waited_longest_is_next() -> None:
    turns, served = Turns(), []
    assert turns.enter(within=0)
    threads = [waiting(turns, served, number) for number in range(20)]
    assert not turns.enter(within=0.01)
    turns.leave()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert served == list(range(20))
    assert turns.enter(within=0)


def test_whoever_loses_patience_is_in_nobodys_way() -> None:
    turns, served = Turns(), []
    turns.enter(within=0)
    assert not turns.enter(within=0.01)
    thread = waiting(turns, served, 0)
    turns.leave()
    thread.join(PATIENCE_SECONDS)
    assert served == [0]


def test_a_crowd_is_served_one_at_a_time() -> None:
    turns, inside, most = Turns(), [], []

    def visit() -> None:
        for _ in range(50):
            assert turns.enter(within=PATIENCE_SECONDS)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            turns.leave()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert most == [1] * 400
