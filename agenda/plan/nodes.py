"""A plan file's bytes as YAML's tree of nodes, every scalar still as it was written.

YAML 1.1 reads `no` as false, `12:30` as 750 and `0114` as 76, and lets the last of two
equal keys win without a word. So the file is only composed here, never constructed: what
a scalar means is decided by the plan's model, in `agenda.plan.values`.
"""

import re
from typing import Any

import yaml

from agenda.plan.sentences import SENTENCES
from agenda.words.faults import Fault, shown

MOST_BYTES = 1_000_000
"""A plan with all 290 Swedish municipalities needs a tenth of this."""
_MOST_LEVELS = 20
# PyYAML refuses these as well, but stops at the first and counts its place in characters;
# here every line with one is named, and the rest of the file is still read.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_IN_WORDS = (
    (r"found character '\t'", "tab"),
    ("found character", "character"),
    ("mapping values are not allowed", "colon"),
    ("could not find expected ':'", "no_colon"),
    ("end of stream", "never_closed"),
    ("unknown escape", "escape"),
    ("another document", "documents"),
    ("but got", "not_ended"),
    ("but found", "indentation"),
    ("too many levels", "levels"),
)


class _Composer(yaml.SafeLoader):
    """Composes nodes without aliases, whose repetition can fill any memory, and without tags."""

    def __init__(self, text: str, faults: list[Fault]) -> None:
        super().__init__(text)
        self.faults = faults
        self._level = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            self.faults.append(_no_reference(f"*{event.anchor}", line))
            mark = event.start_mark
            return yaml.ScalarNode("tag:yaml.org,2002:str", "", mark, mark, style="*")  # type: ignore[arg-type]
        if event.anchor is not None:
            self.faults.append(_no_reference(f"&{event.anchor}", line))
            event.anchor = None
        if getattr(event, "tag", None) is not None:
            tag = shown(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.faults.append(Fault(line, SENTENCES("tag", tag=tag)))
            event.tag = None
        if self._level == _MOST_LEVELS:
            raise yaml.composer.ComposerError(None, None, "too many levels", event.start_mark)
        self._level += 1
        node = super().compose_node(parent, index)
        self._level -= 1
        return node


def compose(content: bytes) -> tuple[yaml.Node | None, list[Fault]]:
    """The root node of a file, None if it has none, and what is wrong with the file as YAML."""
    if len(content) > MOST_BYTES:
        return None, [Fault(1, SENTENCES("too_large", most=MOST_BYTES // 1000))]
    if content.startswith(_UTF_16):
        return None, [Fault(1, SENTENCES("utf_16"))]
    text, faults = _decoded(content)
    composer = _Composer(text, faults)
    try:
        node = composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        return None, [*faults, _not_yaml(error)]
    except (yaml.YAMLError, ValueError, OverflowError):
        # A \U escape beyond Unicode ends in chr(), a version number in int(): plain ValueError.
        return None, [*faults, _no_such_character(composer)]
    if node is None and not faults:
        faults.append(Fault(1, SENTENCES("empty")))
    return node, faults


def _decoded(content: bytes) -> tuple[str, list[Fault]]:
    faults = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(line, SENTENCES("not_utf_8")))
        text = content.decode("cp1252", errors="replace")
    for number, line_text in enumerate(re.split(r"\r\n?|\n", text), start=1):
        if found := _CONTROL.search(line_text):
            sign = f"U+{ord(found[0]):04X}"
            faults.append(Fault(number, SENTENCES("control", sign=sign)))
    return _CONTROL.sub("\ufffd", text), faults


def _no_reference(reference: str, line: int) -> Fault:
    return Fault(line, SENTENCES("reference", reference=shown(reference)))


def _no_such_character(composer: _Composer) -> Fault:
    """What PyYAML gives up at without naming it; it stands where the reading stopped."""
    line = composer.get_mark().line + 1
    return Fault(line, SENTENCES("no_such_character"))


def _not_yaml(error: yaml.MarkedYAMLError) -> Fault:
    problem = error.problem or ""
    # What is never closed is noticed at the end of the file, but mended where it opens.
    mark = error.problem_mark
    if "end of stream" in problem or "<stream end>" in problem:
        mark = error.context_mark or mark
    key = next((key for sign, key in _IN_WORDS if sign in problem), "illegible")
    words = SENTENCES(key, most=_MOST_LEVELS)
    return Fault(mark.line + 1 if mark else 1, SENTENCES("not_yaml", words=words))
