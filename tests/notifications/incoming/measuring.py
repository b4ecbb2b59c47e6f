"""How well bounces are judged, measured over any folder of mails with the right outcomes beside.

    AGENDA_TEST_BOUNCES=/a/folder pytest tests/notifications/incoming/test_measured.py
    python -m tests.notifications.incoming.measuring /a/folder

The folder holds mails and `outcomes.csv`: file, outcome ("dead", "refused, full or delayed" or
"not a bounce"), reason and status; where a column `id` says yes, the mail names our message.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from notifications.incoming.identifiers import named_ids_of
from notifications.incoming.judging import Judged, Sort, judge
from notifications.incoming.mail import read_mail
from notifications.incoming.refused import Return

DEAD, KEPT, NONE = "dead", "refused, full or delayed", "not a bounce"


@dataclass
class Measured:
    """Counts over a folder."""

    bounces: int = 0
    by_id: int = 0
    by_address_alone: int = 0
    recognised: int = 0
    said_dead: int = 0
    said_dead_rightly: int = 0
    are_dead: int = 0
    others: int = 0
    unreadable: list[str] = field(default_factory=list)
    taken_for_bounces: list[str] = field(default_factory=list)
    without_match: list[str] = field(default_factory=list)
    wrongly_dead: list[str] = field(default_factory=list)

    @property
    def matched(self) -> float:
        return (self.by_id + self.by_address_alone) / max(self.bounces, 1)

    @property
    def right_of_dead(self) -> float:
        return self.said_dead_rightly / max(self.said_dead, 1)

    def __str__(self) -> str:
        return "\n".join(
            (
                f"bounces {self.bounces}, recognised {self.recognised}",
                f"matched {self.matched:.1%}: by identifier {self.by_id}, "
                f"by address alone {self.by_address_alone}, without {self.without_match}",
                f"said dead {self.said_dead}, rightly {self.said_dead_rightly} "
                f"({self.right_of_dead:.1%}) of {self.are_dead}; wrongly {self.wrongly_dead}",
                f"others {self.others}, taken for bounces {self.taken_for_bounces}",
                f"not to be read {self.unreadable}",
            )
        )


def samples(folder: Path) -> Iterator[tuple[dict[str, str], Judged, tuple[str, ...]]]:
    """Each mail's row, what it is judged to be, and the Message-IDs that it calls so."""
    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mail = read_mail((folder / row["file"]).read_bytes())
            yield row, judge(mail), named_ids_of(mail)


def measure(folder: Path) -> Measured:
    found = Measured()
    for row, judged, named in samples(folder):
        name, is_dead = row["file"], row["outcome"] == DEAD
        if judged.sort is Sort.UNREADABLE:
            found.unreadable.append(name)
        if row["outcome"] == NONE:
            found.others += 1
            if judged.sort is Sort.BOUNCE:
                found.taken_for_bounces.append(name)
            continue
        found.bounces += 1
        found.are_dead += is_dead
        found.recognised += judged.sort is Sort.BOUNCE
        if named or judged.keys:
            found.by_id += 1
        elif judged.addresses:
            found.by_address_alone += 1
        else:
            found.without_match.append(name)
        if says_dead(judged):
            found.said_dead += 1
            found.said_dead_rightly += is_dead
            if not is_dead:
                found.wrongly_dead.append(name)
    return found


def says_dead(judged: Judged) -> bool:
    return any(why is Return.DEAD for _, why in judged.reports)


if __name__ == "__main__":
    print(measure(Path(sys.argv[1])))
