"""What a mail says: a letter's facts made into a subject, a text part and an HTML part.

The words stand in `messages/`, one template per message and language. Nothing here reads a
clock or a database: the same letter always gives the same bytes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from agenda.kinds import KINDS
from agenda.kinds.base import AN_ANSWER
from agenda.plan.model import Person
from agenda.words.addresses import channel_schema, shown_address
from agenda.workdays import swedish_date
from notifications.letters import dates
from notifications.letters.cleaning import as_written, lines, one_line, paragraphs, typed
from notifications.letters.foretold import foretold_in_words
from notifications.letters.kinds import MESSAGES, STEPS
from notifications.letters.letter import Arrival, Letter, Receipt, Trouble
from notifications.letters.link_places import Addresses, rendered_with
from notifications.letters.messages.elements import environment
from notifications.letters.occasions import occasion_in_words
from notifications.letters.weeks import week_in_words
from notifications.letters.works import in_words


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words. The subject is one line."""

    subject: str
    text: str
    html: str
    text_links: tuple[int, ...] = ()
    """Where in the text the address of a personal link begins."""
    html_links: tuple[int, ...] = ()


def render(letter: Letter) -> Rendered:
    """The subject, text and HTML of a letter.

    Raises:
        ValueError: the letter lacks what its message is about, such as a moved date's former.
        KeyError: there is no such message.
    """
    for name in MESSAGES[letter.template].needs:
        if not getattr(letter, name):
            raise ValueError(f"a letter {letter.template!r} needs {name}")
    context = _context(letter)
    # A copy is no key to somebody else's answer.
    answer_url = None if letter.is_copy else letter.answer_url
    links = {"answer_url": answer_url, "decision_url": letter.decision_url}
    text = rendered_with(links, partial(_tidied, letter, context, "txt"), is_html=False)
    html = rendered_with(links, partial(_tidied, letter, context, "html"), is_html=True)
    subject = one_line(_written(letter, context | links, "layout.subject"))
    return Rendered(subject, text.words, html.words, text.places, html.places)


def _tidied(letter: Letter, context: dict[str, Any], part: str, links: Addresses) -> str:
    pattern, instead = {"txt": (r"\n\s*\n", "\n\n"), "html": (r"\n\s+", "\n")}[part]
    made = _written(letter, context | links, f"layout.{part}")
    return re.sub(pattern, instead, made).strip() + "\n"


def _written(letter: Letter, context: dict[str, Any], layout: str) -> str:
    templates = environment(is_html=layout == "layout.html")
    template = templates.get_template(f"{letter.language}/{letter.template}.jinja")
    return template.render(context, layout=layout)


def _context(letter: Letter) -> dict[str, Any]:
    """What the templates may name: cleaned words, and dates already in the right language."""
    organisation = one_line(letter.organisation_name or "")
    return {
        "language": letter.language,
        "round": one_line(letter.round_name),
        "plan": one_line(letter.plan_title),
        "title": one_line(letter.activity_title),
        "is_event": _asks_of_meeting(letter),
        "occasion": one_line(occasion_in_words(letter.occasion, letter.language)),
        "is_locked": letter.is_locked,
        "description": paragraphs(letter.description),
        "organisation": organisation,
        "recipient": one_line(letter.recipient_name),
        "is_for_coordinator": letter.recipient_name == letter.coordinator.name,
        "coordinator": one_line(letter.coordinator.name),
        "contact": _contact_lines(letter.coordinator),
        "contact_mail": _mail_address(letter.coordinator.address),
        "has_link": letter.answer_url is not None,
        "answered": tuple(map(one_line, letter.answered)),
        "outstanding": tuple(map(one_line, letter.outstanding)),
        "has_answered": organisation in map(one_line, letter.answered),
        "is_copy": letter.is_copy,
        "intended_for": one_line(letter.intended_for or ""),
        "troubles": [_trouble(trouble) for trouble in letter.troubles],
        "arrivals": [_arrival(arrival, letter.language) for arrival in letter.arrivals],
        "overdue": [
            in_words(work, letter.language) for work in letter.works if work.due_on < letter.today
        ],
        "to_do": [
            in_words(work, letter.language) for work in letter.works if work.due_on >= letter.today
        ],
        "weeks": [week_in_words(week, letter.language) for week in letter.weeks],
        "waiting": sum(matter.count for week in letter.weeks for matter in week.matters),
        "foretold": foretold_in_words(letter.foretold, letter.language),
        "desk_url": letter.desk_url,
        "note": lines(letter.note),
        "note_as_written": as_written(letter.note),
        "note_typed": typed(letter.note),
        "own_words": typed(letter.own_words),
        "own_lines": tuple(part for line in letter.own_lines for part in typed(line)),
        "decided_by": one_line(letter.decided_by or ""),
        "sign_in_url": letter.sign_in_url,
        "receipt": _receipt(letter.receipt, letter.language) if letter.receipt else None,
        **_words_of_the_kind(letter),
        **_dates(letter),
    }


