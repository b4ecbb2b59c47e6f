"""The house is as `docs/design.md` draws it: its rooms, its words, and what no room may do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agenda.kinds import KINDS

ROOT = Path(__file__).parent.parent
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
HOUSE = ("agenda", "notifications", "flows", "portal")
MOST_ENTRIES = 20
NOT_CODE = {"messages", "static", "templates", "versions"}
STATEMENTS = {"select", "insert", "update", "delete", "text"}


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / room).rglob("*.py")):
        yield file.relative_to(ROOT), ast.parse(file.read_text(encoding="utf-8"))


def folders() -> Iterator[Path]:
    for room in HOUSE:
        yield ROOT / room
        yield from (
            folder
            for folder in (ROOT / room).rglob("*")
            if folder.is_dir()
            and "__pycache__" not in folder.parts
            and not NOT_CODE & set(folder.parts)
        )


def test_every_room_that_is_drawn_exists_and_every_room_is_drawn() -> None:
    drawn = set(re.findall(r"`((?:agenda|notifications|flows|portal)/[\w./]*)`", DESIGN))
    assert [name for name in sorted(drawn) if not (ROOT / name).exists()] == []
    rooms = {
        f"{room}/{folder.name}/"
        for room in HOUSE
        for folder in (ROOT / room).iterdir()
        if (folder / "__init__.py").exists()
    }
    assert rooms - drawn == set()


def test_every_word_of_the_glossary_is_used() -> None:
    words = re.findall(r"^\| [^|`]+ \| `(\w+)` \|", DESIGN, re.MULTILINE)
    code = "\n".join(
        file.read_text(encoding="utf-8") for room in HOUSE for file in (ROOT / room).rglob("*.py")
    )
    assert len(words) > 10
    assert [word for word in words if not re.search(rf"\b{word}\b", code)] == []


@pytest.mark.parametrize("folder", sorted(folders()), ids=lambda f: str(f.relative_to(ROOT)))
def test_a_room_is_taken_in_at_a_glance(folder: Path) -> None:
    entries = sorted(one.name for one in folder.iterdir() if one.name != "__pycache__")
    assert len(entries) <= MOST_ENTRIES, entries


def test_every_module_says_first_what_it_is_for() -> None:
    silent = [
        str(file) for room in HOUSE for file, code in modules(room) if not ast.get_docstring(code)
    ]
    assert [file for file in silent if "migrations/versions" not in file] == []


def bound(name: str) -> dict[str, str]:
    """Where the product binds a name, and what the annotation there says that it is."""
    return {
        f"{file}:{node.lineno}": ast.unparse(node.annotation) if node.annotation else "not said"
        for room in HOUSE
        for file, code in modules(room)
        if "versions" not in file.parts  # a migration speaks of what was
        for node in ast.walk(code)
        if (isinstance(node, ast.arg) and node.arg == name)
        or (isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name)
    }


def test_known_is_what_is_known_of_an_activity_and_nothing_else() -> None:
    assert len(bound("known")) > 10
    assert set(bound("known").values()) == {"Situation"}


def test_place_is_where_a_meeting_is_held_and_nothing_else() -> None:
    """A field alone: whatever a function needs for a moment has a better name."""
    assert set(bound("place").values()) == {"str", "Line | None"}
    loose = [
        f"{file}:{node.lineno}"
        for room in HOUSE
        for file, code in modules(room)
        if "versions" not in file.parts
        for owner in ast.walk(code)
        if isinstance(owner, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(owner)
        if (isinstance(node, ast.arg) and node.arg == "place")
        or (isinstance(node, ast.Name) and node.id == "place")
    ]
    assert loose == []


def test_no_two_classes_of_the_product_have_one_name() -> None:
    """Whoever reads of a part, a visit or a screen knows at once which."""
    named: dict[str, list[str]] = {}
    for room in HOUSE:
        for file, code in modules(room):
            for node in ast.walk(code):
                if isinstance(node, ast.ClassDef):
                    named.setdefault(node.name, []).append(f"{file}:{node.lineno}")
    assert len(named) > 200
    assert {name: files for name, files in named.items() if len(files) > 1} == {}


def test_no_door_asks_the_database_itself() -> None:
    """What it shows is read in `notifications/readings`, what it does is done in `acts`."""
    asking = [
        f"{file}:{node.lineno}"
        for file, code in modules("portal")
        for node in ast.walk(code)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in ("sqlmodel", "sqlalchemy")
        and STATEMENTS & {name.name for name in node.names}
    ]
    assert asking == []


def test_no_room_but_its_own_knows_a_kind_of_activity_by_its_name() -> None:
    """Whoever asks what a kind is like asks the kind, so that a new one is one module."""
    # A field of a form, and of a fault, is an input too.
    names = "|".join(sorted(KINDS.keys() - {"input"}))
    known = re.compile(rf"""["'](?:{names})["']|\bkind\b[^\n]{{0,12}}["']input["']""")
    knowing = [
        f"{file.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}"
        for room in HOUSE
        for file in sorted((ROOT / room).rglob("*"))
        if file.suffix in {".py", ".jinja", ".html"}
        and ROOT / "agenda" / "kinds" not in file.parents
        and "versions" not in file.parts  # a migration speaks of what was
        for text in [file.read_text(encoding="utf-8")]
        for found in known.finditer(text)
    ]
    assert knowing == []
