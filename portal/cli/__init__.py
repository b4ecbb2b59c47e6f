"""The command `agenda`: one sentence for what can be mended, never a traceback."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from typer import Abort
from typer.exceptions import TyperException

from agenda.words.errors import AgendaError
from portal.cli.terminal.output import complain
from portal.cli.terminal.remedies import in_words

INTERRUPTED = 130
"""What a shell expects of a command that Ctrl-C ended: 128 and the signal's number."""
GARBAGE_AFTER = 50_000
READER_GONE = 141
"""The same for SIGPIPE: `agenda outbox list | head` is no fault of the command's."""


def main() -> None:
    """The command line's entry point."""
    # Nothing that is made while a command starts is garbage; looking for it among all the
    # new classes again and again takes a tenth of the start.
    gc.set_threshold(GARBAGE_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal of another alphabet gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _reader_gone()
    # What is left goes with the process. Python would first walk through all of it twice, to
    # see what is garbage: a quarter of the time that a short command takes.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. What can be mended is said on stderr."""
    from portal.cli.app import command
    from portal.cli.terminal.swedish import usage_sentence

    try:
        result = command(arguments)(list(arguments), prog_name="agenda", standalone_mode=False)
    except AgendaError as error:
        complain(in_words(error))
        return error.exit_code
    except TyperException as error:
        if sentence := usage_sentence(error):
            complain(sentence)
        return 2
    except Abort:
        complain("Avbrutet. Inget ändrades.")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as ended:
        # Typer ends the process itself when nobody reads on, as if that were a fault.
        if isinstance(ended.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    return result if isinstance(result, int) else 0


def _reader_gone() -> int:
    with suppress(OSError, ValueError):
        # What is still buffered would fail again, and be complained of, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE
