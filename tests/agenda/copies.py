"""Databases to copy and to bring back: filled, copied, and read again."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import select

from agenda.models import Message, MessageState, Round
from agenda.register import By, Subject, What, record
from agenda.storage.backup import back_up
from agenda.storage.store import open_engine, reading, transaction

AT = datetime(2026, 9, 18, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)


def add_rounds(url: str, *names: str, paused_at: datetime | None = None) -> None:
    """Start rounds of these names, each with its line in the register."""
    engine = open_engine(url)
    with transaction(engine) as session:
        for name in names:
            session.add(
                Round(
                    uid=name,
                    name=name,
                    plan={},
                    tracked_from=AT,
                    started_at=AT,
                    sending_paused_at=paused_at,
                )
            )
            record(session, By.person("anna", AT), What.ROUND_STARTED, Subject(name))
    engine.dispose()


def add_message(url: str, state: MessageState) -> None:
    """Put a message in this state into the outbox."""
    engine = open_engine(url)
    with transaction(engine) as session:
        session.add(
            Message(
                key=state.value,
                round_id=1,
                audience="asked",
                step_key="reminder-10@2026-10-02",
                step="reminder-10",
                template="reminder",
                recipient_name="Krokom",
                recipient="kommun@krokom.example",
                language="sv",
                subject="Påminnelse",
                text="Hej",
                html="<p>Hej</p>",
                message_id=f"<{state.value}@regionen.example>",
                queued_at=AT,
                next_attempt_at=AT,
                state=state,
            )
        )
    engine.dispose()


def rounds(url: str) -> list[str]:
    """The names of the rounds that the database holds."""
    engine = open_engine(url)
    with reading(engine) as session:
        found = [known.name for known in session.exec(select(Round).order_by(Round.id))]
    engine.dispose()
    return found


def copied(url: str, file: Path) -> Path:
    """Copy the database to the file."""
    engine = open_engine(url)
    try:
        back_up(engine, file)
    finally:
        engine.dispose()
    return file


def ending(url: str) -> str:
    """How the name of a kept database ends."""
    return "db" if make_url(url).get_backend_name() == "sqlite" else "dump"
