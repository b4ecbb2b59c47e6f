"""The whole product as `agenda up` runs it: one start for all tests that only look."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agenda.storage.schema import migrate
from agenda.storage.store import BadDatabase, open_engine
from flows.rest.schedules import trigger_upkeep
from tests.door import Reader
from tests.product_up import Product, content_of, started_in_vain

pytestmark = [
    pytest.mark.product,
    pytest.mark.prefect,
    pytest.mark.xdist_group("product"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc"),
]


@pytest.fixture(scope="module")
def product(
    tmp_path_factory: pytest.TempPathFactory, free_ports: Callable[[int], list[int]]
) -> Product:
    return Product(tmp_path_factory.mktemp("product"), free_ports(3))


@pytest.fixture(scope="module")
def up(product: Product, wait_until: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The first start, ready."""
    with product.start() as running:
        wait_until(
            lambda: "Ctrl-C avslutar" in product.told or running.poll() is not None,
            what="the panel",
        )
        yield running
        if running.poll() is None:
            running.kill()
    wait_until(lambda: not product.processes(), what="the end of all")


@pytest.fixture(scope="module")
def answered(product: Product, up: subprocess.Popen[bytes], wait_until: Any) -> str:
    """The address of a reply that was sent in, by the link in a mail; its run has ended."""
    wait_until(lambda: len(product.reminders()) == 5, what="five reminders")
    home = f"/svar/{product.tokens()[0]}"
    with httpx.Client(base_url=product.portal, trust_env=False) as client:
        asked = Reader(client.get(f"{home}/inget").text).forms[0]
        origin = {"Origin": product.portal}
        answer = client.post(asked.action, data=dict(asked.pairs), headers=origin)
    assert answer.headers.get("location") == f"{home}/kvitto", answer.text
    wait_until(lambda: product.ended("svar från"), what="the run that the answer asked for")
    return home


def test_the_panel_names_the_addresses_and_three_steps(
    product: Product, up: subprocess.Popen[bytes]
) -> None:
    assert up.poll() is None, product.told
    assert f"Dashboard   {product.prefect}" in product.told
    assert f"Startsida   {product.portal}" in product.told
    assert f"Brevlåda    {product.portal}/brevlada" in product.told
    assert product.told.count(" kl. ") == 3


def test_five_reminders_lie_in_the_mailbox_without_anybody_doing_more(
    product: Product, up: subprocess.Popen[bytes], wait_until: Any
) -> None:
    wait_until(lambda: len(product.reminders()) == 5, what="five mails")
    page = httpx.get(f"{product.portal}/brevlada", trust_env=False).text
    assert "5 mejl, de senaste först." in page
    start = httpx.get(product.portal, trust_env=False).text
    assert "3 av 8 har svarat" in start


def test_health_says_that_all_is_well(
    product: Product, up: subprocess.Popen[bytes], wait_until: Any
) -> None:
    def answer() -> httpx.Response:
        return httpx.get(f"{product.portal}/halsa", trust_env=False)

    # A moment after the panel the runner has put all its deployments on Prefect's server.
    wait_until(lambda: answer().status_code == 200, what="all being well")
    told = answer().json()
    assert (told["status"], told["database"], told["prefect"]) == ("ok", "current", "reachable")


def test_who_answers_through_the_link_in_a_mail_gets_a_receipt_and_starts_a_run(
    product: Product, answered: str
) -> None:
    page = httpx.get(f"{product.portal}{answered}/kvitto", trust_env=False)
    assert "<h1" in page.text
    assert "Kvitto" in page.text
    assert product.ended("svar från")


def test_no_secret_stands_in_a_file_a_log_or_a_command_line(
    product: Product, answered: str
) -> None:
    """After an answer: the mails alone hold the links, the key's file alone the key."""
    key = (product.var / "secret.key").read_bytes()
    tokens = [token.encode() for token in product.tokens()]
    assert len(set(tokens)) >= 5
    for file in product.files():
        content = content_of(file)
        assert not any(token in content for token in tokens), file
        assert key not in content or file.name == "secret.key"
        if "prefect" in file.parts or file.suffix == ".log":
            assert not re.findall(rb"[\w.]+@\w+\.example", content), file
    assert {"agenda.db", "prefect.db", "portal.log"} <= {file.name for file in product.files()}
    lines = b"".join(content_of(Path(f"/proc/{pid}/cmdline")) for pid in product.processes())
    assert b"uvicorn" in lines
    assert not any(secret in lines for secret in (key, *tokens))


