"""What must hold for every mail, however odd the names: subjects, escaping, keys, refusals."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest

from agenda.forms.field import ReplyRow
from agenda.plan.model import Person
from notifications.letters import letter as letters
from notifications.letters.foretold import Foretold
from notifications.letters.letter import Arrival, Letter, Receipt, Trouble
from notifications.letters.rendering import Rendered, render
from notifications.letters.weeks import RoundWeek, WeekAnswers
from notifications.letters.works import Work
from notifications.post.mime import render_bytes
from notifications.post.outgoing import Outgoing, header_fault

KINDS = ("plain", "html")
MESSAGES = Path(letters.__file__).parent / "messages"
LINK = "https://paverkansagenda.regionen.example/svar/3f7c1d0a9b2e"
DECISION_LINK = "https://paverkansagenda.regionen.example/anstand/9b2e3f7c1d0a"
COORDINATOR = Person(name="Samordnare Exempel", address="samordnare@regionen.example")
MOVED = Letter(
    template="moved",
    language="sv",
    round_name="2020",
    plan_title="Länsgemensam påverkansagenda",
    activity_title="Förfrågan om inspel från kommunerna",
    activity_kind="input",
    description="Länets primärkommuner ombes inkomma med förslag.",
    starts_on=date(2020, 5, 8),
    due_on=date(2020, 9, 30),
    is_quarter=False,
    today=date(2020, 9, 18),
    workdays_left=8,
    coordinator=COORDINATOR,
    recipient_name="Registratorn",
    organisation_name="Bräcke kommun",
    former_due_on=date(2020, 9, 23),
    works=(Work("Sammanställning", date(2020, 10, 29), is_quarter=False),),
    troubles=(Trouble("Bergs kommun", "workflows://nyckel@host/hemlig", "HTTP 404"),),
    answer_url=LINK,
    decision_url=DECISION_LINK,
    sign_in_url=DECISION_LINK,
    receipt=Receipt(
        kind="submission", received_at=datetime(2020, 9, 18, 6, tzinfo=UTC), version=12345
    ),
    requested_until=date(2020, 10, 16),
    arrivals=(
        Arrival(
            organisation_name="Bräcke kommun",
            kind="submission",
            received_at=datetime(2020, 9, 18, 6, tzinfo=UTC),
            version=12345,
        ),
    ),
    gone_through_at=datetime(2020, 9, 16, 5, 45, tzinfo=UTC),
    desk_url="https://paverkansagenda.regionen.example/samordna/1",
    foretold=(
        Foretold(
            at=datetime(2020, 9, 22, 6, tzinfo=UTC),
            label="påminnelse",
            title="Förfrågan om inspel" * 20,
            organisations=("Bräcke kommun",) * 300,
        ),
    ),
    weeks=(
        RoundWeek(
            name="2020",
            plan_title="Länsgemensam påverkansagenda",
            url="https://paverkansagenda.regionen.example/samordna/1",
            until=date(2020, 9, 25),
            answers=(WeekAnswers("Förfrågan om inspel", 3, 8, date(2020, 10, 2)),),
        ),
    ),
)
TEMPLATES = sorted(
    file.stem
    for file in (MESSAGES / "sv").glob("*.jinja")
    if "{% block subject %}" in file.read_text("utf-8")
)


def test_names_and_descriptions_cannot_become_markup_headers_or_turned_text() -> None:
    mail = render(
        replace(
            MOVED,
            activity_title="Förfrågan\r\nBcc: alla@lansnytt.example\u2028<b>om inspel</b>\x00",
            organisation_name='Härjedalen, "södra" <x>',
            template="invitation",
            description="<script>1</script> {{ 7 * 7 }} 🎉 \u202eabc\u200f\n\n</body> \ud800",
            answer_url='https://x.example/svar?a=1&b="><script>',
        )
    )
    assert mail.subject == (
        "Förfrågan Bcc: alla@lansnytt.example <b>om inspel</b> – svar senast 30 september 2020"
    )
    assert 'Vi ber Härjedalen, "södra" <x> om inspel' in mail.text
    assert "\n<script>1</script> {{ 7 * 7 }} 🎉 abc\n\n</body> \ufffd\n" in mail.text
    assert re.findall("<(?:script|x|b)[ >]|[\x00\r\u2028\u202e\u200f\ud800]", mail.html) == []
    assert 'href="https://x.example/svar?a=1&amp;b=&#34;&gt;&lt;script&gt;"' in mail.html
    assert mail.html.count("</body>") == 1


def test_a_copy_does_not_hold_the_key_to_somebody_elses_answer() -> None:
    escalation = replace(MOVED, template="escalation", answer_url=LINK)
    original, copy = render(escalation), render(replace(escalation, is_copy=True))
    assert [LINK in part for part in (original.text, original.html)] == [True, True]
    assert [LINK in part for part in (copy.text, copy.html)] == [False, False]


@pytest.mark.parametrize("kind", ["input", "consultation", "payment"])
def test_the_two_short_answers_are_one_click_away(kind: str) -> None:
    mail = render(replace(MOVED, template="reminder", activity_kind=kind))
    assert re.findall(r"(.+):\n(https://\S+)\n", mail.text)[1:] == [
        ("Vi har inget att framföra", f"{LINK}/inget"),
        ("Vi avstår", f"{LINK}/avstar"),
    ]
    assert re.findall(r'<a href="(https://[^"]+)"', mail.html) == [
        LINK,
        f"{LINK}/inget",
        f"{LINK}/avstar",
    ]


LONG_TEXTS = [
    "Å" * 20_000,
    "ord " * 5_000,
    "a\n" * 10_000 + "slut",
    "  indrag\n\n\n\tflik, 🎉 och \u202eomvänt\u202c\n> svar\n=cmd()|' /C calc'!A0\n</p><b>&amp;",
    "\n",
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("text", LONG_TEXTS, ids=range(len(LONG_TEXTS)))
def test_an_answer_stands_in_its_receipt_exactly_as_written(text: str, language: str) -> None:
    row = ReplyRow("Vad är problemet?", text, 0, ())
    assert MOVED.receipt is not None
    receipt = replace(MOVED.receipt, rows=(row, ReplyRow("Titel", "En till", 0, ())))
    letter = replace(MOVED, template="receipt", receipt=receipt, language=language)
    sent = parsed(render(letter))
    part, page = (sent.get_body([kind]).get_content().replace("\r\n", "\n") for kind in KINDS)
    quoted = re.search(r"\nVad är problemet\?\n((?:>.*\n)+)", part)
    assert quoted is not None
    assert re.sub(r"^> ?", "", quoted[1], flags=re.MULTILINE) == text + "\n"
    written = re.search(r"<blockquote dir=[^>]*>([^\n]*)</blockquote>", page)
    assert written is not None
    assert unescape(written[1].replace("<br>", "\n")) == text


def parsed(mail: Rendered) -> EmailMessage:
    """The mail as its reader's program takes it apart."""
    outgoing = Outgoing(
        message_id="<17.1@regionen.example>",
        date_at=datetime(2020, 9, 18, 6, tzinfo=UTC),
        sender="agendan@regionen.example",
        sender_name="Region Jämtland Härjedalen",
        recipient="registrator@bracke.example",
        recipient_name="Registratorn",
        reply_to=COORDINATOR.address,
        reply_to_name=COORDINATOR.name,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        language="sv",
    )
    assert header_fault(outgoing) is None
    return message_from_bytes(render_bytes(outgoing), policy=policy.default)


