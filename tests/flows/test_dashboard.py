"""What the dashboard shows of a round, as markdown that a reviewer can read here."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from agenda.rounds.overview import (
    ActivityLine,
    Cell,
    Coming,
    OrganisationLine,
    Overview,
    Standing,
    TroubleLine,
)
from agenda.steps.stages import Stage
from flows.dashboard import ROWS_AT_MOST, activity_markdown, escaped, round_markdown
from flows.rest.addresses import activity_key, artifact_url, round_key

NOW = datetime(2026, 9, 18, 6, tzinfo=UTC)
DUE_ON = date(2026, 10, 2)


def cell(standing: Standing, **other: Any) -> Cell:
    values: dict[str, Any] = {
        "due_on": DUE_ON,
        "is_extended": False,
        "is_late": False,
        "answered_at": None,
        "last_told_at": None,
        "next_at": None,
    }
    return Cell(standing=standing, **(values | other))


def line(key: str, title: str, **other: Any) -> ActivityLine:
    values: dict[str, Any] = {
        "id": 1,
        "kind": "input",
        "starts_on": date(2026, 5, 8),
        "due_on": DUE_ON,
        "is_quarter": False,
        "asked": 0,
        "answered": 0,
        "reminded": 0,
        "done_at": None,
        "stage": Stage.DONE if other.get("done_at") else Stage.OPEN,
        "is_past": False,
        "next_at": None,
        "next_label": "",
    }
    return ActivityLine(key=key, title=title, **(values | other))


REMINDER_AT = datetime(2026, 9, 25, 6, tzinfo=UTC)
VIEW = Overview(
    round_name="2026",
    plan_title="Påverkansagenda",
    is_example=True,
    now=NOW,
    activities=(
        line(
            "inspel",
            "Inspel: kommunerna",
            asked=2,
            answered=1,
            reminded=1,
            next_at=REMINDER_AT,
            next_label="påminnelse, 5 arbetsdagar kvar",
        ),
        line("struktur", "Struktur", done_at=NOW, due_on=date(2026, 6, 26)),
        line("skrivande", "Skrivande", is_past=True, due_on=date(2026, 9, 1)),
        line(
            "beslut",
            "Beslut",
            starts_on=date(2027, 1, 4),
            due_on=date(2027, 3, 31),
            is_quarter=True,
        ),
    ),
    organisations=(
        OrganisationLine(
            "krokom", "Krokoms kommun", {"inspel": cell(Standing.ANSWERED, answered_at=NOW)}
        ),
        OrganisationLine(
            "ragunda",
            "Ragunda kommun",
            {"inspel": cell(Standing.NOT_YET, last_told_at=NOW, next_at=REMINDER_AT)},
        ),
    ),
    coming=(
        Coming(
            REMINDER_AT,
            "inspel",
            "Inspel: kommunerna",
            "påminnelse, 5 arbetsdagar kvar",
            ("Ragunda kommun",),
        ),
        Coming(
            REMINDER_AT, "skrivande", "Skrivande", "försenad, 19 arbetsdagar", ("Rut Andersson",)
        ),
    ),
    troubles=(TroubleLine("Bergs kommun", "Påminnelse", "<a@berg.example>: okänd", NOW, 1),),
)

ROUND = """\
# Påverkansagenda, omgång 2026

*Exempelomgång: påhittade svar, och ingen riktig mottagare.*

Läget fredag 18 september 2026 kl. 08.00.

## Vem har svarat

| Organisation | Inspel: kommunerna |
| --- | --- |
| Krokoms kommun | ✓ Svarat 18 september 2026 |
| Ragunda kommun | ○ Inte än |
| **Har svarat** | **1 av 2** |
| **Påminda, utan svar** | **1** |

## Går ut de kommande tio arbetsdagarna

| När | Aktivitet | Vad | Till |
| --- | --- | --- | --- |
| fredag 25 september 2026 kl. 08.00 | Inspel: kommunerna | påminnelse, 5 arbetsdagar kvar | \
Ragunda kommun |
| fredag 25 september 2026 kl. 08.00 | Skrivande | försenad, 19 arbetsdagar | \
ansvarig på regionen |

## Gick inte fram

| Till | Vad e-postservern sade | När |
| --- | --- | --- |
| Bergs kommun | (adressen): okänd | fredag 18 september 2026 kl. 08.00 |

## Planen

| Aktivitet | Sista dag | Läge | Nästa steg |
| --- | --- | --- | --- |
| Inspel: kommunerna | 2 oktober 2026 | 1 av 2 har svarat. Påminda utan svar: 1. | \
fredag 25 september 2026 kl. 08.00: påminnelse, 5 arbetsdagar kvar |
| Struktur | 26 juni 2026 | Klart 18 september 2026. | – |
| Skrivande | 1 september 2026 | Försenad. | – |
| Beslut | första kvartalet 2027 | Har inte börjat. | – |

```mermaid
%%{init: {"theme": "dark", "gantt": {"useWidth": 640, "fontSize": 13, "barHeight": 22, \
"leftPadding": 10, "rightPadding": 10}}}%%
gantt
    dateFormat YYYY-MM-DD
    axisFormat %Y-%m
    inclusiveEndDates
    Inspel∶ kommunerna :active, 2026-05-08, 2026-10-02
    Struktur :done, 2026-05-08, 2026-06-26
    Skrivande :crit, 2026-05-08, 2026-09-01
    Beslut :2027-01-04, 2027-03-31
```
"""

ACTIVITY = """\
# Inspel: kommunerna, omgång 2026

