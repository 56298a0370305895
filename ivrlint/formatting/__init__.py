"""The canonical form of ``.ivr`` files: one obvious style, comments kept in their places."""
