"""The types of field that a form can have. Their names are the keys of a plan file's `form:`."""

from typing import Annotated

from pydantic import Field as Limits

from agenda.forms.fields.choice import Choice
from agenda.forms.fields.date import Date
from agenda.forms.fields.file import File
from agenda.forms.fields.group import MOST_ROWS, Group
from agenda.forms.fields.numbers import Amount, Number, Score
from agenda.forms.fields.plain import Plain, PlainField
from agenda.forms.fields.points import Points
from agenda.forms.fields.table import Table
from agenda.forms.fields.texts import LongText, ShortText

__all__ = [
    "MOST_ROWS",
    "Amount",
    "Choice",
    "Date",
    "Field",
    "File",
    "Form",
    "Group",
    "LongText",
    "Number",
    "PlainField",
    "Points",
    "Score",
    "ShortText",
    "Table",
]

Field = Annotated[Plain | Points | Group | Table, Limits(discriminator="type")]
Form = Annotated[tuple[Field, ...], Limits(max_length=100)]
"""A form: its fields in the order they are asked; empty where nothing is."""
