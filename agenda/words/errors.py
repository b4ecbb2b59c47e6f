"""The errors a person can mend: each is one sentence that says what, where and how."""


class AgendaError(Exception):
    """Something a person can mend. Shown as one sentence, never as a traceback."""

    exit_code = 1


class BadInput(AgendaError):
    """What was typed or read from a file cannot be used; nothing was changed."""

    exit_code = 2


class NotFound(BadInput):
    """What was named does not exist; the sentence lists what does."""


class BadSettings(AgendaError):
    """The installation's settings cannot be used as they stand."""

    exit_code = 3


class BadDatabase(AgendaError):
    """The database cannot be used as it stands; nothing was changed."""

    exit_code = 4
