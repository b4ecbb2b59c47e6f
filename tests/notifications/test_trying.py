"""An act is tried first, so that its letters are made before its turn to write, then done."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from agenda.models import Activity, Message, Round
from agenda.storage.store import aside, transaction, trying
from notifications.acts.foreseeing import UNWRITABLE, ForeseeableAct, carry_out, foresee
from notifications.acts.planned import activities as planned
from notifications.acts.trying import carry_through, tried
from notifications.notices import making
from tests.rounds_under_way import ASTA, OFFICE, RoundUnderWay, a_plan, sv

AT = "2020-10-28 10:00"
Words = list[tuple[str, str, str, str, bytes | None]]


@pytest.fixture
def invited(engine: Engine) -> RoundUnderWay:
    """A round whose meeting everybody has been invited to."""
    under_way = RoundUnderWay(engine, a_plan("berg", "krokom", only=["workshop"]))
    under_way.attend("2020-10-26 08:00", "workshop")
    return under_way


def acts(under_way: RoundUnderWay) -> dict[str, ForeseeableAct]:
    """Everything that is shown before it is done and has letters of its own."""
    with transaction(under_way.engine) as session:
        row = session.exec(select(Activity)).one()
    return {
        "moved": planned.moving(OFFICE, row, to=date(2020, 11, 16), actor=ASTA),
        "extension": planned.granting(OFFICE, row, "berg", to=date(2020, 11, 19), actor=ASTA),
        "cancelled": planned.cancelling(OFFICE, row, actor=ASTA),
    }


def words_of(session: Session) -> Words:
    found = session.exec(select(Message).order_by(Message.key))
    return [(m.key, m.subject, m.text, m.html, m.calendar) for m in found]


@pytest.mark.parametrize("template", ["moved", "extension", "cancelled"])
def test_no_letter_of_an_act_is_made_while_others_wait_to_write(
    invited: RoundUnderWay, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    turns = invited.engine.get_execution_options()["agenda_turn"]
    made, render, calendar = [], making.render, making.calendar_file

    def noting(letter):
        made.append((letter.template, turns._is_taken))
        return render(letter)

    def noting_calendar(turn, template, *more):
        made.append((template, turns._is_taken))
        return calendar(turn, template, *more)

    monkeypatch.setattr(making, "render", noting)
    monkeypatch.setattr(making, "calendar_file", noting_calendar)
    act = acts(invited)[template]
    foresee(invited.engine, OFFICE, act, now=sv(AT))
    carry_out(invited.engine, OFFICE, act, now=sv(AT))
    assert template in {what for what, _ in made}
    assert [what for what, is_held in made if is_held] == []


@pytest.mark.parametrize("template", ["moved", "extension", "cancelled"])
def test_a_letter_made_ahead_is_the_one_that_would_have_been_made_in_its_turn(
    invited: RoundUnderWay, template: str
) -> None:
    act = acts(invited)[template]
    with trying(invited.engine) as session:
        act.does(session, sv(AT))
        session.flush()
        wanted = words_of(session)
    carry_out(invited.engine, OFFICE, act, now=sv(AT))
    with transaction(invited.engine) as session:
        assert words_of(session) == wanted
    assert all(subject and text and html for _, subject, text, html, _ in wanted)


def test_what_is_foreseen_has_the_subjects_that_leave(invited: RoundUnderWay) -> None:
    act = acts(invited)["moved"]
    foreseen = foresee(invited.engine, OFFICE, act, now=sv(AT))
    done = carry_out(invited.engine, OFFICE, act, now=sv(AT), token=foreseen.token)
    assert done == foreseen
    assert {one.subject for one in done.letters} == {
        m.subject for m in invited.messages() if m.step == "moved"
    }


def test_a_letter_that_could_not_be_made_ahead_is_made_in_its_turn(
    invited: RoundUnderWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, tries = making.Wanted.made, []

    def stumbling(self):
        tries.append(self)
        if len(tries) == 1:
            raise ValueError("once")
        return made(self)

    monkeypatch.setattr(making.Wanted, "made", stumbling)
    carry_out(invited.engine, OFFICE, acts(invited)["moved"], now=sv(AT))
    assert all(m.subject for m in invited.messages())
    # Both were tried ahead, and the first once more in its turn.
    assert len(tries) == 3


def test_a_letter_that_cannot_be_made_is_foreseen_as_that(
    invited: RoundUnderWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_letter):
        raise ValueError("never")

    monkeypatch.setattr(making, "render", failing)
    found = foresee(invited.engine, OFFICE, acts(invited)["moved"], now=sv(AT))
    assert {one.subject for one in found.letters} == {UNWRITABLE}


def test_what_is_tried_is_taken_back_and_can_still_be_looked_at(engine: Engine) -> None:
    under_way = RoundUnderWay(engine, a_plan("berg"))

    def renamed(session: Session) -> Round:
        known = session.exec(select(Round)).one()
        known.name = "en annan"
        return known

    found, _ = tried(engine, renamed)
    assert found.name == "en annan"
    with transaction(engine) as session:
        assert session.exec(select(Round.name)).one() != "en annan"
    assert carry_through(engine, renamed).name == "en annan"
    with transaction(engine) as session:
        assert session.exec(select(Round.name)).one() == "en annan"
    assert under_way.messages() == []


def test_what_a_part_of_a_transaction_tried_is_never_met_again_in_it(engine: Engine) -> None:
    RoundUnderWay(engine, a_plan("berg"))
    with transaction(engine) as session:
        with aside(session):
            tried_row = session.exec(select(Activity)).one()
            tried_row.revision = 7
        row = session.exec(select(Activity)).one()
        assert (tried_row.revision, row.revision) == (7, 0)
        assert row is not tried_row
