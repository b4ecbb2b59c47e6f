"""`/samordna/…/harnast/ord`: own words of a step, and a personal line, with the letter as it is."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from sqlmodel import Session

from agenda.forms.written import line_in, text_in
from agenda.models import identity
from agenda.rounds.step_words import (
    LONGEST_LINE,
    LONGEST_WORDS,
    NO_TEXT,
    OwnText,
    faults_of,
    own_words,
)
from agenda.storage.store import reading
from agenda.words.sentence import LANGUAGES, said
from notifications.acts.planned.steps import wording
from notifications.readings.register_lines import step_in_words
from notifications.readings.upcoming import MessageWords, step_letters
from portal.desk.acts.two_step import AskedAct, press, wants_changes
from portal.desk.cookies import HOME
from portal.desk.letters.steps import (
    ACTIVITY,
    STEP,
    WHOM,
    AboutStep,
    about_step,
    shown_letters,
    step_terms,
)
from portal.desk.visits import Filled, InRound, RoundVisit
from portal.door.posting import Posted

FIELDS = {"words": "ord", "line": "rad"}
"""What each text is called in the form, before its language."""
Written = Mapping[str, OwnText]

router = APIRouter(prefix=f"{HOME}/{{round_id:int}}/harnast/ord")


@router.api_route("", methods=["GET", "HEAD"])
def words_page(here: InRound) -> Response:
    """The form of a step's own words, as they are now."""
    with reading(here.engine) as session:
        about = about_step(here, session, dict(here.request.query_params))
        texts = own_words(session, identity(about.row)).texts(about.step, about.whom)
    return _form(here, about, texts)


@router.post("")
def words(here: InRound, posted: Filled) -> Response:
    """Show the letter with the new words, or keep them."""
    filled = {one: line_in(posted.get(one)) for one in (ACTIVITY, STEP, WHOM)}
    texts = _texts(posted)
    with reading(here.engine) as session:
        about = about_step(here, session, filled)
    if wants_changes(posted):
        return _form(here, about, texts)
    faults = {
        f"{FIELDS[name]}-{language}": said(why, here.language)
        for (language, name), why in faults_of(texts).items()
    }
    if faults:
        return _form(here, about, texts, faults=faults)
    asked = _asked(here, about, texts, filled)
    return press(here, posted, asked, refuse=lambda why: _form(here, about, texts, refused=why))


def _texts(posted: Posted) -> dict[str, OwnText]:
    return {
        language: OwnText(
            *(text_in(posted.get(f"{field}-{language}")) for field in FIELDS.values())
        )
        for language in LANGUAGES
    }


def _asked(
    here: RoundVisit, about: AboutStep, texts: Written, filled: Mapping[str, str]
) -> AskedAct:
    row, step, actor = about.row, about.step, here.by.actor
    act = wording(here.office, row, step, texts, actor=actor, organisation_id=about.whom)
    posted = [
        (f"{FIELDS[name]}-{language}", getattr(text, name))
        for language, text in texts.items()
        for name in FIELDS
    ]
    return AskedAct(
        name="word",
        wanted=act,
        subject=row.title,
        page="upcoming",
        back=f"{here.home}/harnast",
        hidden=[(name, text) for name, text in (*filled.items(), *posted) if text],
        terms=step_terms(here, about),
        letters=shown_letters(here, about, act),
    )


def _form(
    here: RoundVisit,
    about: AboutStep,
    texts: Written,
    *,
    faults: Mapping[str, str] | None = None,
    refused: str = "",
) -> Response:
    with reading(here.engine) as session:
        letters = _letters(here, session, about)
    whose = about.whose
    return here.show(
        "words.html",
        page="upcoming",
        status_code=422 if faults or refused else 200,
        about=about,
        step=step_in_words(about.step),
        texts={language: texts.get(language, NO_TEXT) for language in LANGUAGES},
        languages=(whose.language,) if whose else LANGUAGES,
        fields=("line",) if whose else ("words", "line"),
        called=FIELDS,
        longest={"words": LONGEST_WORDS, "line": LONGEST_LINE},
        faults=faults or {},
        refused=refused,
        letters=letters,
        names={"activity": ACTIVITY, "step": STEP, "whom": WHOM},
    )


def _letters(here: RoundVisit, session: Session, about: AboutStep) -> list[MessageWords]:
    found = step_letters(
        session,
        here.office,
        activity_id=identity(about.row),
        step=about.step,
        organisation=about.whose.key if about.whose else None,
        now=here.now,
    )
    return list(found.values())
