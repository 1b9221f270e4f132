"""Word processor files: zip archives of XML, opened with care for what an archive can hide."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from ingest.parser.errors import BrokenFile, EncryptedFile, FileTooLarge

MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
"""Bytes of all members together, pictures too."""
MAX_XML = 60 * 1024 * 1024
"""Bytes of one XML member: a programme of 300 pages has about 2 MB."""
MAX_RATIO = 200
"""Unpacked bytes for a packed one. XML packs 10 to 20 times, a bomb 1,000 times."""
RATIO_FREE = 4 * 1024 * 1024
"""Bytes unpacked below which no ratio matters."""

_ENCRYPTED = 1 << 0
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError)

Element: TypeAlias = etree._Element


class Archive:
    """An office file whose sizes have been checked against the limits before anything is unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise BrokenFile from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise FileTooLarge("Filen er for stor når den pakkes ut.")
        for member in members:
            if member.flag_bits & _ENCRYPTED:
                raise EncryptedFile
            if member.file_size > RATIO_FREE and member.file_size > MAX_RATIO * max(1, member.compress_size):
                raise FileTooLarge("Filen er pakket så hardt at den ikke kan være et vanlig dokument.")
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return a member's bytes, empty if there is none. Never more than the size that its header gives."""
        if name not in self.names:
            return b""
        if self._zip.getinfo(name).file_size > MAX_XML:
            raise FileTooLarge("Filen er for stor når den pakkes ut.")
        try:
            return self._zip.read(name)
        except _DAMAGE as error:
            raise BrokenFile from error

    def xml(self, name: str) -> Element | None:
        """Return a member's root element; entities stay unresolved and nothing is fetched. None if there is none."""
        if not (content := self.read(name)):
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root: Element = etree.fromstring(content, parser)
        except (etree.LxmlError, ValueError) as error:
            raise BrokenFile from error
        return root


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for what is no element (an entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without namespace, "" where there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of that name, and its child of the next name, and so on; None where one is missing."""
    for name in path:
        element = next((inner for inner in element if local(inner) == name), None) if element is not None else None
    return element


def children(element: Element | None) -> list[Element]:
    """Return an element's children, none if there is no element."""
    return [] if element is None else list(element)


def table_cells(table: Element, row: str, cell: str) -> Iterator[list[Element]]:
    """Yield the cells of each row of a table, by the names of their elements, without those of tables inside it."""
    for element in table.iterdescendants(f"{{*}}{row}"):
        if next(element.iterancestors(f"{{*}}{local(table)}"), None) is table:
            cells = element.iterdescendants(f"{{*}}{cell}")
            yield [inner for inner in cells if next(inner.iterancestors(f"{{*}}{row}")) is element]


def whole(text: str, default: int) -> int:
    """Return the whole number of at most six digits that a text is, else the default."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else default
