"""A portal to be fuzzed: the example round in one of its states, and what no answer may hold."""

import io
import logging
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from limits import RateLimitItemPerSecond
from sqlmodel import Session, col, select

from agenda.attachments import checked_file
from agenda.calendar.feeds import subscribe
from agenda.clock import utc_now
from agenda.installation.example import start_example_round
from agenda.installation.settings import Settings
from agenda.kinds.base import BALLOT_OPENED
from agenda.links.links import open_links, renew, revoke
from agenda.links.personal import invite_colleague, organisation_link
from agenda.models import DraftOrigin, Message, MessageState, Purpose
from agenda.people.coordinators import coordinators_at_work
from agenda.people.sessions import begin
from agenda.people.signing_in import let_in_anywhere
from agenda.plan.reading import bundled_plan, read_plan
from agenda.register import By
from agenda.rounds.files import attach_file
from agenda.rounds.finding import find_activity
from agenda.rounds.plan_drafts import begin_draft
from agenda.rounds.round import close_round, find_round
from agenda.storage.store import transaction
from agenda.workdays import swedish_date
from flows.rest import schedules
from notifications.incoming.folder import MailFolder
from notifications.incoming.looking import look
from notifications.office import Office
from portal.app import create_app
from portal.desk.cookies import DeskCookie
from portal.door.headers import HEADERS
from portal.door.protection import LIMITS, Gates
from portal.logs import JsonLines
from tests.described_routes import Description, Route, described, routes_of
from tests.door import PDF, Door, a_proposal

STATES = ("open", "ballot open", "late", "locked", "ended", "no round")
WHO = "Asta Samordnare"
A_BALLOT = {"prioritering__kultur": "10"}
NUMBERS = [1, 2, 0, -1, 2**31, -(10**30)]
A_MAIL = (
    b"From: a@x.example\r\nTo: b@x.example\r\nSubject: Prov\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej\r\n"
    b"--x\r\nContent-Type: text/html\r\n\r\n<html lang='sv'><p>Hej</p></html>\r\n"
    b"--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n"
    b"=1\r\n--x--\r\n"
)


@dataclass
class FuzzedPortal:
    """A portal in any of its states, its secrets, and a look at everything it says."""

    client: TestClient
    settings: Settings
    said: io.StringIO
    """Its log, as it is written in production."""
    tokens: list[str] = field(default_factory=list)
    others: dict[str, list[Any]] = field(default_factory=dict)
    """What the other parameters of its paths can be."""
    pages: list[tuple[str, str]] = field(default_factory=list)
    """Addresses, and what was got there."""
    addresses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By a path as described, addresses where something is found or a form is posted."""
    description: Description = field(init=False)
    now: datetime = field(default_factory=utc_now)
    _under_trial: tuple[str, str] = ("", "")

    @property
    def app(self) -> FastAPI:
        found: Any = self.client.app
        return found

    @property
    def file(self) -> Path:
        return self.settings.var / "agenda.db"

    @property
    def known(self) -> dict[str, list[Any]]:
        """By a path's parameter, what it can be."""
        return {"token": [*self.tokens, "gissning", "ny-lank"], **self.others}

    def proof(self, address: str) -> str:
        """What a form that is posted to an address proves itself with."""
        proofs = self.description.proofs
        return proofs.get(address, proofs["/svar/ny-lank"])

    def addresses_of(self, route: Route) -> list[str]:
        """Addresses that a route answers at: every token, and some of all else."""
        names = [name for name in self.known if f"{{{name}}}" in route.path]
        values_of = (self.known[name][: None if name == "token" else 2] for name in names)
        return [
            route.path.format(**dict(zip(names, values, strict=True)))
            for values in product(*values_of)
        ]

    def keep(self, state: str) -> None:
        """Remember how everything is now as a state."""
        copy(self.file, self.settings.var / f"{state}.db")

    def begin(self, state: str, operation: str = "") -> None:
        """Let every operation start from the same round, whatever the one before it did."""
        if (state, operation) != self._under_trial:
            self._under_trial = (state, operation)
            copy(self.settings.var / f"{state}.db", self.file)

    def look_around(self) -> None:
        """Open every page there is; what is on it can be posted."""
        for route in routes_of(self.app):
            for address in self.addresses_of(route) if "GET" in route.methods else ():
                answer = self.send("GET", address)
                if answer.status_code < 400:
                    self.addresses[route.path].append(address)
                if answer.status_code == 200 and "<form" in answer.text:
                    self.pages.append((address, answer.text))
        self.description = described(self.app, known=self.known, pages=self.pages)
        for route in routes_of(self.app):
            posted = filter(route.pattern.fullmatch, self.description.proofs)
            self.addresses[route.path] += posted

    def send(self, method: str, address: str, **more: Any) -> httpx.Response:
        """Ask, and hold the answer against what every answer must be."""
        self.said.seek(0)
        self.said.truncate()
        answer: Any = self.client.request(method, address, **more)
        path = address.removeprefix(self.settings.portal_url)
        self._check(answer, f"{method} {path}")
        return answer

    def _check(self, answer: httpx.Response, asked: str) -> None:
        is_unwell = asked.endswith("/halsa") and answer.status_code == 503
        assert answer.status_code < 500 or is_unwell, (asked, answer.status_code, answer.text)
        assert set(HEADERS) <= {name.title() for name in answer.headers} | set(answer.headers)
        told = answer.text + repr(answer.headers.multi_items())
        for secret in self.tokens:
            assert secret in asked or secret not in told, f"{asked} tells a secret"
            assert secret not in self.said.getvalue(), f"{asked} logs a secret"
        assert not any(word in told for word in ("Traceback", "sqlalchemy", ".py")), asked
        if answer.text and answer.headers.get("content-type", "").startswith("text/html"):
            assert re.search("<html lang=['\"](sv|en)['\"]>", told), asked


