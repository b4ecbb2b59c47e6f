"""`/samordna/…/organisationer`: where each is reached, its links, what it has been told and why."""

from datetime import date
from itertools import groupby

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.forms.written import day_of
from agenda.models import Organisation, identity
from agenda.rounds.finding import find_activity, find_organisation
from agenda.storage.store import reading
from agenda.words.addresses import shown_address
from agenda.words.errors import NotFound
from notifications.acts.foreseeing import ForeseeableAct
from notifications.acts.planned.links import closing, mailing_again, renewing
from notifications.readings.contacts import contact_lines, organisations_of
from notifications.readings.explanation import Explained, explained
from notifications.readings.incoming import mails_of
from notifications.readings.links import link_of, open_links_of
from portal.desk.acts.two_step import AskedAct, press
from portal.desk.cookies import HOME
from portal.desk.visits import Filled, InRound, NotYours, RoundVisit

_IDS = range(1, 2**31)
_LINK_ACTS = {"skicka": "mail_link", "byt": "renew_link", "stang": "close_link"}
MOST_MAILS = 10
"""How many of an organisation's mails stand on its page; the others are a link away."""
DONE = ("contacts", *_LINK_ACTS.values())

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/organisationer")


@router.api_route("", methods=["GET", "HEAD"])
def organisations(here: InRound, gjort: str = "") -> Response:
    """Everybody who is asked or told, and where they are reached."""
    with reading(here.engine) as session:
        lines = contact_lines(session, here.round.id)
        names = organisations_of(session, identity(here.round))
    reached = {key: list(found) for key, found in groupby(lines, lambda one: one["organisation"])}
    return here.show(
        "organisations.html",
        page="organisations",
        organisations=names,
        reached=reached,
        done=gjort if gjort in DONE else "",
    )


@router.api_route("/{key}", methods=["GET", "HEAD"])
def organisation(
    here: InRound, key: str, aktivitet: str = "", dag: str = "", gjort: str = ""
) -> Response:
    """One organisation: where it is reached, its links, and every step with its reason."""
    with reading(here.engine) as session:
        whose = found_in(here, session, key)
        found = _explained(here, session, whose, aktivitet, day_of(dag))
        contacts = contact_lines(session, here.round.id, organisation_id=whose.id)
        links = open_links_of(session, identity(whose))
        mails = mails_of(session, identity(whose))
    return here.show(
        "organisation.html",
        page="organisations",
        whose=whose,
        contacts=contacts,
        links=links,
        mails=mails[:MOST_MAILS],
        together=[
            (title, list(steps))
            for title, steps in groupby(found, lambda one: (one.activity, one.activity_title))
        ],
        shown_address=shown_address,
        chosen={"aktivitet": aktivitet, "dag": dag},
        done=gjort if gjort in DONE else "",
    )


@router.api_route("/{key}/lankar/{number:int}/{what}", methods=["GET", "HEAD"])
def link_page(here: InRound, key: str, number: int, what: str) -> Response:
    """The first press of what is done about a link."""
    whose, name, _ = _about_link(here, key, number, what)
    return _ask(here, whose, name)


@router.post("/{key}/lankar/{number:int}/{what}")
def act_on_link(here: InRound, key: str, number: int, what: str, posted: Filled) -> Response:
    """Mail a link again, make it anew, or close it."""
    whose, name, wanted = _about_link(here, key, number, what)
    asked = AskedAct(
        name=name,
        wanted=wanted,
        subject=whose.name,
        page="organisations",
        back=f"{here.home}/organisationer/{whose.key}",
    )
    return press(here, posted, asked, refuse=lambda why: _ask(here, whose, name, refused=why))


def found_in(here: RoundVisit, session: Session, key: str) -> Organisation:
    """An organisation of the round.

    Raises:
        NotYours: there is none of that key.
    """
    try:
        return find_organisation(session, here.round, key)
    except NotFound:
        raise NotYours(here) from None


def _explained(
    here: RoundVisit, session: Session, whose: Organisation, activity: str, on: date | None
) -> list[Explained]:
    activity_id = None
    if activity:
        try:
            activity_id = find_activity(session, here.round, activity).id
        except NotFound:
            raise NotYours(here) from None
    found = explained(
        session,
        here.round,
        whose,
        activity_id=activity_id,
        now=here.now,
        language=here.language,
    )
    return [one for one in found if on is None or on in one.days]


def _about_link(
    here: RoundVisit, key: str, number: int, what: str
) -> tuple[Organisation, str, ForeseeableAct]:
    with reading(here.engine) as session:
        whose = found_in(here, session, key)
        found = link_of(session, identity(whose), number) if number in _IDS else None
    if found is None or what not in _LINK_ACTS:
        raise NotYours(here)
    (link, row), name, actor = found, _LINK_ACTS[what], here.by.actor
    if name == "close_link":
        return whose, name, closing(row, identity(link), actor=actor)
    makes = mailing_again if name == "mail_link" else renewing
    return whose, name, makes(here.office, row, identity(link), actor=actor)


def _ask(here: RoundVisit, whose: Organisation, name: str, *, refused: str = "") -> Response:
    return here.show(
        "ask.html",
        page="organisations",
        status_code=409 if refused else 200,
        name=name,
        subject=whose.name,
        refused=refused,
        back=f"{here.home}/organisationer/{whose.key}",
    )
