"""What is in a file stands once, is read only to be downloaded, and goes with its last file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import IntegrityError

from agenda.attachments import checked_file
from agenda.models import Activity, AnswerFile, FileContent, Upload
from agenda.register import By
from agenda.replies.erasing import erase_unsent_files
from agenda.rounds.files import attach_file
from agenda.storage.contents import keep, octets_of
from agenda.storage.store import reading, transaction, trying
from tests.door import PDF, Door, a_proposal

OTHER = PDF + b" but another"


def attach(door: Door, home: str, name: str, content: bytes = PDF, button: str = "_spara") -> None:
    form = door.form(home).with_(**a_proposal())
    answer = door.post(home, [*form, (button, "1")], files=[("bilagor", (name, content))])
    assert answer.status_code == 303, answer.text


def send_reviewed(door: Door, home: str) -> None:
    reviewed = door.form(f"{home}/granska")
    sent = door.post(reviewed.action, reviewed.pairs)
    assert sent.headers["location"] == f"{home}/kvitto"


def attach_document(door: Door, content: bytes = PDF) -> None:
    with transaction(door.engine) as session:
        row = session.scalars(select(Activity).where(Activity.key == "inspel")).one()
        file = checked_file("utkast.pdf", content)
        attach_file(session, row, file, content=content, by=By.person("x", door.now))


def contents(door: Door) -> list[bytes]:
    with reading(door.engine) as session:
        return sorted(session.scalars(select(FileContent.octets)))


def files(door: Door) -> tuple[int, int]:
    """How many uploads and how many answers' files there are."""
    with reading(door.engine) as session:
        counts = (select(func.count()).select_from(kind) for kind in (Upload, AnswerFile))
        uploads, sent = (session.scalars(count).one() for count in counts)
        return uploads, sent


def newest_upload(door: Door) -> Upload:
    with reading(door.engine) as session:
        return session.scalars(select(Upload).order_by(Upload.id.desc())).first()


def taken_off(door: Door, home: str) -> int:
    """Attach a file and take it off again; whose it is."""
    attach(door, home, "bort.pdf")
    upload = newest_upload(door)
    door.post(home, [*door.form(home).pairs, (f"detach:{upload.id}", "1")])
    return upload.invitation_id


@contextmanager
def reads_of_octets(door: Door) -> Iterator[list[str]]:
    """The questions to the database meanwhile whose answers hold what is in files."""
    seen: list[str] = []
    engine = door.client.app.state.engine

    def see(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT") and "octets" in statement:
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", see)


def test_a_file_of_a_draft_and_of_two_versions_of_an_answer_stands_once(door: Door) -> None:
    home = door.link()
    attach(door, home, "bilaga.pdf", button="_granska")
    send_reviewed(door, home)
    door.save(home, "_granska", fragor__0__titel="Igen")
    send_reviewed(door, home)
    door.save(home, fragor__0__titel="Och en gång till")
    assert (files(door), contents(door)) == ((1, 2), [PDF])
    assert door.client.get(f"{home}/fil/1").content == PDF
    assert [door.client.get(f"{home}/svarsfil/{n}").content for n in (1, 2)] == [PDF, PDF]


def test_the_same_file_of_two_organisations_and_of_the_activity_stands_once(door: Door) -> None:
    first, second = door.link(), door.link("krokom")
    attach(door, first, "vår.pdf")
    attach(door, second, "er.pdf")
    attach_document(door)
    assert contents(door) == [PDF]
    # Each has its own name for it, and opens its own alone.
    answers = [door.client.get(f"{home}/fil/{n}") for home in (first, second) for n in (1, 2)]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 200]
    assert 'filename="er.pdf"' in answers[3].headers["content-disposition"]
    assert door.client.get(f"{second}/underlag/1").content == PDF


def test_what_is_in_a_file_goes_with_the_last_file_that_holds_it(door: Door) -> None:
    replies = [taken_off(door, door.link(name)) for name in ("bracke", "krokom")]
    later = door.now + timedelta(days=1)
    for reply, left in zip(replies, ([PDF], []), strict=True):
        with transaction(door.engine) as session:
            assert erase_unsent_files(session, reply, before=later, now=later) == 1
        assert contents(door) == left


@pytest.mark.parametrize("holder", ["answer", "activity"])
def test_what_an_answer_or_an_activity_holds_stays_when_a_draft_lets_go(
    door: Door, holder: str
) -> None:
    reply = taken_off(door, door.link())
    if holder == "activity":
        attach_document(door)
    else:
        attach(door, door.link("krokom"), "svar.pdf", button="_granska")
        send_reviewed(door, door.link("krokom"))
    later = door.now + timedelta(days=1)
    with transaction(door.engine) as session:
        assert erase_unsent_files(session, reply, before=later, now=later) == 1
    assert contents(door) == [PDF]


def test_a_file_that_is_kept_while_the_same_is_erased_is_whole(door: Door) -> None:
    reply, home = taken_off(door, door.link()), door.link("krokom")
    later, has_begun = door.now + timedelta(days=1), Event()

    def add() -> None:
        has_begun.set()
        attach(door, home, "nytt.pdf")

    adding = Thread(target=add)
    with transaction(door.engine) as session:
        assert erase_unsent_files(session, reply, before=later, now=later) == 1
        adding.start()
        has_begun.wait()
    adding.join()
    assert contents(door) == [PDF]
    assert door.client.get(f"{home}/fil/{newest_upload(door).id}").content == PDF


def test_no_content_that_a_file_holds_can_be_deleted_past_the_rules(door: Door) -> None:
    attach(door, door.link(), "bilaga.pdf")
    with pytest.raises(IntegrityError), transaction(door.engine) as session:
        session.execute(delete(FileContent))
    assert contents(door) == [PDF]


def test_nothing_is_kept_of_a_transaction_that_is_taken_back(door: Door) -> None:
    with trying(door.engine) as session:
        assert octets_of(session, keep(session, OTHER)) == OTHER
    assert contents(door) == []


def test_no_page_and_no_press_reads_what_is_in_files_only_a_download_does(door: Door) -> None:
    home = door.link()
    attach_document(door, OTHER)
    with reads_of_octets(door) as seen:
        attach(door, home, "bilaga.pdf", button="_granska")
        send_reviewed(door, home)
        door.save(home, "_granska", fragor__0__titel="Igen")
        shown = ("", "/granska", "/kvitto", "/versioner/1", "/kollega", "/anstand", "/inget")
        answers = {page: door.client.get(f"{home}{page}") for page in shown}
        send_reviewed(door, home)
        door.client.get(f"{home}/kvitto")
    assert seen == []
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "bilaga.pdf" in answers["/granska"].text
    assert "utkast.pdf" in answers[""].text
    with reads_of_octets(door) as seen:
        for page in ("fil/1", "svarsfil/1", "underlag/1"):
            assert door.client.get(f"{home}/{page}").status_code == 200
    assert len(seen) == 3
    with reads_of_octets(door) as seen:
        for page in ("fil/9", "svarsfil/9", "underlag/9"):
            assert door.client.get(f"{home}/{page}").status_code == 404
    assert seen == []
