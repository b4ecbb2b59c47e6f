"""A filled-in form in words: for the preview, the receipt, the mail and the document."""

from collections.abc import Sequence

from agenda.forms.conditions import asked
from agenda.forms.field import FieldType, ReplyRow
from agenda.forms.values import Values, is_blank

__all__ = ["ReplyRow", "rows"]


def rows(
    form: Sequence[FieldType], values: Values, *, language: str, is_whole: bool = False
) -> list[ReplyRow]:
    """What is filled in, in the form's order; what is empty or not asked is left out.

    `is_whole` is for what is shown to be copied: all that was written, asked or not.
    """
    fields = [field.without_conditions() for field in form] if is_whole else form
    return [
        row
        for field in asked(fields, values)
        if not is_blank(values.get(field.key))
        for row in field.shown(values[field.key], language, 0)
    ]
