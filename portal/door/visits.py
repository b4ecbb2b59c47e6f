"""Who comes through a door: counted, looked up by a token, and what they posted read."""

import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from fastapi import Request
from sqlalchemy import Engine
from sqlmodel import Session

from agenda.installation.settings import Settings
from agenda.links.keyring import derived_token
from agenda.storage.store import reading
from notifications.office import Office
from portal.door.posting import TOKEN_FIELD, Posted, open_form
from portal.door.protection import Gates, is_own_page
from portal.door.refusals import NotFromHere

Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody who has come through a door with a token."""

    request: Request
    settings: Settings
    engine: Engine
    token: str
    language: str
    now: datetime

    @property
    def office(self) -> Office:
        """The office that mails are sent from."""
        return Office.of(self.settings)


def client_of(request: Request) -> str:
    """Where somebody comes from; behind a trusted proxy, who the proxy says."""
    return request.client.host if request.client else "unknown"


def proof_of(settings: Settings, whose: str) -> str:
    """What proves that a form was on a page that somebody's link opened (ASVS 5.0: 3.5.1)."""
    return derived_token(Office.of(settings).keyring.key, f"csrf:{whose}")


def gates(request: Request) -> Gates:
    """The counters of this application."""
    found: Gates = request.app.state.gates
    return found


def look_up(request: Request, find: Callable[[Session], Opened | None]) -> Opened | None:
    """What somebody's token opens; who comes too often, or with wrong ones, is asked to wait.

    Raises:
        TooOften: there have been too many visits from there.
    """
    engine: Engine = request.app.state.engine
    gates(request).enter("address", client_of(request))
    with reading(engine) as session:
        found = find(session)
    if found is None:
        gates(request).enter("wrong link", client_of(request))
    return found


@asynccontextmanager
async def read_form(request: Request, *, token: str, language: str) -> AsyncIterator[Posted]:
    """What was posted, if it comes from a page of ours; its files close with the context.

    Raises:
        NotFromHere: it does not; holds what was written.
        TooMuchText: it is beyond any form of ours, or no form at all.
    """
    async with open_form(request, language=language) as posted:
        # For the page that says that the database was busy (portal.door.busy).
        request.state.posted, request.state.language = posted, language
        is_ours = hmac.compare_digest(posted.get(TOKEN_FIELD).encode(), token.encode())
        if not (is_ours and is_own_page(request, request.app.state.settings)):
            raise NotFromHere(posted, token=token, language=language)
        yield posted