def test_the_url_of_another_channel_is_not_shown_because_it_holds_its_key() -> None:
    channel = COORDINATOR.model_copy(update={"address": "workflows://nyckel@host/hemlig"})
    shown = [render(replace(MOVED, coordinator=channel, template=name)) for name in TEMPLATES]
    assert [mail for mail in shown if re.search("nyckel|hemlig", mail.text + mail.html)] == []
    assert "Adress: workflows://…\n" in render(replace(MOVED, template="trouble")).text


def test_a_mailbox_with_a_question_mark_cannot_add_headers_to_a_reply() -> None:
    person = COORDINATOR.model_copy(update={"address": "a?bcc=x&b@regionen.example"})
    page = render(replace(MOVED, coordinator=person)).html
    assert '"mailto:a%3Fbcc%3Dx%26b@regionen.example">a?bcc=x&amp;b@regionen.example<' in page


@pytest.mark.parametrize(
    ("template", "lacking"),
    [
        ("moved", "former_due_on"),
        ("reminder", "organisation_name"),
        ("trouble", "troubles"),
        ("own_work", "works"),
        ("beforehand", "foretold"),
        ("beforehand", "desk_url"),
        ("receipt", "receipt"),
        ("new_link", "answer_url"),
        ("same_link", "answer_url"),
        ("colleague", "answer_url"),
        ("late_answer", "organisation_name"),
        ("extension_requested", "requested_until"),
        ("extension_denied", "requested_until"),
        ("unattended", "gone_through_at"),
    ],
)
def test_a_letter_that_lacks_what_it_is_about_is_refused(template: str, lacking: str) -> None:
    nothing = () if lacking in ("troubles", "works", "foretold") else None
    letter = replace(MOVED, template=template, **{lacking: nothing})
    with pytest.raises(ValueError, match=rf"^a letter '{template}' needs {lacking}$"):
        render(letter)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["input", "consultation", "workshop", "meeting", "payment"])
@pytest.mark.parametrize("is_quarter", [False, True])
def test_a_subject_is_short_one_line_and_names_a_date_however_long_the_names(
    language: str, kind: str, is_quarter: bool
) -> None:
    long = replace(
        MOVED,
        language=language,
        activity_kind=kind,
        is_quarter=is_quarter,
        plan_title="P" * 200,
        activity_title="T\n" * 100,
        organisation_name="O" * 200,
        answered=("Bergs kommun",) * 1000,
        outstanding=("Åre kommun",) * 1000,
    )
    subjects = {name: render(replace(long, template=name)).subject for name in TEMPLATES}
    faulty = {
        name: subject
        for name, subject in subjects.items()
        if len(subject) > 150 or "20" not in subject or subject != " ".join(subject.split())
    }
    assert faulty == {}
    assert len(set(subjects.values())) == len(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_kind_that_no_template_knows_gets_a_mail_that_reads_well(template: str) -> None:
    mail = render(replace(MOVED, template=template, activity_kind="payment"))
    assert re.findall(r"None|inspel i|yttrande|payment|\b(\w+) \1\b", mail.text) == []
