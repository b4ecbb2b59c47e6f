"""What is wrong with an installation's settings, in Swedish: wrong values, misspelt names."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from agenda.words.faults import shown

PREFIX = "AGENDA_"
OTHERS = ("AGENDA_USER", "AGENDA_ROUND", "AGENDA_RUNNER_PID")
"""Variables of ours that are no settings of the installation."""
_NEAR = 0.75
_SENTENCES = {
    "int_parsing": "”{value}” är inget heltal",
    "int_type": "”{value}” är inget heltal",
    "int_from_float": "”{value}” är inget heltal",
    "float_parsing": "”{value}” är inget tal; skriv det med siffror och decimalpunkt, som 2.5",
    "finite_number": "”{value}” är inget tal",
    "bool_parsing": "skriv true (ja) eller false (nej)",
    "greater_than": "ska vara mer än {gt:g}",
    "greater_than_equal": "ska vara minst {ge:g}",
    "less_than": "ska vara mindre än {lt:g}",
    "less_than_equal": "ska vara högst {le:g}",
    "string_too_short": "ska vara minst {min_length} tecken",
    "too_short": "ska vara minst {min_length} tecken",
    "string_too_long": "ska vara högst {max_length} tecken",
    "path_type": "”{value}” är ingen sökväg",
    "missing": "saknas",
}


def sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    """One fault: the variable and what is wrong with it. A secret is never shown."""
    path = error["loc"]
    if not path:
        return _own_words(error)
    name = str(path[0])
    return f"{PREFIX}{name.upper()}: {_said(error, model, name)}"


def misspelt(names: Iterable[str], fields: Collection[str]) -> Iterator[str]:
    """Each variable that is none of ours and nearly one, with the one that may be meant."""
    possible = [*(f"{PREFIX}{name.upper()}" for name in fields), *OTHERS]
    for name in sorted({name.upper() for name in names}):
        is_ours = name in possible or name.startswith(f"{PREFIX}TEST_")
        if not name.startswith(PREFIX) or is_ours:
            continue
        if near := get_close_matches(name, possible, n=1, cutoff=_NEAR):
            yield f"{shown(name)} är ingen inställning. Menar du {near[0]}?"


def _said(error: ErrorDetails, model: type[BaseModel], name: str) -> str:
    kind = error["type"]
    if kind == "value_error":
        return _own_words(error)
    field = model.model_fields[name]
    if kind == "enum":
        return f"”{shown(error['input'])}” går inte. Välj {', '.join(_choices(field.annotation))}"
    if words := _SENTENCES.get(kind):
        return words.format(value=shown(error["input"]), **error.get("ctx", {}))
    return "värdet går inte att använda"


def _own_words(error: ErrorDetails) -> str:
    return str(error.get("ctx", {}).get("error", "värdet går inte att använda")).rstrip(".")


def _choices(annotation: Any) -> list[str]:
    is_enum = isinstance(annotation, type) and issubclass(annotation, Enum)
    return [str(member.value) for member in annotation] if is_enum else []
