"""A run ends with its runner, and only with the one that started it."""

import os
from threading import Event

from flows.engine.lifeline import RUNNER, announce_runner, end_with_runner


def test_a_run_ends_when_another_process_has_become_its_parent(monkeypatch):
    parents = iter([100, 100, 1])
    monkeypatch.setenv(RUNNER, "100")
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    ended: list[int] = []
    watcher = end_with_runner(end=ended.append, look_seconds=0)
    assert watcher is not None
    watcher.join(timeout=10)
    assert ended == [1]


def test_a_run_that_no_embedded_runner_started_is_left_alone(monkeypatch):
    monkeypatch.delenv(RUNNER, raising=False)
    assert end_with_runner(end=Event().set) is None
    monkeypatch.setenv(RUNNER, "100")
    monkeypatch.setattr(os, "getppid", lambda: 200)
    assert end_with_runner(end=Event().set) is None


def test_a_runner_tells_its_runs_who_it_is(monkeypatch):
    monkeypatch.setenv(RUNNER, "")
    announce_runner()
    assert os.environ[RUNNER] == str(os.getpid())
