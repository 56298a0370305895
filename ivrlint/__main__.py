"""``python -m ivrlint``."""

from ivrlint.cli import main

if __name__ == "__main__":
    main()
