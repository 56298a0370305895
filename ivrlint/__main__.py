"""``python -m ivrlint``, and what the installed program runs."""

from __future__ import annotations

from ivrlint.leaving import on_interruption


def main() -> None:
    """Run the command line. Ctrl-C is quiet also while that is still being loaded."""
    on_interruption()
    from ivrlint.cli import main as run

    run()


if __name__ == "__main__":
    main()
