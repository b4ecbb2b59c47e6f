"""What Prefect's parts are told at their start."""

import subprocess
import sys
from pathlib import Path

import pytest

from agenda.installation.settings import Settings
from flows.engine.environment import environment


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path / "var", prefect_port=4999, _env_file=None)


def test_everything_prefect_keeps_lies_under_the_products_own_folder(settings, tmp_path):
    told = environment(settings, inherited={})
    assert {name: value for name, value in told.items() if str(tmp_path) in value} == {
        "AGENDA_VAR": f"{tmp_path}/var",
        "PREFECT_HOME": f"{tmp_path}/var/prefect",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": f"{tmp_path}/var/prefect/pages",
    }


def test_an_address_left_over_in_the_shell_does_not_lead_the_flows_to_another_server(settings):
    stray = {"PREFECT_API_URL": "https://elsewhere.example/api", "PREFECT_SERVER_API_PORT": "4200"}
    told = environment(settings, inherited=stray)
    assert (told["PREFECT_API_URL"], told["PREFECT_SERVER_API_PORT"]) == (
        "http://127.0.0.1:4999/api",
        "4999",
    )


def test_usage_reports_stay_off_even_when_the_shell_turns_them_on(settings):
    told = environment(settings, inherited={"PREFECT_SERVER_ANALYTICS_ENABLED": "true"})
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_the_operators_own_database_for_prefect_is_kept(settings):
    own = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "postgresql+asyncpg://prefect@db/prefect"}
    told = environment(settings, inherited=own)
    assert told.items() >= own.items()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_prefect_which_has_no_log_in_listens_on_this_machine_alone(settings, host):
    open_portal = settings.model_copy(update={"host": host})
    told = environment(open_portal, inherited={})
    assert (told["PREFECT_SERVER_API_HOST"], told["PREFECT_API_URL"]) == (
        "127.0.0.1",
        "http://127.0.0.1:4999/api",
    )


def test_prefect_listens_where_it_is_told_to_by_its_own_name(settings):
    told = environment(settings, inherited={"PREFECT_SERVER_API_HOST": "192.0.2.7"})
    assert told["PREFECT_SERVER_API_HOST"] == "192.0.2.7"


def test_planning_and_starting_need_no_import_of_prefect():
    program = (
        "import sys, flows.rest.schedules, flows.engine.environment\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'prefect'])"
    )
    seen = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert seen.stdout.strip() == "[]"
