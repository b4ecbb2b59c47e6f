"""What the dashboard shows of a round, as markdown: the matrix, what comes next, the plan. Pure.

Prefect renders tables and mermaid charts (GitHub Flavored Markdown). Everything that
somebody wrote is escaped: a name may hold any character.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from agenda.rounds.overview import (
    IN_WORDS,
    ActivityLine,
    Cell,
    Coming,
    OrganisationLine,
    Overview,
    Standing,
)
from agenda.workdays import swedish_date
from flows.outcome import without_addresses
from notifications.letters.dates import at_in_words, quarter_in_words, short

# Signs that every font has; pictures (emoji) are missing on many a locked-down computer.
MARKS = {
    Standing.ANSWERED: "✓",
    Standing.NOTHING_TO_REPORT: "✓",
    Standing.DECLINED: "✓",
    Standing.NOT_YET: "○",
    Standing.OVERDUE: "✗",
    Standing.NO_ADDRESS: "⚠",
    Standing.BOUNCED: "⚠",
}
ROWS_AT_MOST = 500
"""How many organisations a table lists; beyond that nobody reads it and the page is slow."""
NAMES_AT_MOST = 8
# Prefect puts the chart on a dark ground, and shrinks it to the column: the default's dark
# letters would be too small and too faint to read.
CHART_LOOK = (
    '%%{init: {"theme": "dark", "gantt": {"useWidth": 640, "fontSize": 13, "barHeight": 22, '
    '"leftPadding": 10, "rightPadding": 10}}}%%'
)


def round_markdown(view: Overview, *, trouble: str = "") -> str:
    """A whole round: who has answered what, what goes out next, what failed, the plan.

    Args:
        view: The round.
        trouble: Why no mail leaves at all, in words; empty while it does.
    """
    return _sections(
        f"# {escaped(view.plan_title)}, omgång {escaped(view.round_name)}",
        _example(view),
        f"Läget {at_in_words(view.now, 'sv')}.",
        f"**⚠ E-posten går inte ut.** {escaped(without_addresses([trouble]))}" if trouble else "",
        "## Vem har svarat",
        _matrix(view),
        "## Går ut de kommande tio arbetsdagarna",
        _coming(view, view.coming, with_activity=True),
        *_troubles(view),
        "## Planen",
        _progress(view),
        _gantt(view),
    )


def activity_markdown(view: Overview, key: str) -> str:
    """One activity of a round: who has answered, and what goes out next about it.

    Args:
        view: The round.
        key: The activity's key; KeyError if the round has none such.
    """
    line = next((line for line in view.activities if line.key == key), None)
    if line is None:
        raise KeyError(key)
    return _sections(
        f"# {escaped(line.title)}, omgång {escaped(view.round_name)}",
        _example(view),
        f"Läget {at_in_words(view.now, 'sv')}.",
        f"**{_standing(line, view)}** Sista dag: {_last_day(line)}.",
        _answers(view, key) if line.asked else "",
        "## Går ut de kommande tio arbetsdagarna",
        _coming(view, [c for c in view.coming if c.activity_key == key], with_activity=False),
    )


def escaped(text: str) -> str:
    """Text that stands for itself in markdown, in a table's cell too."""
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]<>|#~&$])", r"\\\1", one_line)


def _sections(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines))


def _example(view: Overview) -> str:
    return "*Exempelomgång: påhittade svar, och ingen riktig mottagare.*" if view.is_example else ""


def _standing(line: ActivityLine, view: Overview) -> str:
    if line.stage == "cancelled":
        return "Inställt."
    if line.done_at is not None:
        return f"Klart {short(swedish_date(line.done_at), 'sv')}."
    if line.asked:
        return f"{line.answered} av {line.asked} har svarat. Påminda utan svar: {line.reminded}."
    if line.is_past:
        return "Försenad."
    return "Pågår." if line.starts_on <= swedish_date(view.now) else "Har inte börjat."


def _last_day(line: ActivityLine) -> str:
    return quarter_in_words(line.due_on, "sv") if line.is_quarter else short(line.due_on, "sv")


def _matrix(view: Overview) -> str:
    if not view.asking:
        return "Ingen aktivitet i den här omgången frågar någon organisation."
    head = ["Organisation", *(escaped(line.title) for line in view.asking)]

    def cells(organisation: OrganisationLine) -> list[str]:
        found = (organisation.cells.get(line.key) for line in view.asking)
        return [escaped(organisation.name), *(_cell(cell) if cell else "" for cell in found)]

    answered = ["**Har svarat**", *(f"**{a.answered} av {a.asked}**" for a in view.asking)]
    reminded = ["**Påminda, utan svar**", *(f"**{a.reminded}**" for a in view.asking)]
    return _listed(view.organisations, cells, head, answered, reminded)