def fuzzed_portal(*, folder: Path, template: Path, ports: list[int]) -> Iterator[FuzzedPortal]:
    """A portal on a database of its own, which can be brought into each state."""
    mailbox_port, prefect_port = ports
    settings = Settings(
        _env_file=None, var=folder, mailbox_port=mailbox_port, prefect_port=prefect_port
    )
    with pytest.MonkeyPatch.context() as patch, _listening() as said:
        patch.setattr(schedules, "trigger", lambda *_, **__: True)
        copy(template, folder / "agenda.db")
        app = create_app(settings)
        app.state.gates = Gates({name: RateLimitItemPerSecond(10**6) for name in LIMITS}, of_all={})
        with TestClient(
            app,
            base_url=settings.portal_url,
            follow_redirects=False,
            raise_server_exceptions=False,
            headers={"Origin": settings.portal_url},
        ) as client:
            portal = FuzzedPortal(client, settings, said)
            _furnish(portal)
            yield portal


def copy(source: Path, target: Path) -> None:
    """Copy a database under the feet of whoever has it open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    """Everything that is logged, by anybody, as the portal's log would have it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.setLevel(level)
    root.removeHandler(handler)


def _furnish(portal: FuzzedPortal) -> None:
    """Put mails in the mailbox and a round in the portal, and see what can be posted."""
    mailbox = portal.app.state.mailbox
    sender, recipients = "a@x.example", ["b@x.example"]
    name = mailbox.keep(A_MAIL, sender=sender, recipients=recipients, received_at=portal.now)
    portal.others = {
        "name": [name, "..", "20200101T000000000000-00000000"],
        "place": [1, 2, 0, -1, 10**30],
        "path": ["style.css", "reply.js", "..%2fapp.py", "%00", "x" * 300],
        "page": ["v2/runs", "%2f%2fevil.example", "..%2f", "%00", "x" * 300],
        "number": NUMBERS,
        "round_id": NUMBERS,
        "draft": NUMBERS,
        "key": ["inspel", "bracke", "workshop", "x", "%00", "å" * 300],
        "organisation": ["bracke", "krokom", "x", "..%2f"],
        "which": NUMBERS,
        "what": ["flytta", "skicka", "anstand", "las", "klar", "x"],
    }
    portal.keep("no round")
    _start_round(portal)
    portal.look_around()
    portal.keep("ballot open")
    door = Door(portal.client, portal.app.state.engine, portal.settings, portal.now)
    door.change("workshop", since={})
    portal.keep("open")
    door.change(due_on=swedish_date(portal.now) - timedelta(days=1))
    portal.keep("late")
    door.change(locked_at=portal.now)
    portal.keep("locked")
    with transaction(door.engine) as session:
        close_round(session, find_round(session, None), by=By.person(WHO, portal.now))
    portal.keep("ended")


