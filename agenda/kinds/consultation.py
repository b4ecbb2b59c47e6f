"""Consultation: organisations are asked for a statement on a draft."""

from datetime import date

from agenda.forms.field import Meaning
from agenda.forms.fields import Choice, File, Form, Group, LongText, ShortText
from agenda.forms.labels import Option, Words
from agenda.kinds.base import AnswerWords, Closing, Kind, Ladder
from agenda.kinds.sentences import SENTENCES

_POSITIONS = (
    Option(key="tillstyrker", label=Words(sv="Vi tillstyrker", en="We support it")),
    Option(
        key="tillstyrker-delvis",
        label=Words(sv="Vi tillstyrker delvis", en="We support it in part"),
    ),
    Option(key="avstyrker", label=Words(sv="Vi avstyrker", en="We oppose it")),
    Option(
        key="ingen-erinran",
        label=Words(sv="Vi har ingen erinran (inget att invända)", en="We have no objection"),
    ),
    Option(key="avstar", label=Words(sv="Vi avstår från att yttra oss", en="We abstain")),
)

FORM: Form = (
    Choice(
        key="stallningstagande",
        label=Words(
            sv="Vad anser ni om förslaget som helhet?",
            en="What is your position on the draft as a whole?",
        ),
        options=_POSITIONS,
        is_required=True,
        means=Meaning.POSITION,
    ),
    Group(
        key="synpunkter",
        label=Words(sv="Synpunkter på delar av förslaget", en="Comments on parts of the draft"),
        help=Words(
            sv="En synpunkt för varje fråga eller avsnitt som ni vill kommentera.",
            en="One comment for each item or section that you wish to comment on.",
        ),
        item_label=Words(sv="Synpunkt", en="Comment"),
        fields=(
            ShortText(
                key="avser",
                label=Words(
                    sv="Vilken fråga eller vilket avsnitt gäller det?",
                    en="Which item or section is it about?",
                ),
                is_required=True,
                means=Meaning.SUBJECT,
            ),
            LongText(
                key="synpunkt",
                label=Words(sv="Vad vill ni framföra?", en="What do you want to say?"),
                is_required=True,
                means=Meaning.VIEWPOINT,
            ),
        ),
        maximum=100,
    ),
    LongText(
        key="allmant",
        label=Words(sv="Synpunkter på förslaget i stort", en="Comments on the draft in general"),
        means=Meaning.VIEWPOINT,
    ),
    File(
        key="bilagor",
        label=Words(sv="Bilagor", en="Attachments"),
        help=Words(
            sv="Till exempel yttrandet som beslutat dokument.",
            en="For instance the statement as a signed document.",
        ),
        is_multiple=True,
        means=Meaning.ATTACHMENTS,
    ),
)
"""A statement: the overall position, comments part by part, attachments."""

_SHORTEST_DAYS = 28


def _too_short(title: str, first: date, last: date) -> str | None:
    days = (last - first).days + 1
    if days < _SHORTEST_DAYS:
        return SENTENCES("too_short", title=title, days=days)
    return None


KIND = Kind(
    name="consultation",
    label={"sv": "Samråd", "en": "Consultation"},
    asks=("consultee",),
    closing=Closing.DEADLINE,
    ladder=Ladder(
        opens=True,
        reminders_workdays_before=(10, 5, 1),
        closes=True,
        overdue_workdays_after=(1,),
    ),
    form=FORM,
    answer={
        "sv": AnswerWords(
            bare="yttrande",
            one="ett yttrande",
            the="yttrandet",
            give_here="Lämna ert yttrande här",
        ),
        "en": AnswerWords(
            bare="statement",
            one="a statement",
            the="statement",
            give_here="Give your statement here",
        ),
    },
    odd_days=_too_short,
)
