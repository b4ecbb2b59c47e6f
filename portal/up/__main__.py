"""`python -m portal.up`: the same as `agenda up`."""

import sys

from agenda.installation.settings import settings
from agenda.words.errors import AgendaError
from portal.up import run


def main() -> int:
    """Run until stopped; the exit code, with a sentence on stderr for what can be mended."""
    try:
        return run(settings())
    except AgendaError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
