"""What a change of flows does to callers: ``ivrlint diff``."""
