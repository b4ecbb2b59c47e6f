"""Whose answer a page is about, to what; and where it is read."""

from typing import NamedTuple

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.models import Activity, Invitation, Organisation
from agenda.rounds.finding import find_invitation
from agenda.storage.store import reading
from agenda.words.errors import NotFound
from portal.desk.cookies import HOME
from portal.desk.visits import NotYours, RoundVisit

ONE_ANSWER = f"{HOME}/{{round_id:int}}/svar/{{key}}/{{organisation}}"
"""The address of one organisation's answer to one activity."""


class Whose(NamedTuple):
    """Whose answer it is, to what."""

    invitation: Invitation
    row: Activity
    organisation: Organisation

    def read_at(self, here: RoundVisit) -> str:
        """The address at which the answer is read, within the portal."""
        return f"{here.home}/svar/{self.row.key}/{self.organisation.key}"

    def done(self, here: RoundVisit, what: str) -> Response:
        """Back to the answer, which says what has been done."""
        return RedirectResponse(f"{self.read_at(here)}?gjort={what}", status_code=303)


def whose_in(session: Session, here: RoundVisit, key: str, organisation: str) -> Whose:
    """Whose answer it is.

    Raises:
        NotYours: there is no such activity or organisation, or it is not asked.
    """
    try:
        return Whose(
            *find_invitation(
                session, here.round, organisation=organisation, activity=key, locks=False
            )
        )
    except NotFound:
        raise NotYours(here) from None


def whose_is(here: RoundVisit, key: str, organisation: str) -> Whose:
    """The same, for who has no session open; raises as `whose_in`."""
    with reading(here.engine) as session:
        return whose_in(session, here, key, organisation)
