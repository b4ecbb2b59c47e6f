"""A field that holds attached files."""

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Literal

from agenda.forms.field import FieldFault, FieldType, Posted, ReplyRow
from agenda.forms.labels import Words
from agenda.forms.values import is_list_of
from agenda.forms.versions import Choose, Path, Versions, digest

_NUMBER = re.compile(r"[0-9]{1,9}")


class File(FieldType):
    """An attached file, or several: the ids of uploads."""

    missing: ClassVar[str] = "missing_file"

    type: Literal["file"] = "file"
    is_multiple: bool = False

    @property
    def takes_files(self) -> bool:
        """It does."""
        return True

    def read(self, posted: Posted, name: str) -> list[int]:
        """The files that the page had, each once."""
        written = posted.get(name, ())
        return list(dict.fromkeys(int(text) for text in written if _NUMBER.fullmatch(text)))

    def pairs(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """Each file that is there."""
        yield from ((name, str(number)) for number in value or ())

    def most_pairs(self, value: Any) -> int:
        """Those that are there, and one that is added."""
        return len(value or ()) + 1

    def suits(self, value: Any) -> bool:
        """Ids."""
        return is_list_of(int, value)

    def faults_of(self, name: str, value: Any, language: str) -> Iterator[FieldFault]:
        """That there is more than one where one may be."""
        if len(value) > 1 and not self.is_multiple:
            yield FieldFault(name, "one_file", {})

    def shown(self, value: Any, language: str, level: int) -> Iterator[ReplyRow]:
        """The files, by their ids."""
        yield ReplyRow(self.label.shown_in(language), "", level, tuple(value))

    def uploads(self, value: Any) -> tuple[int, ...]:
        """All of them."""
        return tuple(value or ())

    def with_uploads(self, value: Any, is_kept: Callable[[int], bool]) -> list[int]:
        """Those that are kept."""
        return [number for number in value or () if is_kept(number)]

    def with_upload(self, value: Any, rest: str, upload_id: int) -> list[int]:
        """With one more; where it holds only one, in place of the one that was there."""
        if rest:
            raise KeyError(rest)
        return [*(value or () if self.is_multiple else ()), upload_id]

    def joined(self, versions: Versions, path: Path, choose: Choose, item: Words | None) -> Any:
        """The files of both; nobody need choose."""
        theirs, mine, base = versions
        if digest(mine) == base:
            return theirs
        return list(dict.fromkeys([*(theirs or ()), *(mine or ())]))