def _words_of_the_kind(letter: Letter) -> dict[str, Any]:
    """What the kind of activity calls an answer, and whether it is about its day."""
    kind = KINDS.get(letter.activity_kind)
    words = (kind.answer if kind else AN_ANSWER)[letter.language]
    # That there is nothing to report is no statement.
    is_short = letter.receipt is not None and letter.receipt.kind != "submission"
    return {
        "answer": words.bare,
        "asked_for": words.one,
        "the_answer": AN_ANSWER[letter.language].the if is_short else words.the,
        "answer_here": words.give_here,
        "for_example": words.for_example,
        "is_on_a_day": kind is not None and kind.is_on_a_day,
    }


def _asks_of_meeting(letter: Letter) -> bool:
    """Whether it is about coming to a meeting: with more time one can answer after it was held."""
    kind = KINDS.get(letter.activity_kind)
    if kind is None or not kind.is_meeting:
        return False
    meets = letter.occasion
    return meets is None or not meets.last_on < letter.today <= letter.due_on


def _dates(letter: Letter) -> dict[str, Any]:
    language, due_on = letter.language, letter.due_on
    asked_at, requested_on = letter.asked_at, letter.requested_until
    meets = letter.occasion
    days = (meets.first_on, meets.last_on) if meets else (letter.starts_on, due_on)
    gone_at = letter.gone_through_at
    # More time to answer moves no meeting: its own day is when it happens.
    happens_on = meets.last_on if meets else due_on
    return {
        "happens": dates.in_words(happens_on, language),
        "happens_short": dates.short(happens_on, language),
        "is_answered_later": happens_on != due_on,
        "is_quarter": letter.is_quarter,
        "is_overdue": letter.today > due_on,
        "due": dates.in_words(due_on, language),
        "due_short": dates.short(due_on, language),
        "quarter": dates.quarter_in_words(happens_on, language),
        "deadline": _deadline(letter),
        "days": [dates.in_words(day, language) for day in dict.fromkeys(days)],
        "today_short": dates.short(letter.today, language),
        "former": _former(letter, dates.in_words),
        "former_short": _former(letter, dates.short),
        "requested": dates.in_words(requested_on, language) if requested_on else "",
        "requested_short": dates.short(requested_on, language) if requested_on else "",
        "asked": dates.in_words(swedish_date(asked_at), language) if asked_at else "",
        "gone_through": dates.at_in_words(gone_at, language) if gone_at else "",
    }


def _former(letter: Letter, in_words: Callable[[date, str], str]) -> str:
    if letter.former_due_on is None:
        return ""
    words = dates.quarter_in_words if letter.former_is_quarter else in_words
    return words(letter.former_due_on, letter.language)


def _deadline(letter: Letter) -> str:
    """The last day; as seen from today only where `rewording` can say it anew tomorrow."""
    if letter.template not in STEPS:
        return dates.in_words(letter.due_on, letter.language)
    return dates.deadline_in_words(
        letter.due_on, letter.language, today=letter.today, workdays_left=letter.workdays_left
    )


def _contact_lines(person: Person) -> tuple[str, ...]:
    return tuple(one_line(line) for line in (person.name, person.title, person.telephone) if line)


def _mail_address(address: str) -> str | None:
    """A mail address; of another channel nothing, because its URL holds the key to it."""
    return None if channel_schema(address) else one_line(address)


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {
        "organisation": one_line(trouble.organisation_name),
        "recipient": one_line(shown_address(trouble.recipient)),
        "said": lines(trouble.said),
    }


def _arrival(arrival: Arrival, language: str) -> dict[str, Any]:
    return {
        "organisation": one_line(arrival.organisation_name),
        "kind": arrival.kind,
        "received": dates.at_in_words(arrival.received_at, language),
        "version": arrival.version,
    }


def _receipt(receipt: Receipt, language: str) -> dict[str, Any]:
    """What came in. What people wrote stays as it is; only an element for it may show it."""
    return {
        "kind": receipt.kind,
        "received": dates.at_in_words(receipt.received_at, language),
        "received_short": dates.short(swedish_date(receipt.received_at), language),
        "version": receipt.version,
        "is_late": receipt.is_late,
        "registry_no": one_line(receipt.registry_no or ""),
        "rows": [
            {
                "label": one_line(row.label),
                "lines": as_written(row.text) if row.text else (),
                "level": row.level,
                "files": len(row.files),
            }
            for row in receipt.rows
        ],
        "files": [{"name": one_line(name), "sha256": sha256} for name, sha256 in receipt.files],
    }
