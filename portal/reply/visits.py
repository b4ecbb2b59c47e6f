"""Who comes through the door: a token looked up, its reply, and what was posted with it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlmodel import Session

from agenda.clock import utc_now
from agenda.forms.fields import Form
from agenda.installation.settings import Settings
from agenda.links.links import Found, find
from agenda.models import FormName, Link, Purpose, identity
from agenda.plan.form_defaults import ballot_of, form_of
from agenda.replies import Reply, organisation_language, reply_of
from portal.door.following import Follower
from portal.door.posting import TOKEN_FIELD, Posted
from portal.door.refusals import NotOpened
from portal.door.visits import Caller, gates, look_up, proof_of, read_form
from portal.door.voice import language_of, show
from portal.reply.words import speaker

ROOM = "reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyVisit(Caller):
    """Somebody with a link that opens a reply."""

    link: Link
    form: FormName
    """Which of the reply's forms: "reply" or "ballot"."""

    @property
    def home(self) -> str:
        """The address of the reply, within the portal."""
        return f"/svar/{self.token}"

    @property
    def base(self) -> str:
        """The address of the form that is filled in: the reply's own, or the ballot's."""
        return self.home if self.form == FormName.REPLY else f"{self.home}/rostsedel"

    @property
    def form_token(self) -> str:
        """What proves that a form was on a page that this link opened."""
        return form_token(self.settings, self.link)

    def say(self, key: str, **terms: Any) -> str:
        """A sentence in the page's language."""
        return speaker(self.language)(key, **terms)

    def reply(self, session: Session, *, form: FormName | None = None) -> Reply:
        """Everything about the reply."""
        return reply_of(session, self.link, now=self.now, form=form or self.form)

    def fields(self, reply: Reply) -> Form:
        """What is asked, with the plan's lists filled in."""
        chosen: Callable[..., Form] = form_of if self.form == FormName.REPLY else ballot_of
        return chosen(reply.activity, reply.head)

    def follow(self, reply: Reply) -> None:
        """Have the activity's run asked for, once what was answered is on record."""
        follower: Follower = self.request.app.state.follower
        why = f"svar från {reply.organisation.name}"
        follower.follow(reply.row, reply.round, why=why)

    def show(self, template: str, **values: Any) -> Response:
        """A page about the reply."""
        return show(
            self.request,
            template,
            language=self.language,
            room=ROOM,
            say=speaker(self.language),
            home=self.home,
            base=self.base,
            is_ballot=self.form == FormName.BALLOT,
            form_token=self.form_token,
            token_field=TOKEN_FIELD,
            now=self.now,
            **values,
        )


def form_token(settings: Settings, link: Link | None) -> str:
    """What proves that a form was on a page of ours: bound to a link, if there is one."""
    return proof_of(settings, f"{link.uid}:{link.generation}" if link else "ny-lank")


def _visit(request: Request, token: str) -> ReplyVisit:
    def found_with_language(session: Session) -> tuple[Found, str] | None:
        found = find(session, Purpose.REPLY, token)
        return (found, organisation_language(session, found.link)) if found else None

    opened = look_up(request, found_with_language)
    if opened is None:
        language = language_of(request)
        raise NotOpened("unknown", language=language, room=ROOM, say=speaker(language))
    found, usual = opened
    gates(request).enter("link", str(found.link.id))
    language = language_of(request, usual)
    if not found.is_open:
        why = "revoked" if found.link.revoked_at else "former"
        raise NotOpened(why, language=language, room=ROOM, say=speaker(language))
    is_ballot = request.scope["path"].startswith(f"/svar/{token}/rostsedel")
    form = FormName.BALLOT if is_ballot else FormName.REPLY
    return ReplyVisit(
        request=request,
        settings=request.app.state.settings,
        engine=request.app.state.engine,
        link=found.link,
        token=token,
        form=form,
        language=language,
        now=utc_now(),
    )


Here = Annotated[ReplyVisit, Depends(_visit)]


async def _posted(request: Request, here: Here) -> AsyncIterator[Posted]:
    gates(request).enter("link written", str(identity(here.link)))
    async with read_form(request, token=here.form_token, language=here.language) as posted:
        yield posted


Written = Annotated[Posted, Depends(_posted)]
