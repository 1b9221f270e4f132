"""The measuring of search runs from end to end on a small archive, and leaves nothing behind."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.long
def test_every_engine_and_yardstick_is_measured_on_the_same_pledges():
    printed = io.StringIO()
    call_command("bench_search", pledges="900", rounds=1, no_http=True, stdout=printed)
    lines = [line for line in printed.getvalue().splitlines() if line.strip().startswith("900")]
    names = [line[11:29].strip() for line in lines]
    assert names == ["whoosh", "postgres", "raw SQL", "SQLite FTS5", "tantivy"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%%_bench_%%'")
        assert cursor.fetchone() == (0,)
