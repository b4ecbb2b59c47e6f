"""`python -m portal.up`: the same as `agenda up`."""

import sys

from agenda.errors import AgendaError
from agenda.installation.settings import settings
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
