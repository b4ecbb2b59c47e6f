"""Every field of every form, filled with anything: never a fault, and nothing lost on the way.

What agenda/forms/written.py changes in a text is written down here once more, by itself.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import RateLimitItemPerSecond
from pydantic import SecretStr
from sqlmodel import select

from agenda.forms.fields import File, LongText, ShortText
from agenda.installation.settings import Settings
from agenda.kinds.base import BALLOT_OPENED
from agenda.models import Upload
from agenda.plan.model import Plan
from agenda.register import By
from agenda.rounds.round import start_round
from agenda.storage.store import open_engine, reading, transaction
from agenda.words.texts import visible
from flows.rest import schedules
from portal.app import create_app
from portal.door.protection import LARGEST_FIELD, LIMITS, MOST_FIELDS, Gates
from portal.reply import renewal as renewing
from portal.reply import visits
from tests.door import START, Door, Pairs, Written
from tests.every_field import plan_of_every_field
from tests.portal.reply.filling import Filling
from tests.rounds_under_way import PLAN, WHO

BOUNDS = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ODD = [
    *("", " ", "\u00a0", "=cmd()|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7*7 }} {0} %s"),
    *("\x00", "a\x00b\x1b[31m\x7f\x9b", "\r\n\rx\n\n", "\u2028\u2029\x85", "\ufeff\ufffe\uffff"),
    *(
        "\u202eomvänt\u202c\u2066\u200f",
        "e\u0301 \u1e9e ﬁ ℡",
        "👩\u200d👩\u200d👧",
        "a\u0300" * 300,
    ),
    *("0", "-1", "1e999", "NaN", "∞", "12,5", "1.000", "9" * 400, "٣", "²", "１２", "1 250 kr"),
    *("0000-13-45", "9999-12-31", "0001-01-01", "20260230", "٢٠٢٦-١٠-٠٢", "2026-10-02\n"),
    *("a@b", "å@ö.se", "mailto:x", "workflows://x/y", "a" * 500 + "@x.se", '"<a>"@x.se'),
    *("vag", "avstar", "x" * 20_001, "å" * 3_000, "\n" * 3_000, "]]>", "\ud800", "😀\udc00"),
]
TEXTS = (
    st.sampled_from(ODD)
    | st.text(max_size=60)
    | st.text("\r\n\t <&\"'=\u202e\u0301å👩", max_size=60)
)
NAMES = st.sampled_from(
    [
        *("fragor", "fragor--1-titel", "fragor-007-titel", "fragor-999999999-titel", "fragor-0-"),
        *("fragor-0-titel-0", "add:fragor", "remove:fragor:9", "remove:titel:0", "detach:1"),
        *("add:rader", "remove:rader:0", "rader", "rader-3-text", "rader-0-filer", "filer", "å"),
        *("_revision", "_sett", "_jamka", "_val:text", "_nyckel", "_stang", "", "\x00", "\ud800"),
    ]
)
FORMS = {
    "the municipal input": (PLAN, ("bracke", "inspel"), ""),
    "the consultation": (PLAN, ("naringslivet", "samrad"), ""),
    "the workshop": (PLAN, ("bracke", "workshop"), ""),
    "the ballot": (PLAN, ("bracke", "workshop"), "/rostsedel"),
    "every field": (plan_of_every_field(), ("bracke", "inspel"), ""),
    "a ballot of every field": (plan_of_every_field(), ("bracke", "workshop"), "/rostsedel"),
}
FILE_NAMES = (
    *("../../x.pdf", "..\\x.pdf", "CON.pdf", "å" * 300 + ".pdf", "a\x00b.pdf", "\u202efdp.pdf"),
    *(
        ".pdf",
        "x",
        "a\r\nSet-Cookie: x.pdf",
        '"; filename=b.exe',
        "%00.pdf",
        "\ud800.pdf",
        "=1.pdf",
    ),
)


def kept(text: str, *, is_line: bool) -> str:
    """A text as it is stored, for a field of one line or of several."""
    text = re.sub(r"\r\n?|[\x0b\x0c]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "", text)
    return text.replace("\n", " ") if is_line else text


def is_whole(text: str) -> bool:
    """Whether a browser could post it: half a character is not sent, only made up here."""
    return text == text.encode("utf-8", "ignore").decode()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: Any, free_ports: Any
) -> Iterator[Callable[[Plan], Door]]:
    """Opens a door onto a plan's round, on either database."""
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(schedules, "trigger", lambda *_, **__: True)
        for module in (visits, renewing):
            patch.setattr(module, "utc_now", lambda: START)

        def open_door(plan: Plan) -> Door:
            url = _database(request, stack, tmp_path_factory.mktemp("fields"))
            chosen = Settings(
                _env_file=None,
                var=tmp_path_factory.mktemp("var"),
                database_url=SecretStr(url),
                mailbox_port=free_ports(1)[0],
            )
            engine = open_engine(url)
            stack.callback(engine.dispose)
            with transaction(engine) as session:
                start_round(session, plan, by=By.person(WHO, START))
            app = create_app(chosen)
            app.state.gates = Gates(
                {name: RateLimitItemPerSecond(10**6) for name in LIMITS}, of_all={}
            )
            client = TestClient(app, base_url=chosen.portal_url, follow_redirects=False)
            return Door(stack.enter_context(client), engine, chosen)

        yield open_door


