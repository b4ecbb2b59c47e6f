"""One kind of sentence: a key of its room's table, in two languages, and no second way."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from agenda.words.errors import AgendaError, BadInput
from agenda.words.faults import Fault, FaultyFile
from agenda.words.sentence import Sentence, Sentences, joined, said

ROOT = Path(__file__).parent.parent
HOUSE = ("agenda", "notifications", "flows", "portal")
TEMPLATES = ROOT / "portal" / "templates"
CODE = {
    file.relative_to(ROOT): file.read_text(encoding="utf-8")
    for room in HOUSE
    for file in sorted((ROOT / room).rglob("*.py"))
    if "versions" not in file.parts
}
TABLES = [file for file, text in CODE.items() if re.search(r"^SENTENCES = ", text, re.MULTILINE)]
SHARED = Path("portal/door/sentences.py")
ONLY_IN_A_TERMINAL = (
    *("agenda/storage/", "agenda/installation/", "notifications/replay/"),
    *("flows/", "portal/up/", "portal/cli/"),
)
"""Rooms whose errors no page ever shows: start-up, backup, upgrade, options, the network."""
WORDS_OF_THEIR_OWN = (
    "agenda/kinds/",
    *(f"notifications/letters/{n}.py" for n in ("dates", "occasions")),
)
"""A kind's labels stand with the kind; the grammar of dates and hours is no sentence."""

TEXTS = Sentences(
    whole=("{n} filer i {where}", "{n} files in {where}"),
    part=("utkastet", "the draft"),
)


def module_of(file: Path) -> str:
    return ".".join(file.with_suffix("").parts)


def table_of(file: Path) -> Sentences:
    found = import_module(module_of(file)).SENTENCES
    assert isinstance(found, Sentences), file
    return found


def patterns_for(table: Path) -> set[str]:
    """What the code and the templates that can say a table's sentences name, as patterns."""
    room, is_a_doors = table.parent, table.parts[0] == "portal" and table.name == "sentences.py"
    named = re.compile(rf"from {re.escape('.'.join(room.parts))}[.\w]* import")
    within = Path("portal") if table == SHARED else room
    found: set[str] = set()
    for file, text in CODE.items():
        if file == table or within in file.parents or named.search(text):
            found |= set(_named_by_code(ast.parse(text)))
    if is_a_doors:
        # A door's pages are made of the parts that all doors share.
        rooms = [TEMPLATES] if table == SHARED else [TEMPLATES / room.name, TEMPLATES / "door"]
        for page in (page for pages in rooms for page in pages.rglob("*.html")):
            found |= set(_named_by_a_page(page.read_text(encoding="utf-8")))
    return found


def _named_by_code(code: ast.Module) -> Iterator[str]:
    for node in ast.walk(code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.fullmatch(r"\w+", node.value):
                yield node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "?" for part in node.values]
            # What is nothing but a place for anything names nothing.
            if re.fullmatch(r"[\w?]*[a-z]{3}[\w?]*", text := "".join(map(str, parts))):
                yield text.replace("?", r"\w*")


def _named_by_a_page(text: str) -> Iterator[str]:
    for before, word, after in re.findall(r"""(\+ )?["'](\w+)["']( \+)?""", text):
        yield (r"\w*" if before else "") + word + (r"\w*" if after else "")
    # What is put behind a sentence's key, so that one page speaks of two things.
    for ending in re.findall(r"""\{% set \w+ = ["'](_\w+)["'] if """, text):
        yield rf"\w+{ending}"


def terms_of(form: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(form) if name}


