import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

import pytest

from portal.up import engine as engine_module
from portal.up import lifeline, watch
from portal.up.checks import claimed_folder, lock_path
from portal.up.engine import Engine
from portal.up.parts import Program
from portal.up.watch import GaveUp, Watch

pytestmark = pytest.mark.slow

# A part that starts something of its own, as the runner does, and says who it is.
PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(1000)"])
with open(sys.argv[1], "a") as file:
    print(os.getpid(), child.pid, file=file, flush=True)
time.sleep(1000)
"""
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN){PARENT}"
BROKEN = """
import sys
with open(sys.argv[1], "a") as file:
    print("start", file=file, flush=True)
print('rad ett')
print('rad två', file=sys.stderr)
sys.exit(3)
"""


class Heard:
    """A screen that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.is_ready = False

    def tell(self, line: str) -> None:
        self.lines.append(line)

    def wait_for(self, names: list[str]) -> None:
        pass

    def announce(self) -> None:
        self.is_ready = True


class Running:
    """An engine under watch in a thread, as `agenda up` has it under watch."""

    def __init__(self, var: Path, parts: list[Program]) -> None:
        self.screen = Heard()
        self.gave_up: GaveUp | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(var, parts))

    def _run(self, var: Path, parts: list[Program]) -> None:
        try:
            with claimed_folder(var), an_engine(var, parts) as engine:
                Watch(engine, parts, screen=self.screen).until_stopped(self._stop)
        except GaveUp as gave_up:
            self.gave_up = gave_up

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def part(key: str, name: str, code: str, file: Path) -> Program:
    """A part that runs some code, which is told the file to write its process numbers to."""
    script = file.with_suffix(".py")
    script.write_text(code)
    return Program(key, name, [sys.executable, "-S", str(script), str(file)], stop_seconds=1)


def an_engine(var: Path, parts: list[Program]) -> Engine:
    script = [sys.executable, "-I", "-S", str(lifeline.__file__), str(lock_path(var))]
    waiting = Program("lifeline", "", script, stop_seconds=1)
    return Engine(parts, lifeline=waiting, var=var, environment=dict(os.environ))


def started(file: Path) -> list[int]:
    """The process numbers that a part has written: its own and its child's, each start."""
    return [int(word) for word in file.read_text().split()] if file.exists() else []


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    # A zombie has ended; whoever inherited it has only not looked yet.
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_parts_are_announced_once_they_run_and_leave_nothing_behind(
    tmp_path: Path, wait_until: Any
) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    parts = [part(file.name, f"Del {file.name}", PARENT, file) for file in files]
    with Running(tmp_path / "var", parts) as running:
        wait_until(lambda: running.screen.is_ready, what="all parts run")
        wait_until(lambda: all(len(started(file)) == 2 for file in files), what="all children")
        pids = [pid for file in files for pid in started(file)]
        assert [is_alive(pid) for pid in pids] == [True] * 4
    assert running.screen.lines == ["Del a är igång.", "Del b är igång."]
    wait_until(lambda: not any(map(is_alive, pids)), what="the end of all")


def test_a_part_that_will_not_end_is_made_to(tmp_path: Path, wait_until: Any) -> None:
    file = tmp_path / "a"
    with Running(tmp_path / "var", [part("a", "Del a", STUBBORN, file)]):
        wait_until(lambda: len(started(file)) == 2, what="the part and its child")
        pids = started(file)
    wait_until(lambda: not any(map(is_alive, pids)), what="the end of both")


def test_a_part_that_dies_is_restarted_and_what_it_had_started_ends(
    tmp_path: Path, wait_until: Any
) -> None:
    file = tmp_path / "a"
    with Running(tmp_path / "var", [part("a", "Del a", PARENT, file)]) as running:
        wait_until(lambda: running.screen.is_ready and len(started(file)) == 2, what="a start")
        first, child = started(file)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: len(started(file)) == 4, what="a second start")
        wait_until(lambda: not is_alive(child), what="the first child's end")
        wait_until(lambda: len(running.screen.lines) == 3, what="the news")
    assert running.screen.lines == [
        "Del a är igång.",
        "Del a stannade oväntat och startas om.",
        "Del a är igång.",
    ]


