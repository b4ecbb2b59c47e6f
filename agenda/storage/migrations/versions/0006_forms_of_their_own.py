"""What input is asked for by stands in the plan: rounds under way keep the form that they had."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

FORM: list[dict[str, Any]] = [
    {
        "type": "group",
        "key": "fragor",
        "label": {"sv": "Frågor till agendan", "en": "Proposals for the agenda"},
        "fields": [
            {
                "type": "short_text",
                "key": "titel",
                "label": {"sv": "Vad heter frågan?", "en": "What is the proposal called?"},
                "help": {"sv": "En kort rubrik.", "en": "A short heading."},
                "is_required": True,
                "means": "title",
            },
            {
                "type": "long_text",
                "key": "problem",
                "label": {"sv": "Vad är problemet?", "en": "What is the problem?"},
                "is_required": True,
                "means": "problem",
            },
            {
                "type": "long_text",
                "key": "mal",
                "label": {"sv": "Vad vill ni uppnå?", "en": "What do you want to achieve?"},
                "is_required": True,
                "means": "goal",
            },
            {
                "type": "choice",
                "key": "vem_beslutar",
                "label": {"sv": "Vem beslutar i frågan?", "en": "Who decides on the matter?"},
                "help": {"sv": "Välj en eller flera.", "en": "Choose one or more."},
                "is_required": True,
                "options": [
                    {"key": "eu", "label": {"sv": "EU", "en": "The EU"}},
                    {
                        "key": "nationell",
                        "label": {"sv": "Nationell nivå", "en": "The national level"},
                    },
                    {"key": "annan", "label": {"sv": "Någon annan", "en": "Somebody else"}},
                ],
                "is_multiple": True,
                "means": "level",
            },
            {
                "type": "short_text",
                "key": "annan_beslutar",
                "label": {
                    "sv": "Om någon annan beslutar: vem?",
                    "en": "If somebody else decides: who?",
                },
                "is_required": True,
                "asked_if": {"field": "vem_beslutar", "options": ["annan"]},
            },
            {
                "type": "choice",
                "key": "omrade",
                "label": {
                    "sv": "Vilket område hör frågan till?",
                    "en": "Which policy area is it part of?",
                },
                "is_required": True,
                "options_from": "policy_areas",
                "means": "area",
            },
            {
                "type": "long_text",
                "key": "betydelse",
                "label": {
                    "sv": "Varför är frågan viktig för länet?",
                    "en": "Why does it matter to the county?",
                },
                "is_required": True,
                "means": "reason",
            },
            {
                "type": "short_text",
                "key": "kontakt_namn",
                "label": {
                    "sv": "Vem kan svara på frågor om detta?",
                    "en": "Who can answer questions on it?",
                },
                "help": {"sv": "För- och efternamn.", "en": "First name and surname."},
                "holds": "name",
                "means": "contact_name",
            },
            {
                "type": "short_text",
                "key": "kontakt_epost",
                "label": {"sv": "E-post till den personen", "en": "That person’s e-mail address"},
                "holds": "email",
                "means": "contact_address",
            },
        ],
        "minimum": 1,
        "maximum": 60,
        "item_label": {"sv": "Fråga", "en": "Proposal"},
    },
    {
        "type": "file",
        "key": "bilagor",
        "label": {"sv": "Bilagor", "en": "Attachments"},
        "help": {"sv": "De gäller hela svaret.", "en": "They belong to the whole answer."},
        "is_multiple": True,
        "means": "attachments",
    },
]
"""What every activity of the kind "input" asked for that had no form of its own."""


def upgrade() -> None:
    activity = sa.table("activity", sa.column("id"), sa.column("terms", sa.JSON()))
    connection = op.get_bind()
    for number, terms in connection.execute(sa.select(activity.c.id, activity.c.terms)).all():
        if terms.get("kind") == "input" and terms.get("form") is None:
            mine = sa.update(activity).where(activity.c.id == number)
            connection.execute(mine.values(terms=terms | {"form": FORM}))
