"""Who comes to the desk: somebody signed in, and the round they may see. All others are refused."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from agenda.clock import utc_now
from agenda.models import Coordinator, DeskRole, DeskSession, Round, identity
from agenda.people import sessions
from agenda.people.roles import RoundOfMine, round_of, rounds_of
from agenda.register import By
from agenda.storage.store import reading, transaction
from agenda.words.addresses import shown_address
from agenda.words.errors import AgendaError
from portal.desk.cookies import HOME, DeskCookie, kept
from portal.desk.words import speaker
from portal.door.moments import brief
from portal.door.posting import TOKEN_FIELD, Posted
from portal.door.visits import Caller, client_of, gates, proof_of, read_form
from portal.door.voice import language_of, show
from portal.door.words import Say

ROOM = "desk"
READS = frozenset({"GET", "HEAD"})
PAGES = {
    "standing": "",
    "plan": "/plan",
    "answers": "/svar",
    "upcoming": "/harnast",
    "incoming": "/inkommande",
    "organisations": "/organisationer",
    "messages": "/utskick",
    "register": "/diariet",
    "people": "/personer",
}
"""The pages about a round: what each is called in the sentences, and where it is."""


class NotSignedIn(Exception):
    """Nobody is signed in in this browser, or no longer."""


class RefusedBecause(StrEnum):
    """Why somebody who is signed in is refused; the name of what the page says."""

    NOT_THERE = "not_yours"
    """It is not there, or is not theirs to know of: which of the two is not said."""
    READS = "reader"
    NO_DASHBOARD = "no_dashboard"


class NotYours(Exception):
    """Somebody who is signed in may not see, or not do, what they asked for."""

    def __init__(self, here: "DeskVisit", why: RefusedBecause = RefusedBecause.NOT_THERE) -> None:
        super().__init__("not theirs")
        self.here = here
        self.why = why


class NotFresh(Exception):
    """What cannot be undone is done by who has shown just now who they are."""

    def __init__(self, here: "DeskVisit") -> None:
        super().__init__("signed in too long ago")
        self.here = here


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVisit(Caller):
    """Somebody who is signed in."""

    signed_in: DeskSession
    person: Coordinator
    rounds: tuple[RoundOfMine, ...]
    """The rounds they may see."""

    @property
    def by(self) -> By:
        """Who acts, and when."""
        return By.person(self.person.name, self.now, identity=self.person.id)

    @property
    def form_token(self) -> str:
        """What proves that a form was on a page of this very session."""
        return proof_of(self.settings, f"desk:{self.signed_in.token_hash}")

    def say(self, key: str, **terms: Any) -> str:
        """A sentence in the page's language."""
        return speaker(self.language)(key, **terms)

    def mended(self, error: AgendaError) -> str:
        """What is wrong, and how it is mended here."""
        why = error.said_in(self.language)
        return f"{why} {self.say(f'remedy_{error.remedy}')}" if error.remedy else why

    def with_(self, **changes: str) -> str:
        """The address of this page with some of what is chosen changed; empty leaves it out."""
        chosen = {**self.request.query_params, **changes}
        query = urlencode({name: text for name, text in chosen.items() if text and name != "lang"})
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    def refuse_unless_fresh(self) -> None:
        """See that they have shown lately who they are.

        Raises:
            NotFresh: they have not.
        """
        if not sessions.is_fresh(self.signed_in, now=self.now):
            raise NotFresh(self)

    def show(
        self, template: str, *, room: str = ROOM, speak: Say | None = None, **values: Any
    ) -> Response:
        """A page of the desk, or of a room of its own on it."""
        other = "en" if self.language == "sv" else "sv"
        return show(
            self.request,
            template,
            language=self.language,
            room=room,
            say=speak or speaker(self.language),
            here=self,
            desk=HOME,
            in_other_language=f"{self.with_()}{'&' if '?' in self.with_() else '?'}lang={other}",
            form_token=self.form_token,
            token_field=TOKEN_FIELD,
            shown=shown_address,
            short=lambda on: brief(on, self.language, now=self.now),
            **values,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundVisit(DeskVisit):
    """Somebody who is signed in, and a round they may see."""

    round: Round
    role: DeskRole

    @property
    def home(self) -> str:
        """The address of the round's first page, within the portal."""
        return f"{HOME}/{self.round.id}"

    @property
    def may_act(self) -> bool:
        """Whether they may do something in it."""
        return self.role is DeskRole.COORDINATOR and self.round.closed_at is None

    @property
    def sees_runs(self) -> bool:
        """Whether the round's runs in Prefect can be opened where they read this."""
        return self.may_act and self.settings.shows_dashboard

    def show(self, template: str, **values: Any) -> Response:
        """A page about the round."""
        pages = [(name, f"{self.home}{path}") for name, path in PAGES.items()]
        return DeskVisit.show(
            self, template, round=self.round, home=self.home, pages=pages, **values
        )


def at_desk(request: Request) -> DeskVisit:
    """Whoever is signed in.

    Raises:
        NotSignedIn: nobody is.
        TooOften: there have been too many visits from there.
    """
    gates(request).enter("address", client_of(request))
    token, engine, now = kept(request, DeskCookie.SIGNED_IN), request.app.state.engine, utc_now()
    if not token:
        raise NotSignedIn
    with reading(engine) as session:
        found = sessions.find(session, token, now=now)
        rounds = tuple(rounds_of(session, identity(found[1]))) if found else ()
    if found is None:
        gates(request).enter("wrong link", client_of(request))
        raise NotSignedIn
    signed_in, person = found
    gates(request).enter("link", f"desk {signed_in.id}")
    if now - signed_in.seen_at > sessions.SEEN_EVERY:
        with transaction(engine) as session:
            sessions.note_seen(session, identity(signed_in), now=now)
    return DeskVisit(
        request=request,
        settings=request.app.state.settings,
        engine=engine,
        token=token,
        language=language_of(request),
        now=now,
        signed_in=signed_in,
        person=person,
        rounds=rounds,
    )


AtDesk = Annotated[DeskVisit, Depends(at_desk)]


def _in_round(here: AtDesk, round_id: int) -> RoundVisit:
    """Whoever may see a round; to look, or where they coordinate it to act.

    Raises:
        NotYours: they may not, or there is no such round: which of the two is not said.
    """
    with reading(here.engine) as session:
        mine = round_of(session, identity(here.person), round_id)
    if mine is None:
        raise NotYours(here)
    if here.request.method not in READS and mine.role is not DeskRole.COORDINATOR:
        raise NotYours(here, RefusedBecause.READS)
    fields = {name: getattr(here, name) for name in _FIELDS}
    return RoundVisit(**fields, round=mine.round, role=mine.role)


_FIELDS = (
    "request",
    "settings",
    "engine",
    "token",
    "language",
    "now",
    "signed_in",
    "person",
    "rounds",
)
InRound = Annotated[RoundVisit, Depends(_in_round)]


async def _posted(request: Request, here: AtDesk) -> AsyncIterator[Posted]:
    gates(request).enter("link written", f"desk {here.signed_in.id}")
    async with read_form(request, token=here.form_token, language=here.language) as posted:
        yield posted


Filled = Annotated[Posted, Depends(_posted)]
