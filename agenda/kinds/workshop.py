"""Workshop: organisations are invited to a day and say whether they come."""

from datetime import date, timedelta

from agenda.forms.fields import Choice, Form, Group, LongText, Points, ShortText
from agenda.forms.labels import Option, Words
from agenda.kinds.base import AN_ANSWER, AnswerWords, Closing, Kind, Ladder
from agenda.kinds.sentences import SENTENCES

FORM: Form = (
    Choice(
        key="kommer",
        label=Words(sv="Kommer ni?", en="Are you coming?"),
        options=(
            Option(key="kommer", label=Words(sv="Vi kommer", en="We are coming")),
            Option(key="kan-inte", label=Words(sv="Vi kan inte komma", en="We cannot come")),
        ),
        is_required=True,
    ),
    Group(
        key="deltagare",
        label=Words(sv="Vilka kommer?", en="Who is coming?"),
        item_label=Words(sv="Deltagare", en="Participant"),
        fields=(
            ShortText(key="namn", label=Words(sv="Namn", en="Name"), is_required=True),
            ShortText(key="roll", label=Words(sv="Uppdrag eller titel", en="Role or title")),
            ShortText(
                key="epost",
                label=Words(sv="E-post", en="E-mail address"),
                holds="email",
            ),
        ),
        maximum=20,
    ),
    LongText(
        key="behov",
        label=Words(sv="Behöver vi ta hänsyn till något?", en="Is there anything to consider?"),
        help=Words(
            sv="Till exempel mat, tillgänglighet eller om någon deltar på distans. "
            "Skriv inget om någons hälsa som inte behövs.",
            en="For instance food, accessibility or taking part from afar. "
            "Write nothing about anybody’s health that is not needed.",
        ),
        max_length=2000,
    ),
)
"""Whether they come, with whom, and what they need."""

BALLOT: Form = (
    Points(
        key="prioritering",
        label=Words(sv="Fördela tio poäng", en="Spread ten points"),
        help=Words(
            sv="Ge flest poäng åt det som väger tyngst. Ni behöver inte använda alla.",
            en="Give most points to what weighs most. You need not use them all.",
        ),
        total=10,
        items_from="policy_areas",
        is_required=True,
    ),
    LongText(
        key="motivering",
        label=Words(sv="Vill ni motivera er prioritering?", en="Would you like to say why?"),
    ),
)
"""A ranking by points, of the policy areas unless the plan names what to vote on."""

_JULY = 7


def _in_july(title: str, first: date, last: date) -> str | None:
    days = (first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1))
    if any(day.month == _JULY for day in days):
        return SENTENCES("in_july", title=title)
    return None


KIND = Kind(
    name="workshop",
    label={"sv": "Workshop", "en": "Workshop"},
    asks=("municipality",),
    closing=Closing.DEADLINE,
    ladder=Ladder(invitation_workdays_before=20, reminders_workdays_before=(5, 1)),
    form=FORM,
    ballot=BALLOT,
    is_meeting=True,
    is_on_a_day=True,
    answer={
        **AN_ANSWER,
        "sv": AnswerWords(bare="besked", one="ett svar", the="svaret", give_here="Svara här"),
    },
    odd_days=_in_july,
)
