"""How programmes come in: readers, the stages of the parser, and the way into the database."""

PARSER_VERSION = "1.0"
"""Kept with every programme, with a sum of the parser's code and tables (`ingest.parser.version`)."""
