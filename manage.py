#!/usr/bin/env python
"""Run a management command."""

import os
import sys


def main() -> None:
    """Run the command; what the machine lacks (a database, disk space) is told in a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    from django.core.management import execute_from_command_line

    from archive.database.errors import explain

    try:
        execute_from_command_line(sys.argv)
    except Exception as problem:
        sentence = explain(problem)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
