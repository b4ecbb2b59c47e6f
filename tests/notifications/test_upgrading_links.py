"""From version 0003 to 0004: mails that were stored with a stand-in know which ones are links."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlmodel import Session, col, select

from agenda.models import Message
from agenda.storage.schema import SCHEMA, alembic_config
from agenda.storage.store import open_engine
from agenda.storage.upgrading import upgrade
from notifications.letters.link_places import PLACEHOLDER
from notifications.letters.rendering import Rendered, render
from tests.agenda.test_upgrading_decisions import AT, ROWS
from tests.notifications.letter_cases import CASES
from tests.notifications.test_link_places import everywhere

TEMPLATE = """
INSERT INTO message (id, key, round_id, audience, step_key, step, template, is_prompt,
  recipient_name, recipient, language, subject, text, html, link_id, message_id, queued_at,
  state, next_attempt_at, attempts, is_uncertain, outcome)
VALUES (:id, :key, 1, 'organisation', 's', 's', 'reminder', false, 'A', 'a@b.example', 'sv',
  'Ä', :text, :html, :link, :key, :at, 'QUEUED', :at, 0, false, '')
"""


def stored() -> list[Rendered]:
    """Every mail there was, as it was stored, with and without all markers in it."""
    letters = []
    # In words of their own, and by hand, none left then: where a link stood, nobody could type.
    those = (one for one in CASES.values() if not (one.own_words or one.own_lines))
    for letter in (one for one in those if one.template != "reminder_now"):
        with_stand_in = replace(
            letter,
            answer_url=letter.answer_url and PLACEHOLDER,
            decision_url=letter.decision_url and PLACEHOLDER,
        )
        for language in ("sv", "en"):
            said = replace(with_stand_in, language=language)
            letters += [said, replace(everywhere(said), own_words="", own_lines=())]
    return [render(letter) for letter in letters]


@pytest.fixture
def former_database(empty_database_url: str) -> str:
    """A database of version 0003 with every mail in its outbox."""
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        command.upgrade(alembic_config(connection), "0003")
        for statement in ROWS:
            if not statement.startswith(("INSERT INTO message", "INSERT INTO attempt")):
                connection.exec_driver_sql(statement)
        for number, mail in enumerate(stored()):
            row = {
                "id": number,
                "key": f"<{number}>",
                "text": mail.text,
                "html": mail.html,
                "link": 1 if mail.text_links else None,
                "at": AT,
            }
            connection.execute(text(TEMPLATE), row)
    engine.dispose()
    return empty_database_url


def test_only_what_was_a_link_is_one_after_the_upgrade(
    former_database: str, tmp_path: Path
) -> None:
    upgrade(former_database, backups=tmp_path / "backups")
    engine = open_engine(former_database)
    with Session(engine) as session:
        kept = session.exec(select(Message).order_by(col(Message.id))).all()
        found = [(mail.text_links, mail.html_links) for mail in kept]
        words = [(mail.text, mail.html) for mail in kept]
    engine.dispose()
    wanted = stored()
    assert words == [(mail.text, mail.html) for mail in wanted]
    assert found == [(list(mail.text_links), list(mail.html_links)) for mail in wanted]
    assert sum(bool(text) for text, _ in found) > 40
    assert any(PLACEHOLDER in mail.text and not mail.text_links for mail in wanted)
