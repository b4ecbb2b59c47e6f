"""Input: organisations are asked for their proposals by a day."""

from agenda.forms.fields import (
    AskedIf,
    Choice,
    File,
    Form,
    Group,
    LongText,
    Option,
    PlainField,
    ShortText,
    Words,
)
from agenda.kinds.base import AnswerWords, Closing, Kind, Ladder

_PROPOSAL: tuple[PlainField, ...] = (
    ShortText(
        key="titel",
        label=Words(sv="Vad heter frågan?", en="What is the proposal called?"),
        help=Words(sv="En kort rubrik.", en="A short heading."),
        is_required=True,
    ),
    LongText(
        key="problem",
        label=Words(sv="Vad är problemet?", en="What is the problem?"),
        is_required=True,
    ),
    LongText(
        key="mal",
        label=Words(sv="Vad vill ni uppnå?", en="What do you want to achieve?"),
        is_required=True,
    ),
    Choice(
        key="vem_beslutar",
        label=Words(sv="Vem beslutar i frågan?", en="Who decides on the matter?"),
        help=Words(sv="Välj en eller flera.", en="Choose one or more."),
        options=(
            Option(key="eu", label=Words(sv="EU", en="The EU")),
            Option(key="nationell", label=Words(sv="Nationell nivå", en="The national level")),
            Option(key="annan", label=Words(sv="Någon annan", en="Somebody else")),
        ),
        is_multiple=True,
        is_required=True,
    ),
    ShortText(
        key="annan_beslutar",
        label=Words(sv="Om någon annan beslutar: vem?", en="If somebody else decides: who?"),
        asked_if=AskedIf(field="vem_beslutar", options=("annan",)),
        is_required=True,
    ),
    Choice(
        key="omrade",
        label=Words(sv="Vilket område hör frågan till?", en="Which policy area is it part of?"),
        options_from="policy_areas",
        is_required=True,
    ),
    LongText(
        key="betydelse",
        label=Words(
            sv="Varför är frågan viktig för länet?", en="Why does it matter to the county?"
        ),
        is_required=True,
    ),
    ShortText(
        key="kontakt_namn",
        label=Words(sv="Vem kan svara på frågor om detta?", en="Who can answer questions on it?"),
        help=Words(sv="För- och efternamn.", en="First name and surname."),
        holds="name",
    ),
    ShortText(
        key="kontakt_epost",
        label=Words(sv="E-post till den personen", en="That person’s e-mail address"),
        holds="email",
    ),
)

FORM: Form = (
    Group(
        key="fragor",
        label=Words(sv="Frågor till agendan", en="Proposals for the agenda"),
        item_label=Words(sv="Fråga", en="Proposal"),
        fields=_PROPOSAL,
        minimum=1,
        maximum=60,
    ),
    File(
        key="bilagor",
        label=Words(sv="Bilagor", en="Attachments"),
        help=Words(sv="De gäller hela svaret.", en="They belong to the whole answer."),
        is_multiple=True,
    ),
)
"""Proposals for the agenda, as many as there are, and attachments."""

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
