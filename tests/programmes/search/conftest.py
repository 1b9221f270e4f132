"""An index of its own for every test, made and kept by the real engine."""

import pytest
from haystack import connections


@pytest.fixture(autouse=True)
def _own_index(tmp_path, settings):
    """Point the default connection at an empty folder."""
    connection = {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    connections.connections_info["default"], before = connection, connections.connections_info["default"]
    connections.reload("default")
    yield
    connections.connections_info["default"] = before
    connections.reload("default")
