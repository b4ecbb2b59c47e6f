"""What is still wrong with a filled-in form: the faults of the fields that are asked."""

from collections.abc import Iterator, Sequence

from agenda.forms.conditions import asked, condition_in_words
from agenda.forms.field import FieldFault, FieldType
from agenda.forms.sentences import SENTENCES
from agenda.forms.values import Values
from agenda.forms.written import grouped
from agenda.words.sentence import said


def faults_in(form: Sequence[FieldType], values: Values, *, language: str) -> dict[str, str]:
    """What hinders a form from being sent: a sentence by the name of the field as posted.

    Rows of a group that are wholly empty are no fault: they are left out when it is sent.
    """
    return {
        fault.name: said(SENTENCES(fault.kind, **fault.terms), language)
        for fault in faults_of_all(form, values, "", language)
    }


def faults_of_all(
    form: Sequence[FieldType], values: Values, prefix: str, language: str
) -> Iterator[FieldFault]:
    """The faults of the fields that are asked; what is written in others is left as it is."""
    for field in asked(form, values):
        for fault in field.faults(prefix + field.key, values.get(field.key), language):
            is_missing = fault.name == prefix + field.key and fault.kind.startswith("missing")
            if is_missing and (terms := condition_in_words(field, form, language)):
                yield FieldFault(fault.name, "missing_then", fault.terms | terms)
            else:
                yield fault


def length_fault(text: str, *, most: int, language: str) -> str:
    """What is wrong with a text of more than `most` characters; empty when it is not."""
    if len(text) <= most:
        return ""
    fault = too_long("", text, most=most)
    return said(SENTENCES(fault.kind, **fault.terms), language)


def too_long(name: str, text: str, *, most: int) -> FieldFault:
    """That a text is longer than `most` characters."""
    lengths = {"length": len(text), "most": most, "over": len(text) - most}
    return FieldFault(name, "too_long", {key: grouped(length) for key, length in lengths.items()})
