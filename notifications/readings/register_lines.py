"""The register's lines as people read them: in words, and with the names of whom they concern."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from agenda.models import RegisterEntry
from agenda.register import ActorKind
from notifications.readings.register import links_named, messages_named

WORDS = {
    "round_started": ("omgång startad", "round started"),
    "round_closed": ("omgång avslutad", "round closed"),
    "draft_discarded": ("utkast till omgång kastat", "draft of a round thrown away"),
    "sending_paused": ("utskick pausade", "sending paused"),
    "sending_resumed": ("utskick igång igen", "sending on again"),
    "contacts_imported": ("kontakter inlästa", "contacts taken in"),
    "contact_bounced": ("adress tar inte emot", "address takes no mail"),
    "answer_recorded": ("svar registrerat", "answer registered"),
    "answer_numbered": ("svar fick diarienummer", "answer got its registry number"),
    "answer_withdrawn": ("svar återkallat", "answer withdrawn"),
    "extension_granted": ("anstånd", "more time granted"),
    "deadline_moved": ("sista dag flyttad", "last day moved"),
    "start_moved": ("första dag flyttad", "first day moved"),
    "activity_done": ("aktivitet klar", "activity done"),
    "activity_reopened": ("aktivitet öppnad igen", "activity opened again"),
    "step_held": ("steg hålls inne", "step held"),
    "step_released": ("steg släppt", "step released"),
    "step_sent_ahead": ("steg skickat i förväg", "step sent ahead of its day"),
    "step_worded": ("egna ord i steg", "own words of a step"),
    "step_unworded": ("standardtext i steg igen", "standard words of a step again"),
    "reminded_now": ("påmind för hand", "reminded by hand"),
    "link_renewed": ("länk utbytt", "link replaced"),
    "link_mailed": ("länk mejlad igen", "link mailed again"),
    "link_revoked": ("länk spärrad", "link closed"),
    "files_erased": ("filer raderade", "files erased"),
    "colleague_invited": ("kollega inbjuden", "colleague invited"),
    "extension_requested": ("anstånd begärt", "more time asked for"),
    "extension_denied": ("anstånd avslaget", "more time denied"),
    "answers_locked": ("svar låsta", "answers locked"),
    "answers_unlocked": ("svar upplåsta", "answers unlocked"),
    "file_attached": ("underlag tillagt", "document added"),
    "file_removed": ("underlag borttaget", "document removed"),
    "ballot_opened": ("omröstning öppnad", "ballot opened"),
    "ballot_closed": ("omröstning stängd", "ballot closed"),
    "activity_cancelled": ("aktivitet inställd", "activity called off"),
    "activity_reinstated": ("aktivitet återupptagen", "activity taken up again"),
    "feed_made": ("kalenderlänk skapad", "calendar link made"),
    "feed_renewed": ("kalenderlänk utbytt", "calendar link replaced"),
    "feed_revoked": ("kalenderlänk stängd", "calendar link closed"),
    "message_sent": ("brev skickat", "letter sent"),
    "message_failed": ("brev kom inte fram", "letter did not arrive"),
    "message_uncertain": ("brev osäkert", "letter uncertain"),
    "message_withdrawn": ("brev tillbakadraget", "letter withdrawn"),
    "message_set_aside": ("brev lagt åt sidan", "letter set aside"),
    "message_put_back": ("brev tillbaka i utkorgen", "letter back in the outbox"),
    "message_returned": ("brev kom tillbaka", "letter came back"),
    "message_delayed": ("brev försenat på vägen", "letter delayed on its way"),
    "mail_registered": ("mejl registrerat som svar", "mail registered as an answer"),
    "mail_set_aside": ("mejl lagt åt sidan", "mail set aside"),
    "mail_taken_back": ("mejl väntar igen", "mail waits again"),
    "contact_trusted": ("adress betrodd igen", "address trusted again"),
    "restored": ("säkerhetskopia återläst", "backup read back"),
    "signed_in": ("inloggad", "signed in"),
    "signed_out_everywhere": ("utloggad överallt", "signed out everywhere"),
    "person_added": ("person tillagd", "person added"),
    "person_left": ("person borttagen", "person removed"),
    "may_start_changed": ("rätt att starta omgångar ändrad", "right to start rounds changed"),
    "role_given": ("roll given", "role given"),
    "role_withdrawn": ("roll återtagen", "role withdrawn"),
    "directory_bound": ("inloggning i katalogen kopplad", "directory sign-in bound"),
    "directory_unbound": ("inloggning i katalogen bortkopplad", "directory sign-in unbound"),
}
"""What is done, by what the register calls it: in Swedish, then in English."""

_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)(?![\d:])")
_LINK = re.compile(r"länk (\d+)")
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_STEP = re.compile(r"(?P<kind>[a-z_]+)(-(?P<count>\d+))?")
_STEPS = {
    "invitation": "inbjudan",
    "reminder": "påminnelse",
    "closed": "stänger",
    "overdue": "svar saknas",
    "escalation": "eskalering",
    "internal": "påminnelse till ansvarig",
    "nag": "försenad",
}
_BEFORE_THE_LAST_DAY = ("reminder", "internal")
_KINDS = {
    "submission": "svar",
    "nothing_to_report": "inget att framföra",
    "declined": "avstår",
}


class RegisterLine(NamedTuple):
    """One line of the register in words."""

    at: datetime
    who: str
    what: str
    subject: str
    change: str
    """From what to what, in Swedish whatever the language: as the archive gets to see it."""


def read_lines(
    session: Session,
    entries: Sequence[RegisterEntry],
    *,
    language: str,
    at: Callable[[datetime], str],
) -> list[RegisterLine]:
    """Lines in words; what they name is read once for all of them.

    Args:
        session: A session that reads.
        entries: The lines.
        language: Of what was done, "sv" or "en".
        at: Puts an instant that a line names into words.
    """
    named = [text for entry in entries for text in (entry.who, entry.subject)]
    numbers = {int(found[1]) for text in named if (found := _LINK.fullmatch(text))}
    ids = {text for text in named if _MESSAGE_ID.fullmatch(text)}
    links = dict(links_named(session, numbers))
    messages = dict(messages_named(session, ids))
    which = 1 if language == "en" else 0
    return [
        RegisterLine(
            entry.at,
            _who(entry, links),
            WORDS[entry.what][which] if entry.what in WORDS else entry.what,
            _subject(entry.subject, links, messages),
            " → ".join(
                filter(None, (_change(entry, text, at) for text in (entry.before, entry.after)))
            ),
        )
        for entry in entries
    ]


_Links = dict[int, tuple[str, str]]


def _who(entry: RegisterEntry, links: _Links) -> str:
    # The oldest lines do not say what their actor is; a person can be called anything.
    is_link = entry.actor_kind in (None, ActorKind.LINK)
    found = _LINK.fullmatch(entry.who) if is_link else None
    return links.get(int(found[1]), (entry.who, ""))[0] if found else entry.who


def _subject(subject: str, links: _Links, messages: dict[str, str]) -> str:
    if (found := _LINK.fullmatch(subject)) and int(found[1]) in links:
        name, where = links[int(found[1])]
        return f"länken för {name} till {where}"
    return messages.get(subject, subject)


def _changes(entry: RegisterEntry, at: Callable[[datetime], str]) -> str:
    words = [_change(entry, text, at) for text in (entry.before, entry.after)]
    return " → ".join(text for text in words if text)


def _change(entry: RegisterEntry, text: str, at: Callable[[datetime], str]) -> str:
    if entry.what.startswith("step_"):
        step, _, rest = text.partition(" ")
        text = f"{step_in_words(step)}{f': {rest}' if rest else ''}"
    for word, swedish in _KINDS.items():
        text = re.sub(rf"\b{word}\b", swedish, text)
    return _INSTANT.sub(lambda found: at(datetime.fromisoformat(found[0])), text)


def step_in_words(name: str) -> str:
    """A step by its name ("reminder-10"), in Swedish words; what is no step, as it stands."""
    found = _STEP.fullmatch(name)
    if not found or found["kind"] not in _STEPS:
        return name
    words = _STEPS[found["kind"]]
    if found["count"] is None:
        return words
    where = "kvar" if found["kind"] in _BEFORE_THE_LAST_DAY else "efter sista dagen"
    unit = "arbetsdag" if found["count"] == "1" else "arbetsdagar"
    return f"{words}, {found['count']} {unit} {where}"
