"""What a portal otherwise does in its first second; imported by the server that forks them."""

import psycopg
import uvicorn.main
from uvicorn.lifespan import on
from uvicorn.loops import auto

from notifications.letters.messages.elements import environment
from portal import app, logs
from portal.door import patience
from portal.door.rendering import _TEMPLATES

__all__ = ["app", "auto", "logs", "on", "patience", "psycopg", "uvicorn"]

for _templates in (_TEMPLATES.env, environment(is_html=False), environment(is_html=True)):
    for _name in _templates.list_templates(["html", "jinja", "subject", "txt"]):
        _templates.get_template(_name)
