"""Who comes to decide: a token looked up, its request for more time, and what was posted."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.links.decisions import signature
from agenda.links.links import find
from agenda.models import Link, Purpose
from agenda.people.coordinators import coordinator_called
from agenda.register import By
from agenda.replies.extension_cases import Case, case_of
from portal.deciding.words import speaker
from portal.door.following import Follower
from portal.door.posting import TOKEN_FIELD, Posted
from portal.door.refusals import NotOpened
from portal.door.visits import Caller, gates, look_up, proof_of, read_form
from portal.door.voice import language_of, show

ROOM = "deciding"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionVisit(Caller):
    """Somebody with a link that opens the decision on a request for more time."""

    link: Link

    @property
    def home(self) -> str:
        """The address of the page, within the portal."""
        return f"/anstand/{self.token}"

    @property
    def who(self) -> str:
        """Who decides, as it is shown."""
        return signature(self.link)

    def by(self, session: Session) -> By:
        """Who decides, and when."""
        coordinator = coordinator_called(session, self.link.name, self.link.address)
        return By.person(self.who, self.now, identity=coordinator)

    @property
    def form_token(self) -> str:
        """What proves that a form was on a page that this link opened."""
        return proof_of(self.settings, f"extension:{self.link.uid}")

    def say(self, key: str, **terms: Any) -> str:
        """A sentence in the page's language."""
        return speaker(self.language)(key, **terms)

    def case(self, session: Session) -> Case:
        """The request, and what there is to know before it is decided."""
        return case_of(session, self.link.extension_request_id, now=self.now)

    def follow(self, case: Case) -> None:
        """Have the activity's run asked for, and a new last day planned for."""
        follower: Follower = self.request.app.state.follower
        name, is_granted = case.reply.organisation.name, bool(case.asked.is_granted)
        why = f"anstånd för {name}" if is_granted else f"anstånd avslaget för {name}"
        follower.follow(case.reply.row, case.reply.round, why=why, has_new_day=is_granted)

    def show(self, template: str, **values: Any) -> Response:
        """A page about the request."""
        return show(
            self.request,
            template,
            language=self.language,
            room=ROOM,
            say=speaker(self.language),
            home=self.home,
            form_token=self.form_token,
            token_field=TOKEN_FIELD,
            **values,
        )


def _visit(request: Request, token: str) -> DecisionVisit:
    found = look_up(request, lambda session: find(session, Purpose.DECISION, token))
    language = language_of(request)
    if found is None:
        raise NotOpened("unknown", language=language, room=ROOM, say=speaker(language))
    gates(request).enter("link", _counted(found.link))
    if not found.is_open:
        raise NotOpened("revoked", language=language, room=ROOM, say=speaker(language))
    return DecisionVisit(
        request=request,
        settings=request.app.state.settings,
        engine=request.app.state.engine,
        token=token,
        language=language,
        now=utc_now(),
        link=found.link,
    )


Here = Annotated[DecisionVisit, Depends(_visit)]


async def _posted(request: Request, here: Here) -> AsyncIterator[Posted]:
    gates(request).enter("link written", _counted(here.link))
    async with read_form(request, token=here.form_token, language=here.language) as posted:
        yield posted


Written = Annotated[Posted, Depends(_posted)]


def _counted(link: Link) -> str:
    """By what name a link is counted, beside the links to replies."""
    return f"extension {link.id}"
