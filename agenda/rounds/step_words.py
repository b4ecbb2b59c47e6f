"""The coordinator's own words of steps: in place of the product's, or a paragraph above them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from agenda.models import Activity, Organisation, StepWords, identity
from agenda.register import By, What, record, subject_of
from agenda.rounds.activities import refuse_act
from agenda.rounds.facts import plan_activity
from agenda.rounds.sentences import SENTENCES
from agenda.steps.kinds import TO_ORGANISATIONS
from agenda.steps.stages import Act
from agenda.steps.timetable import timetable
from agenda.words.errors import BadInput
from agenda.words.texts import visible
from agenda.workdays import Workdays

LONGEST_WORDS = 5000
LONGEST_LINE = 600


class OwnText(NamedTuple):
    """What somebody has written for the letter of a step, in one language."""

    words: str = ""
    line: str = ""


NO_TEXT = OwnText()
Texts = Mapping[str, OwnText]
"""By language."""


class SaidOwn(NamedTuple):
    """What one letter says in the coordinator's own words."""

    words: str
    lines: tuple[str, ...]


class OwnWords:
    """All own words of an activity."""

    def __init__(self, rows: Sequence[StepWords]) -> None:
        self._found = {(row.step, row.organisation_id, row.language): row for row in rows}

    def texts(self, step: str, organisation_id: int | None) -> Texts:
        """What is written for a step, for all who get it or for one organisation, by language."""
        return {
            language: OwnText(row.words, row.line)
            for (name, whose, language), row in self._found.items()
            if (name, whose) == (step, organisation_id)
        }

    def said_to(self, step: str, organisation_id: int | None, language: str) -> SaidOwn:
        """What the letter of a step to one organisation says in a language."""
        to_all = self._found.get((step, None, language))
        own = self._found.get((step, organisation_id, language)) if organisation_id else None
        lines = tuple(row.line for row in (to_all, own) if row is not None and row.line)
        return SaidOwn(to_all.words if to_all else "", lines)

    def written_at(self, step: str, organisation_id: int | None) -> datetime | None:
        """When somebody last wrote for a step, for all or for one organisation."""
        found = (
            row.written_at
            for (name, whose, _), row in self._found.items()
            if (name, whose) == (step, organisation_id)
        )
        return max(found, default=None)


def own_words(session: Session, activity_id: int) -> OwnWords:
    """The own words of an activity."""
    query = select(StepWords).where(StepWords.activity_id == activity_id)
    return OwnWords(session.exec(query.order_by(col(StepWords.id))).all())


def faults_of(texts: Texts) -> dict[tuple[str, str], str]:
    """What is wrong with texts, by language and "words" or "line"."""
    longest = {"words": LONGEST_WORDS, "line": LONGEST_LINE}
    found: dict[tuple[str, str], str] = {}
    for language, text in texts.items():
        for name, limit in longest.items():
            written = getattr(text, name)
            if len(written) > limit:
                sentence = SENTENCES("words_too_long", count=len(written), most=limit)
                found[language, name] = sentence
            elif written and not visible(written):
                found[language, name] = SENTENCES("words_unseen")
    return found


def word_step(
    session: Session,
    activity: Activity,
    *,
    step: str,
    texts: Texts,
    by: By,
    organisation: Organisation | None = None,
) -> None:
    """Have the letter of a step say own words; without any the product's own stand again.

    Raises:
        BadInput: there is no such step to those who are asked, the activity is over, a text is
            too long or says nothing, or it is as it was.
    """
    refuse_act(session, activity, Act.WORD)
    _refuse_step(activity, step)
    if faults := faults_of(texts):
        raise BadInput(next(iter(faults.values())))
    if organisation is not None and any(text.words for text in texts.values()):
        raise BadInput(SENTENCES("words_for_one", name=organisation.name))
    whose = organisation.id if organisation else None
    before = _kept(own_words(session, identity(activity)).texts(step, whose))
    after = _kept(texts)
    if before == after:
        raise BadInput(SENTENCES("words_as_before"))
    _replace(session, activity, step, whose, after, by)
    what = What.STEP_WORDED if after else What.STEP_UNWORDED
    subject = subject_of(activity, organisation)
    was = f"{step} {_in_register(before)}" if before else ""
    record(session, by, what, subject, before=was, after=f"{step} {_in_register(after)}".strip())


def is_to_organisations(activity: Activity, step: str) -> bool:
    """Whether an activity has a step of that name that speaks to those who are asked."""
    steps = timetable(
        plan_activity(activity), Workdays(), at=datetime.min.time(), due_on=activity.due_on
    )
    return any(one.name == step and one.audience in TO_ORGANISATIONS for one in steps)


def _refuse_step(activity: Activity, step: str) -> None:
    if not is_to_organisations(activity, step):
        raise BadInput(SENTENCES("no_words_for_step", key=activity.key, step=step))


def _kept(texts: Texts) -> dict[str, OwnText]:
    """Texts as they are kept: without what surrounds them, and without empty ones."""
    made = {name: OwnText(text.words.strip(), text.line.strip()) for name, text in texts.items()}
    return {name: text for name, text in sorted(made.items()) if text != NO_TEXT}


def _replace(
    session: Session,
    activity: Activity,
    step: str,
    whose: int | None,
    texts: Texts,
    by: By,
) -> None:
    query = select(StepWords).where(
        StepWords.activity_id == identity(activity),
        StepWords.step == step,
        col(StepWords.organisation_id).is_(None)
        if whose is None
        else StepWords.organisation_id == whose,
    )
    for row in session.exec(query).all():
        session.delete(row)
    session.flush()
    for language, text in texts.items():
        session.add(
            StepWords(
                activity_id=identity(activity),
                step=step,
                organisation_id=whose,
                language=language,
                words=text.words,
                line=text.line,
                written_at=by.at,
            )
        )
    session.flush()


def _in_register(texts: Texts) -> str:
    return " / ".join(
        f"({language}) {written}"
        for language, text in texts.items()
        for written in (text.line, text.words)
        if written
    )
