"""Damage to real files, as transport, editors and enemies do it: one table, a function for each kind."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from random import Random


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to damage, or a damaged one."""

    filename: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The suffix of the name, with its dot."""
        return PurePath(self.filename).suffix.lower()


Mutate = Callable[[Random, bytes], bytes]


def truncated(random: Random, content: bytes) -> bytes:
    """Return the beginning: a download that broke off."""
    return content[: random.randrange(len(content))]


def bits_flipped(random: Random, content: bytes) -> bytes:
    """Return it with one to forty bits flipped."""
    damaged = bytearray(content)
    for _ in range(random.randint(1, 40)):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def part_lost(random: Random, content: bytes) -> bytes:
    """Return it without a stretch."""
    start, end = sorted(random.randrange(len(content)) for _ in range(2))
    return content[:start] + content[end:]


def part_repeated(random: Random, content: bytes) -> bytes:
    """Return it with a stretch two to twenty times."""
    start = random.randrange(len(content))
    stretch = content[start : start + random.randint(1, 5000)]
    return content[:start] + stretch * random.randint(2, 20) + content[start + len(stretch) :]


def parts_swapped(random: Random, content: bytes) -> bytes:
    """Return it with two neighbouring stretches in the other order."""
    a, b, c = sorted(random.randrange(len(content)) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def noise_inserted(random: Random, content: bytes) -> bytes:
    """Return it with random bytes somewhere."""
    place = random.randrange(len(content))
    return content[:place] + random.randbytes(random.randint(1, 300)) + content[place:]


def numbers_changed(random: Random, content: bytes) -> bytes:
    """Return it with some of its numbers replaced by odd ones: sizes, offsets, references, levels."""
    odd = [b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e9", b"0.0000001"]

    def change(match: re.Match[bytes]) -> bytes:
        return random.choice(odd) if random.random() < rate else match[0]

    rate = random.choice((0.002, 0.02, 0.2))
    return re.sub(rb"\d+", change, content)


def words_swapped(random: Random, content: bytes) -> bytes:
    """Return it with some of its words, names and tags in each other's places."""
    words = re.findall(rb"[A-Za-z/<>&\[\]*#-]+", content) or [b""]
    rate = random.choice((0.002, 0.02, 0.2))
    return re.sub(
        rb"[A-Za-z/<>&\[\]*#-]+", lambda match: random.choice(words) if random.random() < rate else match[0], content
    )


def lines_shuffled(random: Random, content: bytes) -> bytes:
    """Return it with some of its lines in another order."""
    lines = content.split(b"\n")
    for _ in range(random.randint(1, 20)):
        a, b = random.randrange(len(lines)), random.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def white_space_changed(random: Random, content: bytes) -> bytes:
    """Return it with some spaces and line ends as others."""
    others = [b"", b"  ", b"\n", b"\n\n", b"\r\n", b"\r", b"\t", b"\f", b"\v", b"\xc2\xa0", b"\xe2\x80\xa8", b"\x00"]
    rate = random.choice((0.01, 0.1))
    return re.sub(rb"[ \n]", lambda match: random.choice(others) if random.random() < rate else match[0], content)


def wrong_encoding(random: Random, content: bytes) -> bytes:
    """Return it in another encoding than UTF-8, or in two at once."""
    text = content.decode("utf-8", "replace")
    encoding = random.choice(("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp865"))
    damaged = text.encode(encoding, "replace")
    if random.random() < 0.3:
        place = random.randrange(len(damaged))
        return damaged[:place] + content[place:]
    return damaged.decode("latin-1").encode() if random.random() < 0.2 else damaged


def inside_archive(random: Random, content: bytes) -> bytes:
    """Return an archive with one of its XML members damaged, itself whole."""
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        weights = [9 if name.endswith(("document.xml", "content.xml")) else 2 * name.endswith(".xml") for name in names]
        chosen = random.choices(names, weights)[0]
        for name in names:
            member = source.read(name)
            if name == chosen and member:
                member = random.choice((*BYTES, *TEXT))(random, member)
            target.writestr(name, member)
    return archive.getvalue()


def inside_streams(random: Random, content: bytes) -> bytes:
    """Return a PDF with the content of one of its streams damaged, itself whole."""
    streams = [match.span(1) for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)]
    for start, end in random.sample(streams, min(5, len(streams))):
        try:
            plain = zlib.decompress(content[start:end])
        except zlib.error:
            continue
        if plain:
            damaged = random.choice((*BYTES, *TEXT))(random, plain)
            return content[:start] + zlib.compress(damaged) + content[end:]
    return bits_flipped(random, content)


BYTES: tuple[Mutate, ...] = (truncated, bits_flipped, part_lost, part_repeated, parts_swapped, noise_inserted)
TEXT: tuple[Mutate, ...] = (numbers_changed, words_swapped, lines_shuffled, white_space_changed)
BY_SUFFIX: dict[str, tuple[Mutate, ...]] = {
    ".pdf": (*BYTES, numbers_changed, words_swapped, inside_streams, inside_streams, inside_streams),
    ".docx": (*BYTES, inside_archive, inside_archive, inside_archive, inside_archive),
    ".odt": (*BYTES, inside_archive, inside_archive, inside_archive, inside_archive),
    ".rtf": (*BYTES, *TEXT),
    ".txt": (*BYTES, *TEXT, wrong_encoding),
    ".md": (*BYTES, *TEXT, wrong_encoding),
    ".html": (*BYTES, *TEXT, wrong_encoding),
}


def mutated(random: Random, sample: Sample) -> tuple[str, Sample]:
    """Return the kind of damage and the damaged sample; one in ten is damaged twice, one in fifty misnamed."""
    mutate = random.choice(BY_SUFFIX.get(sample.suffix, BYTES))
    content = mutate(random, sample.content)
    if content and random.random() < 0.1:
        content = random.choice(BYTES)(random, content)
    suffix = random.choice(tuple(BY_SUFFIX)) if random.random() < 0.02 else sample.suffix
    return f"{sample.suffix[1:]} {mutate.__name__.replace('_', ' ')}", Sample(f"fuzz{suffix}", content)
