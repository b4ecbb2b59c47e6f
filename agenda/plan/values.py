"""YAML's nodes as the plain values that the plan's model expects at each place.

The model decides what a scalar means. Where a text is wanted and YAML would have read
something else, that is a fault: the next program to read the file would get another text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel

from agenda.plan.sentences import SENTENCES
from agenda.plan.wanted import KeyPath, OneOf, inside, is_text
from agenda.words.faults import Fault, shown
from agenda.words.sentence import Sentence

_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(SENTENCES("date"))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(SENTENCES("no_such_date")) from None


def _time(text: str) -> time:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text)
    if not found:
        raise ValueError(SENTENCES("time"))
    return time(int(found[1]), int(found[2]))


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise ValueError(SENTENCES("truth"))
    return _TRUTH[text.lower()]


def _count(text: str) -> int:
    if not re.fullmatch(r"0|-?[1-9][0-9]{0,12}", text):
        raise ValueError(SENTENCES("count"))
    return int(text)


_READ: dict[Any, Callable[[str], object]] = {date: _date, time: _time, bool: _truth, int: _count}


class Remark(NamedTuple):
    """A fault at a place, before the place is put in words."""

    line: int
    path: KeyPath
    sentence: str
    value: object = ""


@dataclass
class Values:
    """What a file says, as plain values, with the line of each and what was wrong."""

    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    noted: list[Remark] = field(default_factory=list)
    refused: set[KeyPath] = field(default_factory=set)
    """The places whose value is left out, so that what the model says of them is no news."""

    def line(self, path: KeyPath) -> int:
        """The line of a place or, when it is not in the file, of what it belongs in."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def note(self, path: KeyPath, sentence: str, value: object = "", line: int = 0) -> None:
        """Note a fault at a place; on the place's own line unless another is given."""
        self.noted.append(Remark(line or self.line(path), path, sentence, value))

    def refuse(self, path: KeyPath, sentence: str, value: object = "") -> None:
        """Note a fault at a place, whose value is left out."""
        self.note(path, sentence, value)
        self.refused.add(path)

    def is_refused(self, path: KeyPath) -> bool:
        """Whether the value at a place, or what it belongs in, is left out."""
        return any(path[:length] in self.refused for length in range(len(path) + 1))

    def faults(self) -> list[Fault]:
        """Every fault noted, its place in words: that needs the whole file to be read."""
        return [
            Fault(
                line,
                SENTENCES(
                    "at_place",
                    place=_in_words(path, self.data, value),
                    words=words,
                    end="" if words[-1] in ".?" else ".",
                ),
            )
            for line, path, words, value in self.noted
        ]


def read_values(root: yaml.Node, model: type[BaseModel]) -> Values:
    """The values in a file that is to become a model."""
    values = Values(lines={(): root.start_mark.line + 1})
    values.data = _value(root, model, (), values)
    return values


def _in_words(path: KeyPath, data: Any, value: object = "") -> Sentence:
    """A place in words: ”due_on” i aktiviteten ”inspel”."""
    owner, rest = SENTENCES("plan"), path
    if len(path) > 1 and path[0] in ("activities", "organisations") and isinstance(path[1], int):
        key, rest = _key_of(data, path), path[2:]
        nth = SENTENCES(f"{path[0]}_nth", n=path[1] + 1)
        owner = SENTENCES(str(path[0]), key=shown(key)) if key else nth
    label = ".".join(str(step) for step in rest if isinstance(step, str))
    if value != "":
        label = f"{label}: {shown(value)}" if label else shown(value)
    if label:
        return SENTENCES("in_owner", label=shown(label, most=120), owner=owner)
    swedish, english = (form[0].upper() + form[1:] for form in owner.forms)
    return Sentence(owner.key, (swedish, english), owner.values)


def _key_of(data: Any, path: KeyPath) -> str | None:
    try:
        key = data[path[0]][path[1]]["key"]
    except (KeyError, TypeError, IndexError):
        return None
    return key if isinstance(key, str) else None


def _value(node: yaml.Node, wanted: Any, path: KeyPath, values: Values) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, wanted, path, values)
    if isinstance(node, yaml.SequenceNode):
        return _sequence(node, wanted, path, values)
    return _scalar(node, wanted, path, values)


def _mapping(node: yaml.MappingNode, wanted: Any, path: KeyPath, values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(wanted, OneOf):
        wanted = wanted.sort(_scalar_at(node, wanted.key))
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            values.note((*path, "?"), SENTENCES("key_no_word"), line=line)
            continue
        key = key_node.value
        inner = (*path, key)
        if key in found:
            values.note(inner, SENTENCES("key_twice", line=values.lines[inner]), line=line)
            continue
        values.lines[inner] = line
        found[key] = _value(value_node, inside(wanted, key), inner, values)
    return found


def _scalar_at(node: yaml.MappingNode, key: str) -> object:
    return next((value.value for name, value in node.value if name.value == key), None)


def _sequence(node: yaml.SequenceNode, wanted: Any, path: KeyPath, values: Values) -> list[Any]:
    found = []
    for position, item in enumerate(node.value):
        inner = (*path, position)
        values.lines[inner] = item.start_mark.line + 1
        found.append(_value(item, inside(wanted, position), inner, values))
    return found


def _scalar(node: yaml.Node, wanted: Any, path: KeyPath, values: Values) -> Any:
    text, is_plain = node.value, node.style is None  # type: ignore[attr-defined]
    if is_plain and node.tag == "tag:yaml.org,2002:null":
        if text == "":
            values.refuse(path, SENTENCES("no_value"))
        return None
    if wanted in _READ:
        try:
            return _READ[wanted](text)
        except ValueError as error:
            values.refuse(path, error.args[0], text)
            return None
    if is_text(wanted) and is_plain and (other := _converted(node)) is not None:
        values.refuse(path, SENTENCES("read_as", other=other), text)
    return text


def _converted(node: yaml.Node) -> str | None:
    """What YAML would make of an unquoted scalar, if that is not the text as written."""
    try:
        value = yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    if isinstance(value, bool):
        return SENTENCES("true") if value else SENTENCES("false")
    return None if str(value) == node.value else shown(value)
