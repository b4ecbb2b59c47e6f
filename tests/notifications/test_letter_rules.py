"""What must hold for every mail, however odd the names: subjects, escaping, keys, refusals."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agenda.plan.model import Person
from notifications import letters
from notifications.letters import Letter, Trouble, render

MESSAGES = Path(letters.__file__).parent / "messages"
LINK = "https://paverkansagenda.regionen.example/svar/3f7c1d0a9b2e"
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
    troubles=(Trouble("Bergs kommun", "workflows://nyckel@host/hemlig", "HTTP 404"),),
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
    [("moved", "former_due_on"), ("reminder", "organisation_name"), ("trouble", "troubles")],
)
def test_a_letter_that_lacks_what_it_is_about_is_refused(template: str, lacking: str) -> None:
    letter = replace(MOVED, template=template, former_due_on=None, organisation_name=None)
    if template == "moved":
        letter = replace(letter, organisation_name="Bräcke kommun")
    with pytest.raises(ValueError, match=rf"^a letter '{template}' needs {lacking}$"):
        render(replace(letter, troubles=()))


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
