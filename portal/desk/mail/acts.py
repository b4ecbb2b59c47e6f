"""`/samordna/…/inkommande/<mejl>`: one mail, registered as an answer by one press, or set aside."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from agenda.forms.written import line_in
from agenda.models import Activity, AnswerKind, FormName, Organisation, identity
from agenda.replies.answers import LONGEST_REGISTRY_NO, newest_version
from agenda.rounds.finding import find_invitation
from agenda.storage.store import reading, transaction
from agenda.words.errors import AgendaError, BadInput, NotFound
from notifications.acts.incoming import register_reply, set_aside, take_back
from notifications.acts.trying import carry_through
from notifications.incoming.enclosed import EnclosedFile
from notifications.incoming.judging import Sort
from notifications.incoming.sentences import SENTENCES as OF_MAIL
from notifications.readings.answers import asked_answers, versions_of
from notifications.readings.contacts import organisations_of
from notifications.readings.incoming import OneMail, mail_at_desk, sender_in
from portal.desk.acts.two_step import follow
from portal.desk.answers.whose import Whose
from portal.desk.cookies import HOME
from portal.desk.mail.pages import coordinates, mail_of, what_it_is
from portal.desk.visits import Filled, InRound, RoundVisit

ORGANISATION, ACTIVITY, KIND, NUMBER = "organisation", "aktivitet", "slag", "diarienummer"
REPLACES = "ersatter"

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/inkommande/{{number:int}}")


@router.api_route("", methods=["GET", "HEAD"])
def mail(here: InRound, number: int) -> Response:
    """One mail as text, its files, and what is registered of it by one press."""
    found = mail_of(here, number)
    return _page(here, found, _proposed(here, found))


@router.post("")
def register(here: InRound, number: int, posted: Filled) -> Response:
    """Register the mail as an organisation's answer, received when it came; once."""
    found = mail_of(here, number)
    names = (ORGANISATION, ACTIVITY, KIND, NUMBER, REPLACES)
    written = {name: " ".join(line_in(posted.get(name)).split()) for name in names}
    if faults := _faults(here, written):
        return _page(here, found, written, faults=faults)
    try:
        seen = _seen(here, written)
        is_asked = seen.is_answered and found.line.answer_id is None
        if is_asked and written[REPLACES] != str(seen.newest):
            told = here.say("answered_there", name=seen.whose.organisation.name)
            return _page(here, found, written, faults={ACTIVITY: told}, seen=seen)
        row, whose = carry_through(
            here.engine,
            lambda session: _register(here, session, number, written, found.files, seen.newest),
        )
    except NotFound as error:
        return _page(here, mail_of(here, number), written, faults={ACTIVITY: here.mended(error)})
    except AgendaError as error:
        return _page(here, mail_of(here, number), written, refused=here.mended(error))
    follow(here, row, f"svar från {whose.name}")
    address = f"{here.home}/svar/{row.key}/{whose.key}?gjort=registered"
    return RedirectResponse(address, status_code=303)


@router.post("/undan")
def put_aside(here: InRound, number: int, _posted: Filled) -> Response:
    """Set the mail aside: it needs nothing."""
    return _settle(here, number, set_aside, done="set_mail_aside")


@router.post("/tillbaka")
def put_back(here: InRound, number: int, _posted: Filled) -> Response:
    """Let the mail wait for somebody again."""
    return _settle(here, number, take_back, done="take_mail_back")


def _register(
    here: RoundVisit,
    session: Session,
    number: int,
    written: Mapping[str, str],
    files: Sequence[EnclosedFile],
    follows: int,
) -> tuple[Activity, Organisation]:
    # Once more, now that it is our turn: somebody may have registered it elsewhere meanwhile.
    mail = mail_at_desk(session, here.round, number, coordinates=coordinates(here))
    if mail.line.answer_id is not None:
        raise BadInput(OF_MAIL("registered_already"))
    invitation, row, whose = find_invitation(
        session, here.round, organisation=written[ORGANISATION], activity=written[ACTIVITY]
    )
    register_reply(
        session,
        here.office,
        number,
        invitation=invitation,
        files=files,
        kind=AnswerKind(written[KIND]),
        registry_no=written[NUMBER] or None,
        follows=follows,
        by=here.by,
    )
    return row, whose


