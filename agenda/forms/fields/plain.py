"""The types of field that stand alone or in a row. A new one is its class, and its name here."""

from typing import Annotated

from pydantic import Field as Limits

from agenda.forms.fields.choice import Choice
from agenda.forms.fields.date import Date
from agenda.forms.fields.file import File
from agenda.forms.fields.numbers import Amount, Number, Score
from agenda.forms.fields.texts import LongText, ShortText

Cell = ShortText | LongText | Choice | Number | Score | Date | Amount
CellField = Annotated[Cell, Limits(discriminator="type")]
"""A field that a table can have as a column."""
Plain = Cell | File
PlainField = Annotated[Plain, Limits(discriminator="type")]
"""A field that a group can hold."""
