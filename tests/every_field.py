"""A form and a ballot of every type of field that a plan file can ask for."""

from agenda.forms.fields import (
    Amount,
    Choice,
    Date,
    File,
    Form,
    Group,
    LongText,
    Number,
    PlainField,
    Points,
    Score,
    ShortText,
    Table,
)
from agenda.forms.labels import Option, Words
from agenda.plan.model import Plan, PlannedActivity
from tests.rounds_under_way import PLAN

_OPTIONS = tuple(Option(key=key, label=Words(sv=key)) for key in ("vag", "jarnvag", "flyg"))
_PLAIN: tuple[PlainField, ...] = (
    ShortText(key="rad", label=Words(sv="En rad")),
    ShortText(key="epost", label=Words(sv="E-post"), holds="email"),
    LongText(key="text", label=Words(sv="Text")),
    Choice(key="ett", label=Words(sv="Ett val"), options=_OPTIONS),
    Choice(key="flera", label=Words(sv="Flera val"), options=_OPTIONS, is_multiple=True),
    Choice(key="lista", label=Words(sv="En lista"), options_from="policy_areas"),
    Number(key="heltal", label=Words(sv="Heltal"), minimum=-5, maximum=10**9),
    Number(key="tal", label=Words(sv="Tal"), decimals=6, unit=Words(sv="km")),
    Score(key="betyg", label=Words(sv="Betyg")),
    Date(key="dag", label=Words(sv="Dag")),
    Amount(key="kostnad", label=Words(sv="Kostnad")),
    File(key="fil", label=Words(sv="Fil")),
    File(key="filer", label=Words(sv="Filer"), is_multiple=True),
)
EVERY_FIELD: Form = (
    *_PLAIN,
    Points(key="poang", label=Words(sv="Poäng"), items=_OPTIONS),
    Table(
        key="tabell",
        label=Words(sv="Tabell"),
        rows=_OPTIONS,
        columns=tuple(one for one in _PLAIN if not isinstance(one, File)),
        has_sums=True,
    ),
    Group(
        key="rader",
        label=Words(sv="Rader"),
        item_label=Words(sv="Rad"),
        fields=_PLAIN,
        minimum=1,
        maximum=3,
    ),
)


def plan_of_every_field() -> Plan:
    """The bundled plan, whose input and ballot ask for everything that can be asked for."""
    forms = {"inspel": {"form": EVERY_FIELD}, "workshop": {"ballot": EVERY_FIELD}}
    activities: tuple[PlannedActivity, ...] = tuple(
        one.model_copy(update=forms.get(one.key, {})) for one in PLAN.activities
    )
    return PLAN.model_copy(update={"activities": activities})