def test_every_table_is_found() -> None:
    assert len(TABLES) > 10
    rooms = [table.parent for table in TABLES]
    assert [room for room in rooms if rooms.count(room) > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_both_languages_say_it_with_the_same_values(table: Path) -> None:
    for key, (swedish, english) in table_of(table).items():
        assert swedish.strip(), key
        assert english.strip(), key
        assert terms_of(swedish) == terms_of(english), key


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_no_sentence_is_one_that_nobody_says(table: Path) -> None:
    every = re.compile("|".join(sorted(patterns_for(table))))
    assert [key for key in table_of(table) if not every.fullmatch(key)] == []


@pytest.mark.parametrize("file", CODE, ids=str)
def test_every_key_that_is_said_stands_in_the_table_that_it_is_asked_of(file: Path) -> None:
    tables = {
        name.asname or name.name: table_of(Path(*(node.module or "").split(".")).with_suffix(".py"))
        for node in ast.walk(ast.parse(CODE[file]))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name == "SENTENCES"
    }
    if file in TABLES:
        tables["SENTENCES"] = table_of(file)
    wrong = [
        f"{file}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(CODE[file]))
        if isinstance(node, ast.Call)
        if (table := tables.get(ast.unparse(node.func)) or asked_of(file, node)) is not None
        if not _is_sayable(node, table)
    ]
    assert wrong == []


def asked_of(file: Path, call: ast.Call) -> Sentences | None:
    """The table of what a door says, or a refused file, without naming the table."""
    said_by, own = ast.unparse(call.func), file.parent / "sentences.py"
    if said_by == "RefusedFile":
        return table_of(Path("agenda/attachments/refusals.py"))
    if said_by in ("say", "here.say", "self._words") and own in TABLES:
        # A room within a door's says what the door does as well.
        around = own.parent.parent / own.name
        outer = table_of(around) if around in TABLES else Sentences()
        return Sentences(**(table_of(SHARED) | outer | table_of(own)))
    return None


def _is_sayable(call: ast.Call, table: Sentences) -> bool:
    """Whether a key stands in the table, and every value that its forms want is given."""
    key = call.args[0]
    if isinstance(key, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w*"
            for part in key.values
        )
        return any(re.fullmatch(pattern, one) for one in table)
    if not isinstance(key, ast.Constant):
        return True
    given = {word.arg for word in call.keywords}
    wanted = {name for name, _ in terms_of(table.get(key.value, ("{?}", ""))[0])}
    return key.value in table and (None in given or wanted <= given)


@pytest.mark.parametrize("file", CODE, ids=str)
def test_no_room_has_a_second_way_to_say_it(file: Path) -> None:
    """No texts by language, and no error of plain text that a page could come to show."""
    code, where = ast.parse(CODE[file]), file.as_posix()
    by_language = [
        f"{file}:{node.lineno}"
        for node in ast.walk(code)
        if isinstance(node, ast.Dict)
        and {key.value for key in node.keys if isinstance(key, ast.Constant)} == {"sv", "en"}
        and all(isinstance(value, ast.Constant | ast.Dict | ast.JoinedStr) for value in node.values)
    ]
    assert where.startswith(WORDS_OF_THEIR_OWN) or by_language == []
    plain = [
        f"{file}:{node.lineno}"
        for node in ast.walk(code)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"AgendaError", "BadInput", "NotFound", "Fault"}
        for text in (*node.args, *(word.value for word in node.keywords))
        if isinstance(text, ast.JoinedStr)
        or (isinstance(text, ast.Constant) and isinstance(text.value, str))
    ]
    assert where.startswith(ONLY_IN_A_TERMINAL) or plain == []


def test_a_sentence_is_swedish_as_text_and_what_it_holds_is_said_in_its_language() -> None:
    sentence = TEXTS("whole", n=2, where=TEXTS("part"))
    assert sentence == "2 filer i utkastet"
    assert said(sentence, "en") == "2 files in the draft"
    assert type(said(sentence, "sv")) is str
    assert said("Östersund", "en") == "Östersund"


def test_what_stands_in_a_value_is_never_read_as_a_form() -> None:
    sentence = TEXTS("whole", n=1, where="{n}")
    assert (sentence, said(sentence, "en")) == ("1 filer i {n}", "1 files in {n}")


def test_several_sentences_as_one_are_each_said_in_the_language() -> None:
    both = joined("; ", (TEXTS("part"), "Berg", TEXTS("part")))
    assert both == "utkastet; Berg; utkastet"
    assert said(both, "en") == "the draft; Berg; the draft"


def test_an_error_carries_its_sentence_and_is_said_in_both_languages() -> None:
    error = BadInput(TEXTS("whole", n=3, where=TEXTS("part")))
    assert (str(error), error.said_in("en")) == ("3 filer i utkastet", "3 files in the draft")
    assert error.values["n"] == 3
    plain = AgendaError("Det finns ingen databas än.")
    assert (plain.said_in("en"), plain.values) == (str(plain), {})


def test_every_fault_of_a_file_is_said_in_the_language() -> None:
    error = FaultyFile("plan.yaml", [Fault(2, TEXTS("part")), Fault(1, TEXTS("part"))])
    assert str(error) == "plan.yaml:1: utkastet\nplan.yaml:2: utkastet"
    assert error.said_in("en") == "plan.yaml:1: the draft\nplan.yaml:2: the draft"


def test_a_sentence_can_be_copied_with_all_that_it_holds() -> None:
    from copy import deepcopy

    copy = deepcopy(TEXTS("whole", n=2, where=TEXTS("part")))
    assert isinstance(copy, Sentence)
    assert said(copy, "en") == "2 files in the draft"
