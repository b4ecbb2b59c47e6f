"""`make check` says what is vulnerable, what was not looked at, and when nobody could be asked."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.audit import ACCEPTED, CONTROL, accepted_in, audited

pytestmark = pytest.mark.slow

LOCK = """\
lock-version = "1.0"
[[packages]]
name = "sprucken"
version = "1.2.0"
[[packages]]
name = "hel"
version = "3.0"
"""
Answer = tuple[int, dict | str]


def advisory(name: str, id_: str, *, fixed: str | None = None) -> dict:
    """An advisory as OSV describes it (ossf.github.io/osv-schema)."""
    events = [{"introduced": "0"}, *([{"fixed": fixed}] if fixed else [])]
    package = {"name": name, "ecosystem": "PyPI"}
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    return {
        "id": id_,
        "aliases": [f"CVE-of-{id_}"],
        "summary": "It is broken.",
        "affected": [{"package": package, "ranges": ranges}],
    }


class Advisories(ThreadingHTTPServer):
    """An advisory service on loopback that knows what a test has told it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.known: dict[str, Answer] = {CONTROL[0]: (200, {"vulns": [advisory(*CONTROL)]})}

    @property
    def service(self) -> tuple[str, ...]:
        """How pip-audit is told to ask it."""
        address = f"http://127.0.0.1:{self.server_port}/v1/query"
        return ("--vulnerability-service", "osv", "--osv-url", address)


class _Asked(BaseHTTPRequestHandler):
    server: Advisories

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, told = self.server.known.get(asked["package"]["name"], (200, {}))
        content = (told if isinstance(told, str) else json.dumps(told)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def advisories() -> Iterator[Advisories]:
    with Advisories() as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server
        server.shutdown()
        serving.join()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "pylock.toml"
    file.write_text(LOCK)
    return file


def test_a_vulnerable_package_fails_with_its_name_the_advisory_and_the_fix(
    advisories: Advisories, lock: Path
) -> None:
    advisories.known["sprucken"] = (200, {"vulns": [advisory("sprucken", "A-1", fixed="1.2.1")]})
    verdict = audited(lock, {}, services=[advisories.service])
    assert not verdict.passes
    assert verdict.lines == (
        "vulnerable: sprucken 1.2.0: CVE-of-A-1 (A-1), fixed in 1.2.1",
        "2 of 2 locked packages audited",
    )


def test_packages_without_advisories_pass_and_are_counted(
    advisories: Advisories, lock: Path
) -> None:
    verdict = audited(lock, {}, services=[advisories.service])
    assert (verdict.passes, verdict.lines) == (True, ("2 of 2 locked packages audited",))


def test_accepted_advisories_pass_by_id_or_alias_and_those_that_are_gone_are_named(
    advisories: Advisories, lock: Path
) -> None:
    advisories.known["sprucken"] = (200, {"vulns": [advisory("sprucken", "A-1")]})
    advisories.known["hel"] = (200, {"vulns": [advisory("hel", "A-2")]})
    accepted = {"A-1": "never called", "CVE-of-A-2": "waits for 3.1", "A-3": "never called"}
    verdict = audited(lock, accepted, services=[advisories.service])
    assert verdict.passes
    assert verdict.lines == (
        "accepted: A-1 (never called)",
        "accepted: CVE-of-A-2 (waits for 3.1)",
        "accepted but no longer found: A-3",
        "2 of 2 locked packages audited",
    )


def test_a_package_that_was_left_out_fails(advisories: Advisories, lock: Path) -> None:
    lock.write_text(LOCK + '[[packages]]\nname = "lokal"\ndirectory = { path = "." }\n')
    verdict = audited(lock, {}, services=[advisories.service])
    assert not verdict.passes
    assert verdict.lines == ("not audited: lokal ", "2 of 3 locked packages audited")


def test_a_service_that_breaks_off_fails(advisories: Advisories, lock: Path) -> None:
    advisories.known["hel"] = (500, "")
    verdict = audited(lock, {}, services=[advisories.service])
    assert (verdict.passes, verdict.lines[0].startswith("The audit broke off: ")) == (False, True)


@pytest.mark.parametrize(
    "make_deaf",
    [
        lambda known: known.clear(),
        lambda known: known.update({CONTROL[0]: (404, "")}),
        lambda known: known.update({CONTROL[0]: (200, "<html>Sign in to the network</html>")}),
    ],
)
def test_one_that_answers_but_knows_nothing_is_no_audit_and_that_is_said_loudly(
    advisories: Advisories, lock: Path, make_deaf: Callable[[dict], None]
) -> None:
    make_deaf(advisories.known)
    verdict = audited(lock, {}, services=[advisories.service])
    assert verdict.passes
    assert "NOT AUDITED" in verdict.lines[0]
    assert "audited" not in verdict.lines[0].replace("NOT AUDITED", "")


def test_the_next_service_is_asked_when_one_is_away_and_with_none_left_that_is_said(
    advisories: Advisories, lock: Path
) -> None:
    deaf = (*advisories.service[:-1], "http://127.0.0.1:9/")
    verdict = audited(lock, {}, services=[deaf, advisories.service])
    assert verdict.lines == ("2 of 2 locked packages audited",)
    nobody = audited(lock, {}, services=[deaf])
    assert (nobody.passes, "NOT AUDITED" in nobody.lines[0]) == (True, True)


def test_what_is_accepted_has_a_reason(tmp_path: Path) -> None:
    assert isinstance(accepted_in(ACCEPTED), dict)
    file = tmp_path / "advisories.toml"
    file.write_text('[[accepted]]\nid = "A-1"\nreason = "No fix; never called."\n')
    assert accepted_in(file) == {"A-1": "No fix; never called."}
    file.write_text('[[accepted]]\nid = "A-1"\n')
    with pytest.raises(ValueError, match="A-1 is accepted without a reason"):
        accepted_in(file)
