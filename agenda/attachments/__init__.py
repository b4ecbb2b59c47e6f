"""Files from outside: what kind they really are, how large they may be, what is refused.

Judged by their content, not by their name alone. Nothing is unpacked beyond a table of
contents, the parts that say what a document is, and documents within it; nothing is executed
or rendered. Every check takes as long as the file is large, and no longer.
"""

from agenda.attachments.checking import (
    LARGEST_FILE,
    LARGEST_KEPT,
    LARGEST_OF_ALL,
    LARGEST_TOGETHER,
    MOST_FILES,
    CheckedFile,
    check_room,
    checked_file,
    safe_name,
)
from agenda.attachments.kinds import ACCEPT, KINDS
from agenda.attachments.refusals import ACCEPTED, MEGABYTE, RefusedFile

__all__ = [
    "ACCEPT",
    "ACCEPTED",
    "KINDS",
    "LARGEST_FILE",
    "LARGEST_KEPT",
    "LARGEST_OF_ALL",
    "LARGEST_TOGETHER",
    "MEGABYTE",
    "MOST_FILES",
    "CheckedFile",
    "RefusedFile",
    "check_room",
    "checked_file",
    "safe_name",
]
