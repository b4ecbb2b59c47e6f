"""Settings that cannot be used, and names that are nearly settings, are said in Swedish."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from agenda.installation.settings import Settings, settings
from agenda.words.errors import BadSettings

ENGLISH = re.compile(r"\b(input|should|valid|value|string|number|least|most|error|unable|be)\b")
WRONG = ("", "x", "-1", "0", "999999999", "1.5", "nan", "åäö ☃", "a" * 40)


def refusal(monkeypatch: pytest.MonkeyPatch, **given: str) -> str:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(BadSettings) as refused:
        settings()
    return str(refused.value)


def words_of(reading: Callable[[], object]) -> str:
    """What is refused; empty when nothing is."""
    try:
        reading()
    except BadSettings as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("name", Settings.model_fields)
@pytest.mark.parametrize("value", WRONG)
def test_whatever_is_wrong_is_said_in_swedish(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"AGENDA_{name.upper()}", value)
    settings.cache_clear()
    said = words_of(settings)

    assert not ENGLISH.search(said.casefold())
    assert said == "" or "AGENDA_" in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AGENDA_PORTAL_PORT", "åtta", "AGENDA_PORTAL_PORT: ”åtta” är inget heltal."),
        ("AGENDA_PORTAL_PORT", "0", "AGENDA_PORTAL_PORT: ska vara minst 1."),
        ("AGENDA_MAIL_PORT", "70000", "AGENDA_MAIL_PORT: ska vara högst 65535."),
        (
            "AGENDA_ANSWER_NOTICES",
            "ibland",
            "AGENDA_ANSWER_NOTICES: ”ibland” går inte. Välj immediately, daily, no.",
        ),
        (
            "AGENDA_ALERTS",
            "larm",
            "AGENDA_ALERTS: ingen giltig e-postadress (@ saknas).",
        ),
        (
            "AGENDA_SECRET_KEY",
            "hemlig",
            "AGENDA_SECRET_KEY: ska vara minst 32 tecken.",
        ),
    ],
)
def test_the_usual_ones(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    assert refusal(monkeypatch, **{name: value}) == f"Inställningarna går inte att använda: {said}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AGENDA_MAIL_SEVER", "AGENDA_MAIL_SERVER"),
        ("agenda_mail_form", "AGENDA_MAIL_FROM"),
        ("AGENDA_DATABASEURL", "AGENDA_DATABASE_URL"),
        ("AGENDA_SECRETKEY", "AGENDA_SECRET_KEY"),
        ("AGENDA_PORTALPORT", "AGENDA_PORTAL_PORT"),
        ("AGENDA_ANSWER_NOTICE", "AGENDA_ANSWER_NOTICES"),
    ],
)
@pytest.mark.parametrize("is_in_file", [True, False])
def test_a_misspelt_name_is_told_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, meant: str, is_in_file: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {}
    if is_in_file:
        (tmp_path / ".env").write_text(f"{written}=x\n", encoding="utf-8")
    else:
        given[written] = "x"

    assert refusal(monkeypatch, **given) == (
        f"{written.upper()} är ingen inställning. Menar du {meant}?"
    )


@pytest.mark.parametrize(
    "name", ["AGENDA_USER", "AGENDA_ROUND", "AGENDA_TEST_SEED", "AGENDAN_HOST", "AGENDA_OWN_THING"]
)
def test_other_names_are_none_of_our_business(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    settings.cache_clear()

    assert settings().portal_port == Settings.model_fields["portal_port"].default


def test_a_file_in_other_letters_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("AGENDA_MAIL_FROM_NAME=Härjedalen\n".encode("cp1252"))

    assert refusal(monkeypatch) == "Filen .env går inte att läsa. Spara den som text i UTF-8."


WHOLE_DIRECTORY = {
    "AGENDA_OIDC_ISSUER": "https://login.microsoftonline.com/1b2c/v2.0",
    "AGENDA_OIDC_CLIENT_ID": "agendan",
    "AGENDA_OIDC_CLIENT_SECRET": "hemlig",
    "AGENDA_OIDC_COORDINATORS": "own",
}


def test_a_whole_directory_is_taken_and_none_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    assert not settings().has_directory
    for name, value in WHOLE_DIRECTORY.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    assert settings().has_directory
    assert not settings().asks_for_role


@pytest.mark.parametrize("missing", WHOLE_DIRECTORY)
def test_half_a_directory_is_refused_by_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    given = {name: value for name, value in WHOLE_DIRECTORY.items() if name != missing}
    assert f"bara halv: {missing} saknas" in refusal(monkeypatch, **given)


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("http://katalog.regionen.example", "hela adress med https://"),
        ("https://anna@katalog.regionen.example", "hela adress med https://"),
        ("https://katalog.regionen.example/?a=1", "hela adress med https://"),
        ("katalogen", "hela adress med https://"),
        ("https://login.microsoftonline.com/common/v2.0", "inte allas"),
        ("https://login.microsoftonline.com/organizations/v2.0", "inte allas"),
    ],
)
def test_a_directory_that_cannot_be_trusted_is_refused(
    monkeypatch: pytest.MonkeyPatch, issuer: str, said: str
) -> None:
    given = WHOLE_DIRECTORY | {"AGENDA_OIDC_ISSUER": issuer}
    assert said in refusal(monkeypatch, **given)


def test_the_dashboard_is_reached_by_https_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, AGENDA_DASHBOARD_URL="http://prefect.regionen.example")
    assert "AGENDA_DASHBOARD_URL ska börja med https://" in said


@pytest.mark.parametrize(
    ("base", "dashboard", "is_shown"),
    [
        (None, None, True),
        ("https://agenda.regionen.example", None, False),
        ("https://agenda.regionen.example", "https://agenda.regionen.example:8443", True),
    ],
)
def test_the_dashboard_is_shown_to_those_alone_who_reach_it(
    base: str | None, dashboard: str | None, is_shown: bool
) -> None:
    known = Settings(_env_file=None, base_url=base, dashboard_url=dashboard)
    assert known.shows_dashboard == is_shown
