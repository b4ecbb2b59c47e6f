"""A folder of mails, and the looking at intervals that never stands in the way of the post."""

import os
from datetime import date, timedelta
from pathlib import Path
from threading import Event, current_thread

import pytest
from sqlalchemy import Engine

from agenda.installation.settings import Settings
from notifications.incoming import folder as folders
from notifications.incoming.fetched import CannotRead, Position
from notifications.incoming.folder import MailFolder
from notifications.incoming.looking import look_again, reading_mail, source_of
from tests.notifications.incoming.inbox import Inbox, letter, look_into, mails_in
from tests.rounds_under_way import OFFICE, RoundUnderWay, a_plan, address, sv

LONG_AGO = date(2020, 1, 1)
CAME = sv("2020-05-12 09:17")


def put(path: Path, text: str) -> bytes:
    raw = letter(address("berg"), text)
    path.write_bytes(raw)
    os.utime(path, (CAME.timestamp(), CAME.timestamp()))
    return raw


def found_in(source: MailFolder, since: date = LONG_AGO) -> list[bytes]:
    return [one.raw for one in source.fetch(Position(), since=since)]


def test_the_mails_of_a_folder_come_once_and_stay_where_they_are(tmp_path: Path) -> None:
    raw = put(tmp_path / "1.eml", "Ett")
    put(tmp_path / "anteckning.txt", "Inget mejl")
    (tmp_path / "2.eml").symlink_to(tmp_path / "anteckning.txt")
    source = MailFolder(tmp_path)
    [found] = source.fetch(Position(), since=LONG_AGO)
    assert (found.raw, found.arrived_at) == (raw, CAME)
    assert found_in(source) == []
    newer = put(tmp_path / "3.eml", "Två")
    assert found_in(source) == [newer]
    assert (tmp_path / "1.eml").read_bytes() == raw


def test_a_maildir_is_read_whatever_its_files_are_called(tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    one, two = put(tmp_path / "new" / "17.1", "Ny"), put(tmp_path / "cur" / "17.2:2,S", "Läst")
    put(tmp_path / "tmp" / "17.3", "Halv")
    assert sorted(found_in(MailFolder(tmp_path))) == sorted([one, two])


def test_a_mail_that_another_program_renames_is_still_the_same(
    tmp_path: Path, engine: Engine
) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    put(tmp_path / "1.eml", "Ett")
    assert look_into(under_way, MailFolder(tmp_path), "2020-05-12 10:00") == 1
    (tmp_path / "1.eml").rename(tmp_path / "läst.eml")
    assert look_into(under_way, MailFolder(tmp_path), "2020-05-12 10:05") == 0
    assert len(mails_in(under_way)) == 1


def test_more_than_one_looks_worth_is_all_read(tmp_path: Path, engine, monkeypatch) -> None:
    monkeypatch.setattr(folders, "MOST_AT_ONCE", 2)
    monkeypatch.setattr("notifications.incoming.looking.MOST_AT_ONCE", 2)
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    for number in range(5):
        put(tmp_path / f"{number}.eml", f"Mejl {number}")
    assert look_into(under_way, MailFolder(tmp_path), "2020-05-12 10:00") == 5


def test_a_folder_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="AGENDA_INCOMING_FOLDER"):
        found_in(MailFolder(tmp_path / "borta"))


def test_of_a_file_that_is_too_large_the_beginning_is_kept(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(folders, "LARGEST", 100)
    monkeypatch.setattr(folders, "KEPT_OF_LARGER", 50)
    put(tmp_path / "1.eml", "x" * 200)
    [found] = MailFolder(tmp_path).fetch(Position(), since=LONG_AGO)
    assert (len(found.raw), found.is_whole) == (50, False)


def test_what_came_before_we_wrote_to_anybody_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path / "1.eml", "Ett")
    assert found_in(MailFolder(tmp_path), since=date(2020, 5, 13)) == []


def test_a_look_that_trips_over_a_fault_of_ours_is_followed_by_the_next(
    engine: Engine, caplog
) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))
    under_way.attend("2020-05-08 08:00")
    inbox, stop, looks = Inbox(), Event(), []
    inbox.put(letter(address("berg")), "2020-05-12 09:17")

    def now():
        looks.append(1)
        if len(looks) == 1:
            raise ZeroDivisionError
        stop.set()
        return sv("2020-05-12 10:00")

    look_again(engine, OFFICE, inbox, stop=stop, every=timedelta(), now=now)
    assert "incoming mail could not be looked through" in caplog.text
    assert len(mails_in(under_way)) == 1


def test_mail_is_read_beside_the_post_and_ends_with_it(
    tmp_path: Path, engine: Engine, monkeypatch
) -> None:
    names: list[str] = []
    has_looked = Event()

    def look(*_: object, **__: object) -> int:
        names.append(current_thread().name)
        has_looked.set()
        return 0

    monkeypatch.setattr("notifications.incoming.looking.look", look)
    settings = Settings(_env_file=None, incoming_folder=tmp_path)
    with reading_mail(engine, OFFICE, settings):
        assert has_looked.wait(60)
    assert names == ["incoming mail"]


def test_without_a_mailbox_in_the_settings_nothing_is_read(engine: Engine) -> None:
    settings = Settings(_env_file=None)
    assert source_of(settings) is None
    with reading_mail(engine, OFFICE, settings):
        pass