class _SeenAnswer(NamedTuple):
    """What a mail's answer would follow."""

    whose: Whose
    newest: int
    """The newest version there is, withdrawn or not; 0 for none."""
    is_answered: bool
    """Whether one holds: then it would take its place."""


def _seen(here: RoundVisit, written: Mapping[str, str]) -> _SeenAnswer:
    organisation, activity = written[ORGANISATION], written[ACTIVITY]
    with reading(here.engine) as session:
        whose = Whose(
            *find_invitation(
                session, here.round, organisation=organisation, activity=activity, locks=False
            )
        )
        newest = newest_version(session, whose.invitation, FormName.REPLY)
        versions = versions_of(session, whose.invitation)
    holds = (one.form is FormName.REPLY and one.withdrawn_at is None for one in versions)
    return _SeenAnswer(whose, newest, any(holds))


def _settle(here: RoundVisit, number: int, act: Callable[..., None], *, done: str) -> Response:
    found = mail_of(here, number)
    try:
        with transaction(here.engine) as session:
            act(session, number, by=here.by)
    except AgendaError as error:
        return _page(
            here, mail_of(here, number), _proposed(here, found), refused=here.mended(error)
        )
    return RedirectResponse(f"{here.home}/inkommande?gjort={done}", status_code=303)


def _proposed(here: RoundVisit, found: OneMail) -> dict[str, str]:
    """Whose answer it is taken for, as far as that is known."""
    line, is_own = found.line, found.line.round_name == here.round.name
    with reading(here.engine) as session:
        by_sender = sender_in(session, here.round, line.sender)
    return {
        ORGANISATION: (line.organisation if is_own else by_sender) or by_sender or "",
        ACTIVITY: (line.activity if is_own else "") or "",
        KIND: AnswerKind.SUBMISSION.value,
        NUMBER: "",
    }


def _faults(here: RoundVisit, written: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if not written[ORGANISATION]:
        found[ORGANISATION] = here.say("no_organisation_chosen")
    if not written[ACTIVITY]:
        found[ACTIVITY] = here.say("no_activity_chosen")
    if written[KIND] not in set(AnswerKind):
        found[KIND] = here.say("no_kind")
    if len(written[NUMBER]) > LONGEST_REGISTRY_NO:
        found[NUMBER] = here.say("long_number", most=LONGEST_REGISTRY_NO)
    return found


_NAMES = {
    "organisation": ORGANISATION,
    "activity": ACTIVITY,
    "kind": KIND,
    "number": NUMBER,
    "replaces": REPLACES,
}


def _page(
    here: RoundVisit,
    found: OneMail,
    written: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    refused: str = "",
    seen: _SeenAnswer | None = None,
) -> Response:
    with reading(here.engine) as session:
        organisations = organisations_of(session, identity(here.round))
        asked = {
            one.activity.key: one.activity for one in asked_answers(session, identity(here.round))
        }
    files = [(which, file, what_it_is(file)) for which, file in enumerate(found.files, 1)]
    is_bounce = found.line.sort == Sort.BOUNCE
    return here.show(
        "mail.html",
        page="incoming",
        status_code=422 if faults else 409 if refused else 200,
        line=found.line,
        mail=found,
        files=files,
        organisations=organisations,
        activities=list(asked.values()),
        kinds=[kind.value for kind in AnswerKind],
        written=written,
        faults=faults or {},
        refused=refused,
        seen=seen,
        may_register=here.may_act and not is_bounce and found.line.answer_id is None,
        names=_NAMES,
    )
