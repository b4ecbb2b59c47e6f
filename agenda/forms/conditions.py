"""Which fields of a form are asked, by what is chosen in others. Pure."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from agenda.forms.field import FieldType
from agenda.forms.values import Values

_Type = TypeVar("_Type", bound=FieldType)


def asked(form: Sequence[_Type], values: Values) -> Iterator[_Type]:
    """The fields that are asked, given what is filled in beside them.

    What is written in one that is not asked stays where it is, for a change of mind: it is
    neither checked nor shown as part of the answer.
    """
    beside: dict[str, FieldType] = {field.key: field for field in form}
    for field in form:
        if _is_asked(field, beside, values, seen=()):
            yield field


def condition_in_words(
    field: FieldType, form: Sequence[FieldType], language: str
) -> dict[str, str]:
    """A condition in the words of the form: the question it hangs on, and the answers."""
    if (condition := field.asked_if) is None:
        return {}
    other = next((one for one in form if one.key == condition.field), None)
    if other is None or not (labels := other.labels(language)):
        return {}
    options = [labels.get(key, key) for key in condition.options]
    return {"question": other.label.shown_in(language), "options": _either(options, language)}


def _is_asked(
    field: FieldType, beside: dict[str, FieldType], values: Values, *, seen: tuple[str, ...]
) -> bool:
    condition = field.asked_if
    if condition is None or condition.field not in beside or field.key in seen:
        # Alone, as where two versions of one field are compared, it is shown as it is.
        return True
    value = values.get(condition.field)
    chosen = value if isinstance(value, list) else [value]
    holds = any(option in chosen for option in condition.options)
    return holds and _is_asked(beside[condition.field], beside, values, seen=(*seen, field.key))


def _either(options: list[str], language: str) -> str:
    quoted = [f"“{one}”" if language == "en" else f"”{one}”" for one in options]
    word = " or " if language == "en" else " eller "
    return word.join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
