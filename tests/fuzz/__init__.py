"""Broken input of every format: ``python -m tests.fuzz --help``."""
