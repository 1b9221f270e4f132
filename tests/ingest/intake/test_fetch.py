"""Fetching: public addresses alone, within limits, whatever a server answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.intake.fetch import AddressNotAllowed, FetchFailed, fetch, is_public
from ingest.parser.errors import FileTooLarge


class Server(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        if self.path == "/program.txt":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Bygdelista vil:")
        elif self.path == "/navn":
            self.send_response(200)
            self.send_header("Content-Disposition", 'attachment; filename="../../etc/program.pdf"')
            self.end_headers()
            self.wfile.write(b"%PDF-")
        elif self.path == "/videre":
            self.send_response(302)
            self.send_header("Location", "/program.txt")
            self.end_headers()
        elif self.path == "/innover":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
            self.end_headers()
        elif self.path == "/rundt":
            self.send_response(302)
            self.send_header("Location", "/rundt")
            self.end_headers()
        elif self.path == "/uendelig":
            self.send_response(200)
            self.end_headers()
            with suppress(ConnectionError):  # nobody who minds a limit reads it to its end
                for _chunk in range(1000):
                    self.wfile.write(b"x" * 1000)
        else:
            self.send_error(404)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def this_machine(number: str, port: int) -> bool:
    """The rule of these tests, whose only server is here."""
    return number == "127.0.0.1"


def test_a_file_and_its_name_come_from_where_a_redirect_leads(server: str) -> None:
    fetched = fetch(f"{server}/videre", most_bytes=1000, rule=this_machine)
    assert (fetched.content, fetched.filename) == (b"Bygdelista vil:", "program.txt")


def test_the_servers_name_for_the_file_is_no_path(server: str) -> None:
    assert fetch(f"{server}/navn", most_bytes=1000, rule=this_machine).filename == "program.pdf"


@pytest.mark.parametrize(
    ("path", "error"),
    [("/borte", FetchFailed), ("/rundt", FetchFailed), ("/innover", AddressNotAllowed), ("/uendelig", FileTooLarge)],
)
def test_what_is_wrong_is_told(server: str, path: str, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        fetch(f"{server}{path}", most_bytes=10_000, rule=this_machine)
    assert type(raised.value) is error


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://0.0.0.0/",
        "ftp://example.org/program.pdf",
        "file:///etc/passwd",
        "http://kari:hemmelig@example.org/",
        "http://1.1.1.1:5432/",
        "http:///program.pdf",
        "program.pdf",
    ],
)
def test_only_the_public_web_is_fetched_from(address: str) -> None:
    with pytest.raises(AddressNotAllowed):
        fetch(address, most_bytes=1000)


@pytest.mark.parametrize(
    ("number", "port", "expected"),
    [("1.1.1.1", 443, True), ("1.1.1.1", 22, False), ("2002:0a00:0001::", 443, False), ("224.0.0.1", 80, False)],
)
def test_what_is_public(number: str, port: int, expected: bool) -> None:
    assert is_public(number, port) is expected
