"""Input: organisations are asked for their proposals by a day."""

from agenda.forms.field import Meaning
from agenda.forms.fields import File, Form, LongText
from agenda.forms.labels import Words
from agenda.kinds.base import AnswerWords, Closing, Kind, Ladder

FORM: Form = (
    LongText(
        key="inspel",
        label=Words(sv="Vad vill ni framföra?", en="What do you want to put forward?"),
        is_required=True,
        means=Meaning.DESCRIPTION,
    ),
    File(
        key="bilagor",
        label=Words(sv="Bilagor", en="Attachments"),
        is_multiple=True,
        means=Meaning.ATTACHMENTS,
    ),
)
"""What they want to say, where the plan does not ask for anything in particular."""

KIND = Kind(
    name="input",
    label={"sv": "Inspel", "en": "Input"},
    asks=("municipality",),
    closing=Closing.DEADLINE,
    ladder=Ladder(
        opens=True,
        reminders_workdays_before=(30, 10, 5, 1),
        closes=True,
        overdue_workdays_after=(1, 5),
        escalation_workdays_after=3,
    ),
    form=FORM,
    answer={
        "sv": AnswerWords(
            bare="inspel",
            one="inspel",
            the="inspelet",
            give_here="Svara här",
            for_example="till exempel förslag till frågor",
        ),
        "en": AnswerWords(
            bare="input",
            one="input",
            the="input",
            give_here="Answer here",
            for_example="for example the issues you propose",
        ),
    },
)
