"""Files are looked into before anything is written, whatever they are called and were before."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from agenda import attachments
from agenda.models import Upload
from agenda.storage.store import reading
from portal.reply.draft import examining
from portal.reply.draft import saving as drafting
from tests.agenda.documents import office, pdf
from tests.door import Door


def chosen(door: Door, home: str, name: str, content: bytes):
    """Save the form with a file in it."""
    own = door.form(home).pairs
    return door.post(home, [*own, ("_spara", "1")], files=[("bilagor", (name, content))])


def kept(door: Door) -> list[str]:
    with reading(door.engine) as session:
        return list(session.scalars(select(Upload.name).order_by(Upload.id)))


def test_a_file_is_looked_into_while_nobody_waits_for_the_database(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now = door.link(), []
    real, transaction = attachments.checked_file, drafting.transaction

    @contextmanager
    def watched(engine):
        now.append("begins")
        with transaction(engine) as session:
            yield session
        now.append("ends")

    def looked_into(name: str, content: bytes):
        now.append("looked into")
        return real(name, content)

    monkeypatch.setattr(drafting, "transaction", watched)
    monkeypatch.setattr(examining, "checked_file", looked_into)
    assert chosen(door, home, "a.pdf", pdf()).status_code == 303
    assert now == ["looked into", "begins", "ends"]
    assert kept(door) == ["a.pdf"]


def test_the_same_bytes_under_a_name_that_is_refused_are_refused(door: Door) -> None:
    home, content = door.link(), pdf()
    assert chosen(door, home, "a.pdf", content).status_code == 303
    for name, said in (
        ("a.exe", "har en filtyp som inte tas emot"),
        ("a.docx", "är inte den typ av fil som namnet säger"),
        ("a.docm", "innehåller makron"),
    ):
        answer = chosen(door, home, name, content)
        assert (answer.status_code, said in answer.text) == (422, True)
    assert chosen(door, home, "b.pdf", content).status_code == 303
    assert kept(door) == ["a.pdf"]


def test_what_is_refused_once_is_refused_again_and_the_rest_is_saved(door: Door) -> None:
    home = door.link()
    locked, macros = pdf(password="hemligt"), office(parts={"word/vbaProject.bin": ""})
    for _ in range(2):
        form = door.form(home).with_(fragor__0__titel="Flygbussen")
        files = [("bilagor", ("a.pdf", locked)), ("bilagor", ("b.docx", macros))]
        answer = door.post(home, [*form, ("_spara", "1")], files=files)
        assert answer.status_code == 422
        assert "a.pdf är skyddad med lösenord" in answer.text
        assert "b.docx innehåller makron" in answer.text
    assert kept(door) == []
    assert dict(door.form(home).pairs)["fragor-0-titel"] == "Flygbussen"


def test_a_file_in_a_field_that_is_not_asked_for_is_not_even_looked_into(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(examining, "checked_file", lambda name, _: looked.append(name))
    home = door.link()
    files = [("okand", ("a.pdf", pdf()))]
    assert door.post(home, [*door.form(home).pairs], files=files).status_code == 303
    late = [*door.form(home).pairs, ("_spara", "1")]
    door.change("inspel", locked_at=door.now)
    assert door.post(home, late, files=[("bilagor", ("a.pdf", pdf()))]).status_code == 409
    assert looked == []