def _answers(view: Overview, key: str) -> str:
    head = ["Organisation", "Läge", "Sista svarsdag", "Senast tillskriven", "Nästa steg"]

    def cells(organisation: OrganisationLine) -> list[str]:
        cell = organisation.cells[key]
        told = short(swedish_date(cell.last_told_at), "sv") if cell.last_told_at else "–"
        ahead = short(swedish_date(cell.next_at), "sv") if cell.next_at else "–"
        extended = " (anstånd)" if cell.is_extended else ""
        return [
            escaped(organisation.name),
            _cell(cell),
            f"{short(cell.due_on, 'sv')}{extended}",
            told,
            ahead,
        ]

    return _listed([o for o in view.organisations if key in o.cells], cells, head)


def _listed(
    organisations: Sequence[OrganisationLine],
    cells: Callable[[OrganisationLine], list[str]],
    head: Sequence[str],
    *last: Sequence[str],
) -> str:
    table = _table(head, [*map(cells, organisations[:ROWS_AT_MOST]), *last])
    left_out = len(organisations) - ROWS_AT_MOST
    return f"{table}\n\n… och {left_out} organisationer till." if left_out > 0 else table


def _cell(cell: Cell) -> str:
    words = f"{MARKS[cell.standing]} {IN_WORDS[cell.standing]}"
    if cell.answered_at is not None:
        late = ", för sent" if cell.is_late else ""
        return f"{words} {short(swedish_date(cell.answered_at), 'sv')}{late}"
    return words


def _coming(view: Overview, coming: Sequence[Coming], *, with_activity: bool) -> str:
    if not coming:
        return "Inget, som läget är nu."
    names = {organisation.name for organisation in view.organisations}
    head = ["När", *(["Aktivitet"] if with_activity else []), "Vad", "Till"]
    return _table(
        head,
        (
            [
                at_in_words(max(step.at, view.now), "sv"),
                *([escaped(step.activity_title)] if with_activity else []),
                escaped(step.label),
                _recipients(step.recipients, names),
            ]
            for step in coming
        ),
    )


def _recipients(recipients: Sequence[str], organisations: set[str]) -> str:
    """Organisations by name; the region's own people only as what they are."""
    named = [escaped(name) for name in recipients if name in organisations]
    if len(named) > NAMES_AT_MOST:
        return f"{len(named)} organisationer"
    return ", ".join([*named, *(["ansvarig på regionen"] if len(named) < len(recipients) else [])])


def _troubles(view: Overview) -> Iterator[str]:
    if view.troubles:
        yield "## Gick inte fram"
        yield _table(
            ["Till", "Vad e-postservern sade", "När"],
            (
                [
                    escaped(trouble.organisation),
                    escaped(without_addresses([trouble.said])),
                    at_in_words(trouble.queued_at, "sv"),
                ]
                for trouble in view.troubles
            ),
        )


def _progress(view: Overview) -> str:
    return _table(
        ["Aktivitet", "Sista dag", "Läge", "Nästa steg"],
        (
            [
                escaped(line.title),
                _last_day(line),
                _standing(line, view),
                f"{at_in_words(line.next_at, 'sv')}: {escaped(line.next_label)}"
                if line.next_at
                else "–",
            ]
            for line in view.activities
        ),
    )


def _gantt(view: Overview) -> str:
    lines = [
        "```mermaid",
        CHART_LOOK,
        "gantt",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %Y-%m",
        "    inclusiveEndDates",
        *(f"    {_bar(line, swedish_date(view.now))}" for line in view.activities),
        "```",
    ]
    return "\n".join(lines)


def _bar(line: ActivityLine, today: date) -> str:
    # A colon ends a bar's name (so: the sign for a ratio, which looks the same); the others
    # begin what mermaid would read as its own.
    plain = line.title.replace(":", "∶")
    name = " ".join(re.sub(r"[;#,%`\\<>{}\[\]\"]", " ", plain).split())
    is_over = line.stage in ("done", "cancelled") or (line.is_past and line.asked > 0)
    if is_over:
        mark = "done, "
    elif line.is_past:
        mark = "crit, "
    else:
        mark = "active, " if line.starts_on <= today else ""
    return f"{name} :{mark}{line.starts_on.isoformat()}, {line.due_on.isoformat()}"