def test_what_lies_in_the_folder_is_for_its_owner_alone(
    product: Product, up: subprocess.Popen[bytes]
) -> None:
    assert product.var.stat().st_mode & 0o077 == 0
    # Prefect copies its pages with the rights they have; they are in a folder that is shut.
    own = [file for file in product.files() if "pages" not in file.parts]
    assert [file for file in own if file.stat().st_mode & 0o077] == []


def test_nothing_listens_beyond_this_machine(product: Product, up: subprocess.Popen[bytes]) -> None:
    listening = product.listening()
    assert sorted(port for _, port in listening) == sorted(product.ports)
    assert {address for address, _ in listening} == {"127.0.0.1"}


def test_a_second_start_on_the_same_folder_is_refused_in_one_sentence(
    product: Product, up: subprocess.Popen[bytes]
) -> None:
    second = started_in_vain(product)
    assert (second.returncode, second.stdout, second.stderr) == (
        1,
        "",
        f"Mappen {product.var} används redan av en agenda up som är igång: "
        "avsluta den först eller välj en annan mapp med AGENDA_VAR.\n",
    )


def test_a_part_that_is_killed_comes_back_and_it_is_said(
    product: Product, up: subprocess.Popen[bytes], wait_until: Any
) -> None:
    [before] = product.parts("notifications.postman")
    os.kill(before, signal.SIGKILL)
    wait_until(
        lambda: product.told.endswith(
            "Brevbäraren stannade oväntat och startas om.\nBrevbäraren är igång.\n"
        ),
        what="the news",
    )
    assert product.parts("notifications.postman") != [before]


def test_it_ends_goes_on_and_sends_nothing_twice(
    product: Product, up: subprocess.Popen[bytes], wait_until: Any
) -> None:
    wait_until(lambda: len(product.reminders()) == 5, what="five reminders")
    reminders = product.reminders()
    up.send_signal(signal.SIGTERM)
    assert up.wait(60) == 0
    assert product.told.endswith("Avslutar …\nAllt är avslutat.\n")
    wait_until(lambda: not product.processes(), what="the end of all")
    with product.start() as again:
        wait_until(lambda: "Ctrl-C avslutar" in product.told, what="the panel")
        wait_until(lambda: _rounds_attended(product), what="the round being attended again")
        assert product.reminders() == reminders
        # Ended in the middle of a run, which is a process that the runner has started.
        assert trigger_upkeep(f"{product.prefect}/api", name="Prov")
        wait_until(lambda: bool(product.parts("prefect.engine")), what="a run under way")
        again.send_signal(signal.SIGINT)
        assert again.wait(60) == 0
    wait_until(lambda: not product.processes(), what="the end of all")
    assert "skapad att prova med" not in product.told


def _rounds_attended(product: Product) -> bool:
    runs = httpx.post(
        f"{product.prefect}/api/flow_runs/filter",
        json={"flow_runs": {"name": {"any_": ["Daglig genomgång vid start"]}}},
        trust_env=False,
    ).json()
    return [run["state"]["type"] for run in runs] == ["COMPLETED"] * 2


def test_a_port_in_use_ends_the_start_in_one_sentence(
    tmp_path: Path, free_ports: Callable[[int], list[int]]
) -> None:
    ports = free_ports(3)
    with socket.create_server(("127.0.0.1", ports[1])):
        told = started_in_vain(Product(tmp_path, ports))
    assert (told.returncode, told.stdout, told.stderr) == (
        1,
        "",
        f"Port {ports[1]} är upptagen av ett annat program: "
        "välj en annan med AGENDA_PREFECT_PORT.\n",
    )


def test_half_filled_settings_end_the_start_in_one_sentence(
    tmp_path: Path, free_ports: Callable[[int], list[int]]
) -> None:
    half = {"AGENDA_MAIL_SERVER": "smtp.regionen.example"}
    told = started_in_vain(Product(tmp_path, free_ports(3)), **half)
    assert (told.returncode, told.stdout, told.stderr) == (
        3,
        "",
        "Inställningarna går inte att använda: "
        "AGENDA_MAIL_SERVER är satt men inte AGENDA_MAIL_FROM (avsändaren).\n",
    )


def test_a_database_of_a_newer_version_ends_the_start_in_one_sentence(
    tmp_path: Path, free_ports: Callable[[int], list[int]]
) -> None:
    product = Product(tmp_path, free_ports(3))
    product.var.mkdir()
    engine = open_engine(f"sqlite:///{product.var / 'agenda.db'}")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE agenda_version SET version_num = '9999'")
    engine.dispose()
    told = started_in_vain(product)
    assert (told.returncode, told.stdout) == (BadDatabase.exit_code, "Startar …\n")
    assert told.stderr.count("\n") == 1
    assert "är skapad av en nyare version av programmet (databasversion 9999," in told.stderr
