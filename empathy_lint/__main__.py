"""`python -m empathy_lint`: argv → command → exit status."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. An error the user can mend is one message and exit status 2."""
    from empathy_lint.cli import app
    from empathy_lint.language.startup import leave

    leave(app.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