*Exempelomgång: påhittade svar, och ingen riktig mottagare.*

Läget fredag 18 september 2026 kl. 08.00.

**1 av 2 har svarat. Påminda utan svar: 1.** Sista dag: 2 oktober 2026.

| Organisation | Läge | Sista svarsdag | Senast tillskriven | Nästa steg |
| --- | --- | --- | --- | --- |
| Krokoms kommun | ✓ Svarat 18 september 2026 | 2 oktober 2026 | – | – |
| Ragunda kommun | ○ Inte än | 2 oktober 2026 | 18 september 2026 | 25 september 2026 |

## Går ut de kommande tio arbetsdagarna

| När | Vad | Till |
| --- | --- | --- |
| fredag 25 september 2026 kl. 08.00 | påminnelse, 5 arbetsdagar kvar | Ragunda kommun |
"""


def test_a_round_shows_who_has_answered_what_comes_next_and_the_plan():
    assert round_markdown(VIEW) == ROUND


def test_an_activity_shows_each_organisation_asked_and_what_comes_next():
    assert activity_markdown(VIEW, "inspel") == ACTIVITY


def test_an_activity_that_the_round_does_not_have_is_refused():
    with pytest.raises(KeyError, match="okänd"):
        activity_markdown(VIEW, "okänd")


def test_no_name_can_break_the_table_or_begin_markup():
    evil = replace(VIEW.organisations[0], name="a|b <x>\n| *c* `d` [e](f) &lt; \\")
    shown = round_markdown(replace(VIEW, organisations=(evil,), coming=(), troubles=()))
    [row] = [row for row in shown.splitlines() if row.startswith("| a")]
    assert row == (r"| a\|b \<x\> \| \*c\* \`d\` \[e\](f) \&lt; \\ | ✓ Svarat 18 september 2026 |")


def test_no_title_can_break_the_chart():
    evil = replace(VIEW.activities[0], title="a: b; c #d\n```\n%% e")
    shown = round_markdown(replace(VIEW, activities=(evil,)))
    chart = shown.partition("```mermaid\n")[2]
    assert chart.splitlines()[-2:] == ["    a∶ b c d e :active, 2026-05-08, 2026-10-02", "```"]


def test_a_table_of_thousands_is_cut_and_says_so():
    many = tuple(
        OrganisationLine(str(n), f"Organisation {n}", {"inspel": cell(Standing.NOT_YET)})
        for n in range(ROWS_AT_MOST + 7)
    )
    shown = activity_markdown(replace(VIEW, organisations=many), "inspel")
    assert "| Organisation 499 |" in shown
    assert "| Organisation 500 |" not in shown
    assert "… och 7 organisationer till." in shown


def test_many_recipients_are_counted_and_not_listed():
    names = tuple(f"Organisation {n}" for n in range(20))
    coming = replace(VIEW.coming[0], recipients=names)
    known = tuple(OrganisationLine(name, name, {}) for name in names)
    shown = round_markdown(replace(VIEW, coming=(coming,), organisations=known))
    assert "| påminnelse, 5 arbetsdagar kvar | 20 organisationer |" in shown


def test_a_late_answer_and_an_extension_are_told_apart():
    cells = {"inspel": cell(Standing.ANSWERED, answered_at=NOW, is_late=True, is_extended=True)}
    shown = activity_markdown(
        replace(VIEW, organisations=(OrganisationLine("k", "K", cells),)), "inspel"
    )
    assert "| K | ✓ Svarat 18 september 2026, för sent | 2 oktober 2026 (anstånd) |" in shown


def test_the_keys_of_artifacts_are_what_prefect_takes():
    assert (round_key(3), activity_key(3, "plan-till-rsr")) == (
        "omgang-3",
        "omgang-3-plan-till-rsr",
    )
    assert artifact_url("http://127.0.0.1:4210/", "omgang-3") == (
        "http://127.0.0.1:4210/v2/artifacts/key/omgang-3"
    )


def test_plain_swedish_text_stays_as_it_is():
    assert escaped("Härjedalens kommun (södra), nr 2") == "Härjedalens kommun (södra), nr 2"


def test_mail_that_stands_still_is_said_first_and_names_no_address():
    said = "Sedan i fredags. 550 5.7.1 <a@b.example> Relay denied"
    shown = round_markdown(VIEW, trouble=said)
    assert "**⚠ E-posten går inte ut.** Sedan i fredags" in shown
    assert shown.index("E-posten går inte ut") < shown.index("## Vem har svarat")
    assert ("b.example" in shown, "går inte ut.**" in round_markdown(VIEW)) == (False, False)


def test_a_cancelled_activity_is_said_to_be_so() -> None:
    view = replace(VIEW, activities=(line("workshop", "Workshop", stage=Stage.CANCELLED),))
    rows = [row for row in round_markdown(view).splitlines() if "Workshop" in row]
    assert any("Inställt." in row for row in rows)
