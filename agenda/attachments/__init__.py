"""Files from outside: what kind they really are, how large they may be, what is refused.

Judged by their content, not by their name alone. Nothing is unpacked beyond a table of
contents and the three small parts that say what a document is; nothing is executed or
rendered.
"""

from agenda.attachments.checking import (
    LARGEST_FILE,
    LARGEST_KEPT,
    LARGEST_OF_ALL,
    LARGEST_TOGETHER,
    MOST_FILES,
    CheckedFile,
    checked_file,
    safe_name,
)
from agenda.attachments.kinds import ACCEPTED, KINDS
from agenda.attachments.refusals import MEGABYTE, RefusedFile

__all__ = [
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
    "checked_file",
    "safe_name",
]
