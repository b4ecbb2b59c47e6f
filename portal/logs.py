"""The portal's log: one JSON object a line, in which no token and no address stands.

`logging.json` beside this file names the formatter; uvicorn is started with it.
"""

import json
import logging
import re
from datetime import UTC, datetime

# An address with a secret in its path, a secret by itself (43 characters of base64url), and
# where a person is reached: a fault's own words may quote any of them.
_SECRETS = (
    (re.compile(r"(/(?:svar|anstand|kalender)/)[A-Za-z0-9_-]{20,}"), r"\1…"),
    (re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"), "…"),
    # No more signs than an address can have: else a long word costs its length squared.
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,126}"), "…@…"),
)


def masked(text: str) -> str:
    """A text without tokens and e-mail addresses."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON (RFC 8259), masked."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: when (UTC), how grave, who says it, what, and the fault if there is one."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info:
            line["fault"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
