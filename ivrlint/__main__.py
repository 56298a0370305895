"""``python -m ivrlint``, and what the installed program runs."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Ctrl-C is quiet also while that is still being loaded."""
    try:
        from ivrlint.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