def test_a_part_that_keeps_dying_is_started_for_ever_and_the_others_go_on(
    tmp_path: Path, wait_until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "START_TRIES", 1)
    monkeypatch.setattr(watch, "DEATHS", 2)
    good, bad = tmp_path / "a", tmp_path / "b"
    parts = [part("a", "Del a", PARENT, good), part("b", "Del b", BROKEN, bad)]
    with Running(tmp_path / "var", parts) as running:
        # More starts than supervisord makes of itself.
        wait_until(lambda: bad.exists() and bad.read_text().count("start") >= 4, what="the starts")
        wait_until(lambda: len(running.screen.lines) >= 5, what="the news")
        assert all(map(is_alive, started(good)))
    assert running.gave_up is None
    told = [line for line in running.screen.lines if not line.endswith(" är igång.")]
    assert told[:2] == [
        "Del b stannade oväntat och startas om.",
        "Del b stannar gång på gång. Det övriga går vidare, och nya försök görs med allt längre "
        "pauser. De sista raderna ur loggen:",
    ]
    assert set(told[2:]) == {"  rad ett", "  rad två"}


def test_when_the_supervisor_itself_is_killed_the_parts_end(
    tmp_path: Path, wait_until: Any
) -> None:
    file, var = tmp_path / "a", tmp_path / "var"
    with Running(var, [part("a", "Del a", PARENT, file)]) as running:
        wait_until(lambda: running.screen.is_ready and len(started(file)) == 2, what="a start")
        os.kill(int((var / "supervisord.pid").read_text()), signal.SIGKILL)
        wait_until(lambda: running.gave_up is not None, what="giving up")
    assert str(running.gave_up) == "Övervakningen (supervisord) har avslutats oväntat."
    wait_until(lambda: not any(map(is_alive, started(file))), what="the end of both")


def test_when_agenda_up_itself_is_killed_the_parts_end(tmp_path: Path, wait_until: Any) -> None:
    file, var = tmp_path / "a", tmp_path / "var"
    code = f"""
import os, signal, sys
from pathlib import Path
from portal.up import lifeline
from portal.up.checks import claimed_folder, lock_path
from portal.up.engine import Engine
from portal.up.parts import Program
var = Path({str(var)!r})
line = Program("lifeline", "", [sys.executable, "-S", lifeline.__file__, str(lock_path(var))], 1)
parts = [Program("a", "Del a", {part("a", "", PARENT, file).command!r}, 1)]
with claimed_folder(var), Engine(parts, lifeline=line, var=var, environment=dict(os.environ)):
    signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", code]) as up:
        wait_until(lambda: len(started(file)) == 2, what="a start")
        supervisor = int((var / "supervisord.pid").read_text())
        up.kill()
    pids = [supervisor, *started(file)]
    wait_until(lambda: not any(map(is_alive, pids)), what="the end of all")
    with claimed_folder(var):
        assert started(file) == pids[1:]


def test_a_folder_with_a_long_name_of_several_words_is_no_hindrance(
    tmp_path: Path, wait_until: Any
) -> None:
    file = tmp_path / "a"
    var = tmp_path / "vår mapp 'var'" / ("x" * 90) / "var"
    with Running(var, [part("a", "Del a", PARENT, file)]) as running:
        wait_until(lambda: running.screen.is_ready and len(started(file)) == 2, what="a start")
    wait_until(lambda: not any(map(is_alive, started(file))), what="the end of both")


def test_a_socket_that_nobody_listens_at_yet_is_waited_for(
    tmp_path: Path, wait_until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after everything was killed: the file is there, and supervisord is not up."""
    file, var = tmp_path / "a", tmp_path / "var"
    (var / "log").mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(engine_module._socket_path(var)))
    part_a = part("a", "Del a", PARENT, file)
    with an_engine(var, [part_a]) as engine:
        # Looked at again and again from the first instant on.
        wait_until(lambda: "a" in engine.look(), what="the supervisor")
        wait_until(lambda: len(started(file)) == 2, what="a start")
    wait_until(lambda: not any(map(is_alive, started(file))), what="the end of both")


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 500 Oops\r\n\r\n", b"junk\r\n\r\n"]
)
def test_a_supervisor_that_answers_nothing_usable_is_asked_again(
    tmp_path: Path, answer: bytes
) -> None:
    place = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place)
        listener.listen()
        thread = threading.Thread(target=lambda: [hang_up(listener, answer) for _ in range(2)])
        thread.start()
        engine = an_engine(tmp_path, [])
        engine._supervisord = subprocess.Popen(["sleep", "1000"])
        engine._connect(place)
        assert [engine.look(), engine.look()] == [{}, {}]
        engine._supervisord.kill()
        engine._supervisord.wait()
        thread.join()


def hang_up(listener: socket.socket, answer: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(answer)
