"""The words of the mails: golden files to read, and what must hold for every one of them.

`UPDATE_GOLDEN=1 pytest tests/notifications/test_letters.py` writes the golden files anew;
read the difference before it is committed.
"""

import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from agenda.plan.model import Person
from agenda.timetable import StepKind
from notifications import letters
from notifications.letters import Letter, Rendered, Trouble, render

GOLDEN = Path(__file__).parent / "golden"
MESSAGES = Path(letters.__file__).parent / "messages"
LANGUAGES = ("sv", "en")
TAGS = {"html", "head", "meta", "title", "body", "div", "hr", "a", "br", "strong"} | {
    *("h1", "h2", "p", "ul", "li", "blockquote")
}
PLACES = ("Bergs", "Bräcke", "Härjedalens", "Krokoms", "Ragunda", "Strömsunds", "Åre", "Östersunds")
MUNICIPALITIES = tuple(f"{place} kommun" for place in PLACES)
COORDINATOR = Person(
    name="Samordnare Exempel",
    title="Samordnare för påverkansagendan",
    address="samordnare@regionen.example",
    telephone="063-00 00 00",
)
INPUT = Letter(
    template="reminder",
    language="sv",
    round_name="2020",
    plan_title="Länsgemensam påverkansagenda",
    activity_title="Förfrågan om inspel från kommunerna",
    activity_kind="input",
    description="Länets primärkommuner ombes inkomma med förslag till frågor\nför agendan.",
    starts_on=date(2020, 5, 8),
    due_on=date(2020, 10, 2),
    is_quarter=False,
    today=date(2020, 9, 18),
    workdays_left=10,
    coordinator=COORDINATOR,
    recipient_name="Registratorn",
    organisation_name="Bräcke kommun",
    asked_at=datetime(2020, 5, 8, 6, tzinfo=UTC),
)
CONSULTATION = replace(
    INPUT,
    activity_title="Samråd med näringsliv, organisationer, aktörer",
    activity_kind="consultation",
    description="Förslaget skickas ut för möjlighet till yttranden innan beslut fattas.",
    starts_on=date(2020, 12, 19),
    due_on=date(2021, 1, 29),
    recipient_name="Kansliet",
    organisation_name="Näringslivet i länet",
    asked_at=datetime(2020, 12, 21, 7, tzinfo=UTC),
)
WORKSHOP = replace(
    INPUT,
    activity_title="Workshop för att prioritera inspel",
    activity_kind="workshop",
    description="Inkomna inspel diskuteras och prioriteras.",
    starts_on=date(2020, 11, 9),
    due_on=date(2020, 11, 9),
    asked_at=datetime(2020, 10, 12, 6, tzinfo=UTC),
)
COMPILATION = replace(
    INPUT,
    activity_title="Sammanställning av inspel",
    activity_kind="compilation",
    description="Inspelade förslag sammanställs och underlag skickas ut till primärkommunerna.",
    starts_on=date(2020, 10, 5),
    due_on=date(2020, 10, 29),
    recipient_name="Ansvarig Exempel",
    organisation_name=None,
    asked_at=None,
)
ADOPTION = replace(
    COMPILATION,
    activity_title="Fastställande av länsgemensam påverkansagenda",
    activity_kind="adoption",
    description="Region Jämtland Härjedalen fastställer agendan politiskt.",
    starts_on=date(2021, 1, 1),
    due_on=date(2021, 3, 31),
    is_quarter=True,
)
LINK = "https://paverkansagenda.regionen.example/svar/3f7c1d0a9b2e4c58a6d1f0e7b9c3a5d2-bracke"


def of(letter: Letter, template: str, today: str, left: int, **more: Any) -> Letter:
    """A letter with another message, written on another day."""
    day = date.fromisoformat(today)
    return replace(letter, template=template, today=day, workdays_left=left, **more)