def _database(request: pytest.FixtureRequest, stack: ExitStack, folder: Path) -> str:
    if request.param == "postgres":
        template = request.getfixturevalue("postgres_template")
        server = request.getfixturevalue("postgres")
        return stack.enter_context(server.database(template=template))
    shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "agenda.db")
    return f"sqlite:///{folder / 'agenda.db'}"


@pytest.fixture(scope="module", params=FORMS)
def filling(request: pytest.FixtureRequest, opened: Callable[[Plan], Door]) -> Filling:
    """Each form in turn, with nothing in it."""
    plan, whose, room = FORMS[request.param]
    door = opened(plan)
    door.change("workshop", since={BALLOT_OPENED: START})
    return Filling(door, plan, whose, room)


def test_what_is_written_in_any_field_comes_back_as_it_was_written(filling: Filling) -> None:
    texts = dict.fromkeys(filling.fields, TEXTS)

    @BOUNDS
    @given(st.fixed_dictionaries({}, optional=texts), st.booleans())
    def fill(written: dict[str, str], is_script: bool) -> None:
        pairs = [*filling.own(), *written.items()]
        if is_script:
            assert filling.autosave(pairs).status_code == 200
        else:
            assert filling.post(filling.address, [*pairs, ("_spara", "1")]).status_code == 303
        page = dict(filling.door.form(filling.address).pairs)
        preview = filling.door.client.get(f"{filling.address}/granska")
        for name, text in written.items():
            field = filling.fields[name]
            if isinstance(field, ShortText | LongText) and is_whole(text):
                wanted = kept(text, is_line=isinstance(field, ShortText))
                # A row in which nothing is written need not be there.
                assert page.get(name, "").replace("\r\n", "\n") == wanted
                is_shown = visible(wanted) and field.asked_if is None
                if preview.status_code == 200 and is_shown:
                    assert wanted in Written(preview.text).texts

    fill()


def test_no_names_rows_or_texts_whatever_are_a_fault(filling: Filling) -> None:
    names = NAMES | st.sampled_from(sorted(filling.fields)) | st.text(max_size=20)

    @BOUNDS
    @given(st.lists(st.tuples(names, TEXTS | st.integers().map(str)), max_size=12), st.booleans())
    def fill(pairs: Pairs, is_script: bool) -> None:
        if is_script:
            filling.autosave([*filling.own(), *pairs])
        else:
            filling.post(filling.address, [*filling.own(), *pairs])
        for path in ("", "/granska", "?fel=1"):
            assert filling.door.client.get(filling.address + path).status_code in (200, 303), path

    fill()


def test_the_smaller_forms_take_anything_without_a_fault(filling: Filling) -> None:
    paths = st.sampled_from(("anstand", "kollega", "inget", "avstar", "skicka", "granska"))
    names = st.sampled_from(("dag", "skal", "namn", "epost", "_nyckel", "_stang", "_revision"))

    @BOUNDS
    @given(paths, st.dictionaries(names, TEXTS))
    def ask(path: str, written: dict[str, str]) -> None:
        filling.post(f"{filling.home}/{path}", [*filling.own(), *written.items()])
        assert filling.door.client.get(f"{filling.home}/kollega").status_code == 200
        own = filling.door.form("/svar/ny-lank").pairs
        filling.post("/svar/ny-lank", [*own, ("epost", written.get("epost", ""))])

    ask()


def test_files_with_lying_names_get_harmless_ones(filling: Filling) -> None:
    for given_name in FILE_NAMES:
        files = [("filer", given_name), ("bilagor", given_name), ("okand", "x.pdf")]
        answer = filling.post(filling.address, [*filling.own(), ("_spara", "1")], files=files)
        assert answer.status_code in (303, 400, 422)
        assert filling.door.client.get(filling.address).status_code == 200
    with reading(filling.door.engine) as session:
        names = list(session.exec(select(Upload.name)))
    harmful = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202e\ud800]|^con\b', re.IGNORECASE)
    assert [name for name in names if harmful.search(name) or len(name) > 140] == []
    assert bool(names) == any(isinstance(field, File) for field in filling.form)


def test_more_than_a_page_can_post_again_is_refused_in_words(filling: Filling) -> None:
    many = [(group, str(number)) for group, _ in filling.rows for number in range(MOST_FIELDS // 2)]
    before = filling.door.form(filling.address).pairs
    for pairs in ([(next(iter(filling.fields)), "x" * (LARGEST_FIELD + 1))], many):
        if pairs:
            answer = filling.post(filling.address, [*filling.own(), *pairs])
            assert (answer.status_code, "för mycket" in answer.text) == (400, True)
            assert filling.door.form(filling.address).pairs == before


def test_a_megabyte_of_text_is_kept_and_said_to_be_too_long(filling: Filling) -> None:
    text = "å" * (LARGEST_FIELD // 2)
    name = next(n for n, field in filling.fields.items() if isinstance(field, ShortText | LongText))
    filling.post(filling.address, [*filling.own(), (name, text), ("_granska", "1")])
    assert dict(filling.door.form(filling.address).pairs)[name] == text
    assert "Korta den med" in filling.door.client.get(f"{filling.address}/granska").text
