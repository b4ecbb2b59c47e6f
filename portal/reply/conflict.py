"""The page where two people's versions of a draft meet: both are there, somebody chooses."""

import json
from dataclasses import dataclass

from fastapi import Response

from agenda.forms.field import ReplyRow
from agenda.forms.merging import questions
from agenda.forms.posted import posted_of
from agenda.forms.shown import rows
from agenda.forms.stored import fitted
from agenda.forms.values import Values
from agenda.forms.versions import Question
from agenda.storage.store import reading
from portal.door.voice import clock
from portal.forms import Attached
from portal.reply.draft.saving import CHOICE, MERGE, REVISION_FIELD, SEEN_FIELD, Clash
from portal.reply.showing import attached, head_of
from portal.reply.visits import ReplyVisit


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the page shows it."""

    name: str
    title: str
    theirs: list[ReplyRow]
    mine: list[ReplyRow]
    options: tuple[str, ...]
    usual: str
    is_row: bool


def clash_page(here: ReplyVisit, clash: Clash) -> Response:
    """What the other one changed beside what was written here, and a choice for each."""
    with reading(here.engine) as session:
        reply = here.reply(session)
        form = here.fields(reply)
        asked = questions(
            form, theirs=fitted(form, clash.conflict.theirs), mine=clash.mine, base=clash.base
        )
        return here.show(
            "conflict.html",
            status_code=409,
            head=head_of(session, here, reply),
            by=clash.conflict.saved_by,
            saved_at=clock(clash.conflict.saved_at, here.language, now=here.now),
            questions=[_shown(question, here.language) for question in asked],
            files=_files(attached(here, reply)),
            refused=list(clash.refused.values()),
            # Both versions travel with the page: one is the draft, the other is posted again.
            pairs=[
                *posted_of(form, clash.mine),
                (REVISION_FIELD, str(clash.conflict.revision)),
                (SEEN_FIELD, json.dumps(clash.base, separators=(",", ":"))),
                (MERGE, "1"),
            ],
            choice=CHOICE,
        )


def _files(files: dict[int, Attached]) -> dict[int, Attached]:
    # Without the addresses: whoever follows one from here loses what is only on this page.
    return {number: file._replace(href="") for number, file in files.items()}


def _shown(question: Question, language: str) -> Shown:
    return Shown(
        name=question.name,
        title=_title(question, language),
        theirs=_rows(question, question.theirs, language),
        mine=_rows(question, question.mine, language),
        options=question.options,
        usual=question.usual,
        is_row=question.is_row,
    )


def _title(question: Question, language: str) -> str:
    label = question.field.label.shown_in(language)
    item = question.item.shown_in(language) if question.item else ""
    match question.path:
        case (_, number):
            return f"{item} {number}"
        case (_, int(number), _):
            return f"{item} {number}: {label}"
        case (_, _, _):
            return f"{item}: {label}"
        case _:
            return label


def _rows(question: Question, values: Values, language: str) -> list[ReplyRow]:
    return rows(question.fields, values, language=language, is_whole=question.is_row)
