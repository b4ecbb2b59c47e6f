from datetime import UTC, datetime

from rich.console import Console

from agenda.installation.settings import Settings
from agenda.rounds.round import Occasion
from portal.up.panel import ready_panel

OCCASIONS = [
    Occasion(
        round_id=1,
        round_name="[2027]",
        activity_id=1,
        activity_key="inspel",
        activity_title="Inspel",
        kind="input",
        at=datetime(2027, 3, day, hour, tzinfo=UTC),
        label=label,
    )
    for day, hour, label in (
        (1, 7, "öppnar"),
        (9, 7, "påminnelse"),
        (26, 23, "stänger"),
        (29, 6, "visas inte"),
    )
]


def printed(settings: Settings, occasions: list[Occasion]) -> list[str]:
    console = Console(width=100, highlight=False)
    with console.capture() as captured:
        console.print(ready_panel(settings, occasions))
    return [line.strip("│ ") for line in captured.get().splitlines()]


def test_the_panel_says_where_everything_is_and_what_comes_next(settings: Settings) -> None:
    lines = printed(settings, OCCASIONS)
    assert "Påverkansagendan är igång" in lines[0]
    assert "Ctrl-C avslutar" in lines[-1]
    assert [" ".join(line.split()) for line in lines[1:-1] if line] == [
        "Dashboard http://127.0.0.1:4210",
        "Startsida http://127.0.0.1:8400",
        "Brevlåda http://127.0.0.1:8400/brevlada",
        "E-post stannar i den lokala brevlådan, inget lämnar datorn",
        "Härnäst enligt planen",
        "måndag 1 mars 2027 kl. 08.00 Inspel: öppnar ([2027])",
        "tisdag 9 mars 2027 kl. 08.00 Inspel: påminnelse ([2027])",
        "fredag 26 mars 2027 kl. 24.00 Inspel: stänger ([2027])",
    ]


def test_behind_a_proxy_what_it_leaves_inside_is_named_as_it_is_reached_at_the_machine(
    settings: Settings,
) -> None:
    behind = settings.model_copy(
        update={"base_url": "https://agenda.regionen.example", "host": "0.0.0.0"}
    )
    lines = [" ".join(line.split()) for line in printed(behind, [])]
    assert "Startsida http://127.0.0.1:8400" in lines
    assert "Brevlåda http://127.0.0.1:8400/brevlada" in lines


def test_the_panel_says_when_mail_leaves_for_real(settings: Settings) -> None:
    real = settings.model_copy(update={"mail_server": "smtp.regionen.example"})
    lines = [" ".join(line.split()) for line in printed(real, [])]
    assert "Brevlåda riktig e-postserver, ingen lokal brevlåda" in lines
    assert "E-post skickas av smtp.regionen.example" in lines


def test_the_panel_says_when_all_mail_goes_to_one_address(settings: Settings) -> None:
    trial = settings.model_copy(
        update={"mail_server": "smtp.regionen.example", "mail_redirect_to": "prov@regionen.example"}
    )
    text = " ".join(" ".join(printed(trial, [])).split())
    assert (
        "E-post allt går till prov@regionen.example, oavsett mottagare "
        "(skickas av smtp.regionen.example)"
    ) in text


def test_a_plan_without_anything_ahead_says_how_to_go_on(settings: Settings) -> None:
    assert "Inget mer är planerat. Starta en omgång med: agenda round start --plan FIL" in printed(
        settings, []
    )
