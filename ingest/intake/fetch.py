"""Fetch a file from a public address, and from nowhere else: the desk must not become a way into the inner network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from ingest.parser.errors import FileTooLarge, IngestError

SECONDS = 30.0
"""For all of it, redirects included."""
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}


class FetchFailed(IngestError):
    """The address can't be fetched, and why."""

    message = "Adressen kunne ikke hentes. Last ned filen selv, og last den opp."


class AddressNotAllowed(FetchFailed):
    """The address isn't a public one."""

    message = (
        "Adressen er ikke en vanlig, offentlig nettadresse (http eller https). Last ned filen selv, og last den opp."
    )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address."""

    content: bytes
    filename: str


Rule = Callable[[str, int], bool]
"""Whether a number and a port may be connected to."""


def is_public(number: str, port: int) -> bool:
    """Return whether a number is one of the public internet, and the port that of the web."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or address
    else:
        inner = address
    return port in PORTS.values() and address.is_global and inner.is_global and not address.is_multicast


def fetch(address: str, *, most_bytes: int, rule: Rule = is_public) -> Fetched:
    """Return what stands at a public address. Raises `AddressNotAllowed`, `FileTooLarge` or `FetchFailed`.

    Each host, a redirect's too, is looked up once and its public number connected to, so that a name can't change
    its meaning between the check and the connection.
    """
    deadline = time.monotonic() + SECONDS
    for _hop in range(MOST_REDIRECTS + 1):
        scheme, host, port, path = _parts(address)
        connection = _connect(scheme, host, port, rule, deadline)
        try:
            connection.request("GET", path, headers={"User-Agent": "Programarkivet", "Accept-Encoding": "identity"})
            with connection.getresponse() as response:
                if response.status in _REDIRECTS:
                    address = urljoin(address, response.getheader("Location") or "")
                    continue
                if response.status != http.HTTPStatus.OK:
                    raise FetchFailed(f"Adressen svarte med feil {response.status}. Se om den stemmer.")
                return Fetched(_body(response, connection, most_bytes, deadline), _filename(response.headers, address))
        except (OSError, http.client.HTTPException) as problem:
            raise FetchFailed from problem
        finally:
            connection.close()
    raise FetchFailed("Adressen sender videre for mange ganger. Bruk adressen til selve filen.")


def _parts(address: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path of an address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as problem:
        raise AddressNotAllowed from problem
    if not port or not parts.hostname or parts.username or parts.password:
        raise AddressNotAllowed
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port, path.replace(" ", "%20")


def _number(host: str, port: int, rule: Rule) -> str:
    """Return a number of a host, all of whose numbers are allowed. Raises `AddressNotAllowed`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise FetchFailed("Adressen finnes ikke. Se om den er skrevet riktig.") from problem
    numbers = [str(entry[4][0]) for entry in found]
    if not all(rule(number, port) for number in numbers):
        raise AddressNotAllowed
    return numbers[0]


def _connect(scheme: str, host: str, port: int, rule: Rule, deadline: float) -> http.client.HTTPConnection:
    """Return a connection to an allowed number of a host, with the host's own name for its certificate."""
    number = _number(host, port, rule)
    connection = http.client.HTTPConnection(host, port)
    try:
        plain = socket.create_connection((number, port), timeout=_left(deadline))
        if scheme == "https":
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError as problem:
        raise FetchFailed from problem
    connection.sock = plain
    return connection


def _body(
    response: http.client.HTTPResponse, connection: http.client.HTTPConnection, most_bytes: int, deadline: float
) -> bytes:
    """Return what a response carries, as long as it isn't too long in bytes or in seconds."""
    chunks: list[bytes] = []
    length = 0
    sock = connection.sock
    while True:
        if sock is not None and sock.fileno() >= 0:
            sock.settimeout(_left(deadline))
        chunk = response.read1(CHUNK)
        if not chunk:
            return b"".join(chunks)
        length += len(chunk)
        if length > most_bytes:
            raise FileTooLarge(f"Filen er for stor. Grensen er {most_bytes // 1024 // 1024} MB.")
        chunks.append(chunk)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchFailed(
            f"Adressen svarte ikke ferdig på {SECONDS:.0f} sekunder. Last ned filen selv, og last den opp."
        )
    return left


def _filename(headers: Message, address: str) -> str:
    """Return the name that the server or the address gives the file."""
    given = headers.get_filename() or unquote(urlsplit(address).path)
    return PurePosixPath(given.replace("\\", "/")).name or "hentet-fil"
