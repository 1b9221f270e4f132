"""Tests of nothing, that the copy of the checkout has beside the others: for them, what all tests share is made."""

from __future__ import annotations

import os

from tools.servers import database_url

DATABASE = "MUTANTS_DATABASE"
"""The variable that tells other processes where the database of the tests is."""


def test_that_there_is_a_database(db: None) -> None:
    """Ask for the database of the tests, which is kept for all mutants."""
    address, _slash, name = database_url().rpartition("/")
    os.environ[DATABASE] = f"{address}/{name.removeprefix('test_')}"  # Django puts that before it for tests


def test_that_nothing_is_left(transactional_db: None) -> None:
    """Empty the database, after a mutant that was given up."""