def _start_round(portal: FuzzedPortal) -> None:
    """A round with an answer, drafts, files, a ballot, links of every kind and two requests."""
    engine = portal.app.state.engine
    with transaction(engine) as session:
        start_example_round(session, now=portal.now)
    door = Door(portal.client, engine, portal.settings, portal.now)
    home, workshop = door.link(), door.link("bracke", "workshop")
    door.change("workshop", since={BALLOT_OPENED: portal.now})
    for address, filled in ((home, a_proposal()), (f"{workshop}/rostsedel", A_BALLOT)):
        door.send(address, **filled)
    written = [*door.form(home).with_(fragor__0__titel="Nytt"), ("_granska", "1")]
    door.post(home, written, files=[("bilagor", ("a.pdf", PDF))])
    door.save(f"{workshop}/rostsedel", "_granska", prioritering__kultur="3")
    # What is posted a second time meets what the first time saved; and comes from elsewhere.
    portal.pages.append((home, door.post(home, door.form(home).with_(_revision="1")).text))
    portal.pages.append((home, door.post(home, written, headers={"Origin": "null"}).text))
    asking = door.form(f"{door.link('ragunda')}/anstand")
    later = swedish_date(portal.now) + timedelta(days=60)
    door.post(asking.action, asking.with_(dag=str(later), skal="Nämnden möts senare."))
    portal.tokens = [address.rpartition("/")[2] for address in (home, workshop)]
    with transaction(engine) as session:
        portal.tokens += _other_tokens(session, door)
        person = coordinators_at_work(session)[0]
        portal.tokens.append(let_in_anywhere(session, person, now=portal.now))
        portal.tokens.append(begin(session, person, now=portal.now))
        begin_draft(
            session,
            read_plan(bundled_plan()),
            origin=DraftOrigin.BUNDLED,
            whose=person,
            by=By.person(WHO, portal.now),
        )
    # From here on whoever asks is signed in to the desk too.
    portal.client.cookies.set(DeskCookie.SIGNED_IN.value, portal.tokens[-1])
    _open_what_is_asked_for(portal)


def _open_what_is_asked_for(portal: FuzzedPortal) -> None:
    """The desk's forms that are there for something: a step, or a letter that was given up."""
    with transaction(portal.app.state.engine) as session:
        message = session.scalars(select(Message).order_by(col(Message.id))).first()
        message.state = MessageState.FAILED
        number = message.id
    box = MailFolder(portal.settings.var / "inkommande")
    (portal.settings.var / "inkommande").mkdir()
    (portal.settings.var / "inkommande" / "a.eml").write_bytes(A_MAIL)
    aside = A_MAIL.replace(b"Subject: Prov", b"Subject: Borta\r\nAuto-Submitted: auto-replied")
    (portal.settings.var / "inkommande" / "b.eml").write_bytes(aside)
    look(portal.app.state.engine, Office.of(portal.settings), box, now=utc_now())
    steps = ("hall", "slapp", "skicka", "ord", "standardtext")
    for address in (*(f"harnast/{one}" for one in steps), f"utskick/{number}"):
        asked = f"/samordna/1/{address}?aktivitet=inspel&steg=reminder-5&vem=bracke"
        portal.pages.append((f"/samordna/1/{address}", portal.client.get(asked).text))


def _other_tokens(session: Session, door: Door) -> list[str]:
    """Tokens of the other kinds: a colleague's, one to a decision, former and closed ones."""
    keyring, now = Office.of(door.settings).keyring, door.now
    known = find_round(session, None)
    inspel = find_activity(session, known, "inspel")
    attach_file(
        session, inspel, checked_file("utkast.pdf", PDF), content=PDF, by=By.person(WHO, now)
    )
    own, renewed, closed = (
        organisation_link(session, door.invitation(session, key, "inspel"), keyring, now=now)
        for key in ("bracke", "krokom", "berg")
    )
    colleague = invite_colleague(
        session, own, keyring, name="Åsa", address="asa@bracke.example", now=now
    )
    found = [keyring.token(link) for link in (renewed, closed, colleague)]
    renew(session, renewed, keyring, by=By.person(WHO, now))
    revoke(session, closed, by=By.person(WHO, now))
    found += [keyring.token(link) for link in open_links(session, Purpose.DECISION)]
    feeds = [subscribe(session, known, keyring, by=By.person(WHO, now)) for _ in range(2)]
    found += [keyring.token(feed) for feed in feeds]
    revoke(session, feeds[1], by=By.person(WHO, now))
    return found
