"""How programmes come in: readers, the stages of the parser, and the way into the database."""

PARSER_VERSION = "1.0"
"""Kept with every programme; raised when the parser makes something else of the same file."""