TO_COORDINATOR = replace(
    INPUT, recipient_name=COORDINATOR.name, organisation_name=None, asked_at=None
)
ESCALATION = of(INPUT, "escalation", "2020-10-07", -3, recipient_name="Kommundirektören")
COPY = replace(ESCALATION, is_copy=True, recipient_name=COORDINATOR.name)
MOVED = replace(
    of(INPUT, "moved", "2020-09-21", 14, former_due_on=INPUT.due_on, due_on=date(2020, 10, 9)),
    note="Flera kommuner behöver behandla frågan i kommunstyrelsen.",
    decided_by=COORDINATOR.name,
)
MEETING = replace(
    COMPILATION,
    activity_title="Förslaget presenteras för RUN:s presidium",
    activity_kind="meeting",
    description="PM presenteras och stäms av på presidieberedningen.",
    starts_on=date(2020, 4, 30),
    due_on=date(2020, 4, 30),
)
MOVED_WORKSHOP = replace(
    of(WORKSHOP, "moved", "2020-10-19", 20, former_due_on=WORKSHOP.due_on),
    starts_on=date(2020, 11, 16),
    due_on=date(2020, 11, 16),
)
TROUBLE = replace(
    of(TO_COORDINATOR, "trouble", "2020-09-18", 10),
    troubles=(
        Trouble(
            "Ragunda kommun",
            "registrator@ragunda.example",
            "550 5.1.1 <registrator@ragunda.example>: Recipient address rejected:\n"
            "User unknown in virtual mailbox table",
        ),
        Trouble("Bergs kommun", "workflows://nyckel@host/hemlig", "HTTP 404"),
    ),
)
NASTY = replace(
    INPUT,
    activity_title="Förfrågan\r\nBcc: alla@lansnytt.example <b>om inspel</b>",
    organisation_name='Härjedalen, "södra" <x>',
    recipient_name="Åsa \x00& \x1b[31mÖrjan\u2028<o@x.example>",
    description=(
        "Först <script>alert('inspel')</script> & sedan {{ 7 * 7 }} 🎉 \u202eabc\u200f.\n\n"
        "- Ett andra stycke,\r\n</body> \ud800 slut."
    ),
    answer_url='https://x.example/svar?a=1&b="><script>',
)
CASES = {
    "invitation": of(INPUT, "invitation", "2020-05-08", 103, asked_at=None),
    "invitation-consultation": of(CONSULTATION, "invitation", "2020-12-21", 25, asked_at=None),
    "invitation-workshop": of(WORKSHOP, "invitation", "2020-10-12", 20, asked_at=None),
    "reminder": INPUT,
    "reminder-with-link": replace(INPUT, answer_url=LINK),
    "reminder-consultation": of(CONSULTATION, "reminder", "2021-01-15", 10),
    "reminder-workshop": of(WORKSHOP, "reminder", "2020-11-02", 5),
    "last_reminder": of(INPUT, "last_reminder", "2020-10-01", 1),
    "last_reminder-workshop": of(WORKSHOP, "last_reminder", "2020-11-06", 1),
    "overdue": of(INPUT, "overdue", "2020-10-05", -1),
    "escalation": ESCALATION,
    "escalation-copy": replace(COPY, intended_for="Kommundirektören", answer_url=LINK),
    "escalation-to-nobody": COPY,
    "moved": MOVED,
    "moved-after-an-answer": replace(MOVED, answered=("Bräcke kommun",), answer_url=LINK),
    "moved-workshop": MOVED_WORKSHOP,
    "extension": replace(MOVED, template="extension", note="Behandlas den 7 oktober."),
    "all_answered": of(TO_COORDINATOR, "all_answered", "2020-09-29", 3, answered=MUNICIPALITIES),
    "closed": replace(
        of(TO_COORDINATOR, "closed", "2020-10-03", 0, answered=MUNICIPALITIES[:5]),
        outstanding=MUNICIPALITIES[5:],
    ),
    "internal_reminder": of(COMPILATION, "internal_reminder", "2020-10-15", 10),
    "internal_reminder-quarter": replace(
        of(ADOPTION, "internal_reminder", "2021-03-17", 10), recipient_name=COORDINATOR.name
    ),
    "internal_reminder-meeting": of(MEETING, "internal_reminder", "2020-04-30", 0),
    "nag": of(COMPILATION, "nag", "2020-11-03", -3),
    "done": of(
        COMPILATION, "done", "2020-10-28", 1, decided_by="Handläggare Exempel", note="Klart."
    ),
    "trouble": TROUBLE,
    "no_address": replace(INPUT, template="no_address", recipient_name=COORDINATOR.name),
    "test": replace(TO_COORDINATOR, template="test", recipient_name="provare@regionen.example"),
    "nasty": NASTY,
}
EVERY = [(name, language) for name in CASES for language in LANGUAGES]


def rendered(name: str, language: str) -> Rendered:
    return render(replace(CASES[name], language=language))


def templates(language: str) -> set[str]:
    """The messages of a language: the files that lead to a subject of their own."""
    files = (MESSAGES / language).glob("*.jinja")
    return {file.stem for file in files if "{% block subject %}" in file.read_text("utf-8")}


class Page(HTMLParser):
    """The tags of a page, which must close in the order they open, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()
        href = self.opened[-1][1].get("href") or ""
        if tag == "a" and not href.startswith("mailto:"):
            self.words += f":{href}"

    def handle_data(self, data: str) -> None:
        if "body" in self._open:
            self.words += data


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_mail_reads_as_its_golden_file(name: str, language: str) -> None:
    mail = rendered(name, language)
    parts = {"txt": f"Subject: {mail.subject}\n\n{mail.text}", "html": mail.html}
    paths = {ending: GOLDEN / f"{name}.{language}.{ending}" for ending in parts}
    if os.environ.get("UPDATE_GOLDEN") == "1":
        for ending, words in parts.items():
            paths[ending].write_bytes(words.encode())
    assert {ending: path.read_bytes() for ending, path in paths.items()} == {
        ending: words.encode() for ending, words in parts.items()
    }


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir() if path.suffix in (".txt", ".html")} == {
        f"{name}.{language}.{ending}" for name, language in EVERY for ending in ("txt", "html")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_every_message_has_a_golden_file_in_both_languages(language: str) -> None:
    steps = {kind.value for kind in StepKind}
    assert steps | {letter.template for letter in CASES.values()} == templates(language)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_text_part_is_no_wider_than_76_characters_but_for_links(
    name: str, language: str
) -> None:
    lines = rendered(name, language).text.splitlines()
    assert [line for line in lines if len(line) > 76 and not line.startswith("https://")] == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_html_part_is_plain_well_formed_and_in_its_language(name: str, language: str) -> None:
    opened = Page(rendered(name, language).html).opened
    tags = [tag for tag, _ in opened]
    assert opened[0] == ("html", {"lang": language})
    assert (tags.count("h1"), tags.count("title")) == (1, 1)
    assert set(tags) <= TAGS
    loaded = {name for _, attributes in opened for name in attributes}
    assert loaded <= {"lang", "dir", "charset", "name", "content", "style", "href"}


@pytest.mark.parametrize("name", CASES)
def test_the_text_and_the_html_say_the_same_words(name: str) -> None:
    mail = rendered(name, "sv")
    said = [
        re.sub(r"\s|^- ", "", part, flags=re.MULTILINE)
        for part in (mail.text, Page(mail.html).words)
    ]
    assert said[0] == said[1]
