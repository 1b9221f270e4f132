"""Files made to do harm, each small: their names say what they attack. None has any text of a programme."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from tools.fuzz.files import archive, docx, odt, pdf, pdf_page, rtf, stream
from tools.fuzz.mutations import Sample
from tools.fuzz.unseen import flowing_unseen, markdown_unseen, pdf_nameless_font, pdf_unseen, web_unseen, word_unseen

_WORDS = """
Fjordpartiet vil bygge vei og skole i Storfjell – 2. mai, 12 %
• a) o: Spørsmål? « » co\u00adop \u200ba 🙂 e\u0301n A\u030a
"""
WORDS = _WORDS.split()


def prose(random: Random, words: int) -> str:
    """Return so many words in random order, with line ends here and there."""
    return "".join(
        random.choice(WORDS) + random.choice((" ", " ", " ", " ", "\n", "\n\n", ":\n")) for _ in range(words)
    )


def pdf_flate_twice(random: Random) -> bytes:
    """Expand 2 kB to a gigabyte: Flate applied twice."""
    size = random.choice((1 << 24, 1 << 28, 1 << 30))
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return pdf_page(stream(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_scattered_letters(random: Random) -> bytes:
    """Put thousands of single letters all over a page: layout analysis grows with their square."""
    letters = (
        b"BT /F1 8 Tf %d %d Td (%c) Tj ET" % (random.randrange(595), random.randrange(842), random.randrange(97, 123))
        for _ in range(random.choice((500, 2000)))
    )
    return pdf_page(stream(zlib.compress(b"\n".join(letters)), b"/Filter/FlateDecode"))


def pdf_deep_nesting(random: Random) -> bytes:
    """Nest arrays, dictionaries or marked content thousands deep."""
    depth = random.choice((100, 1000, 50_000))
    opening, closing = random.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"/P BMC ", b" EMC"), (b"q ", b" Q")))
    return pdf_page(stream(opening * depth + b"BT /F1 9 Tf (Fjord) Tj ET" + closing * depth))


def pdf_loops(random: Random) -> bytes:
    """Let the page tree, the outline, the structure tree or the length of a stream refer to itself."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R/StructTreeRoot 6 0 R>>"
    pages = random.choice((b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>", b"<</Type/Pages/Kids[3 0 R]/Parent 2 0 R>>"))
    page = b"<</Type/Page/Parent 3 0 R/Contents[4 0 R 4 0 R]/Resources 3 0 R>>"
    content = b"<</Length 4 0 R>>\nstream\nBT (Fjord) Tj ET\nendstream"
    outline = b"<</First 5 0 R/Next 5 0 R/Title(Fjord)/Dest 5 0 R>>"
    tree = b"<</Type/StructTreeRoot/K[6 0 R 6 0 R]/ParentTree 6 0 R/Kids[6 0 R]>>"
    return pdf([catalog, pages, page, content, outline, tree], random.choice((b"", b"/Prev 9", b"/XRefStm 9")))


def pdf_fonts_missing(random: Random) -> bytes:
    """Show text in fonts that are missing, empty, or no fonts."""
    resources = random.choice(
        (
            b"",
            b"/Resources<<>>",
            b"/Resources<</Font<</F1 9 0 R>>>>",
            b"/Resources<</Font<</F1 4 0 R>>>>",
            b"/Resources 1",
        )
    )
    return pdf_page(
        stream(b"BT /F1 12 Tf 72 700 Td (Fjordpartiet vil:) Tj 0 -14 Td <0041FFFF> Tj ET"), resources=resources
    )


def pdf_encrypted(random: Random) -> bytes:
    """Say that it is encrypted, with keys that fit nothing."""
    version = random.choice((b"/V 1/R 2", b"/V 2/R 3/Length 128", b"/V 4/R 4", b"/V 5/R 6/Length 256", b"/V 9/R 9"))
    keys = b"/O<%b>/U<%b>/P -4" % (random.randbytes(32).hex().encode(), random.randbytes(32).hex().encode())
    trailer = b"/Encrypt<</Filter/Standard %b %b>>/ID[<00><00>]" % (version, keys)
    return pdf_page(stream(b"BT /F1 12 Tf 72 700 Td (Fjord) Tj ET"), trailer=trailer)


def pdf_odd_operands(random: Random) -> bytes:
    """Draw with operands of wrong kinds, numbers and sizes."""
    operands = [
        b"0",
        b"-1",
        b"1e30",
        b"nan",
        b"(x)",
        b"<41>",
        b"/N",
        b"[",
        b"]",
        b"<<",
        b">>",
        b"true",
        b"null",
        b"99999999999",
    ]
    operators = b"Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts cm q Q BT ET Do BDC BMC EMC BI ID EI re rg scn gs".split()
    parts = [random.choice(operands if random.random() < 0.7 else operators) for _ in range(random.randint(20, 2000))]
    return pdf_page(stream(b"BT /F1 12 Tf 72 700 Td (Fjord) Tj " + b" ".join(parts)))


ENTITY_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "Fjord">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


def docx_hostile(random: Random) -> bytes:
    """Attack by entities, depth, size or sense."""
    depth = random.choice((50, 240, 5000))
    return random.choice(
        (
            lambda: docx("<w:p><w:r><w:t>&m;&file;</w:t></w:r></w:p>", ENTITY_BOMB),
            lambda: docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth),
            lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000),
            lambda: docx("<w:p><w:pPr><w:numPr><w:ilvl w:val='-9'/><w:numId w:val='x'/></w:numPr></w:pPr></w:p>" * 9),
            lambda: archive({"word/document.xml": b"\0" * (1 << 28)}),
            lambda: archive({"word/document.xml": b"<w:a/>", **{f"word/{n}.xml": b"" for n in range(6000)}}),
            lambda: archive({"word/document.xml": archive({"word/document.xml": b"x"})}),
        )
    )()


def odt_hostile(random: Random) -> bytes:
    """Attack by entities, depth, size or sense."""
    depth = random.choice((50, 120, 5000))
    return random.choice(
        (
            lambda: odt("<text:p>&m;&file;</text:p>", ENTITY_BOMB),
            lambda: odt(
                "<text:list><text:list-item>" * depth + "<text:p>a</text:p>" + "</text:list-item></text:list>" * depth
            ),
            lambda: odt("<text:span>" * depth + "a" + "</text:span>" * depth),
            lambda: odt("<text:p>a<text:s text:c='999999999'/>b</text:p>" * 100),
            lambda: odt("<text:h text:outline-level='-7'>a</text:h><text:p text:style-name='a'>b</text:p>" * 100),
            lambda: archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b" " * (1 << 28)}),
        )
    )()


def rtf_hostile(random: Random) -> bytes:
    """Attack by depth, numbers, half characters, stories and tables without end."""
    depth = random.choice((50, 990, 100_000))
    return random.choice(
        (
            lambda: rtf("{" * depth + "a" + "}" * depth),
            lambda: rtf("}" * depth + "a"),
            lambda: rtf(r"{\footnote " * depth + "a"),
            lambda: rtf(r"{\shp{\*\shpinst{\shptxt a\par " * min(depth, 3000)),
            lambda: rtf("".join(rf"\pard\intbl\itap{n} a\nestcell" for n in range(depth))),
            lambda: rtf(r"\trowd\pard\intbl a\cell" * depth),
            lambda: rtf(r"\u-10179?" * depth + r"\uc999999999\u229 " + "a" * depth),
            lambda: rtf(r"\bin999999999 a"),
            lambda: rtf(r"{\listtext " + "a" * depth + r"}\ls1\ilvl-9 a\par" * 9),
            lambda: rtf(r"{\stylesheet{\s1\sbasedon2 a;}{\s2\sbasedon1 b;}}\s1 a\par" * 99),
            lambda: rtf(r"\'e5\b a\b0 " * depth),
            lambda: rtf(r"{\fonttbl{\f9\cpg99999 a;}{\f8\cpg1200 b;}}\f8 \'e5\f9 \'e5\par" * 9),
        )
    )()


def html_hostile(random: Random) -> bytes:
    """Attack by depth, unclosed elements, huge attributes, entities and tables."""
    depth = random.choice((200, 255, 5000, 100_000))
    element = random.choice(("div", "b", "ul><li", "table><tr><td", "span", "font", "h1", "p", "svg", "nav", "form"))
    body = random.choice(
        (
            f"<{element}>a " * depth,
            f"<p title='{'x' * 2_000_000}'>a</p>",
            "&amp;&#0;&#xD800;&#x110000;&nbsp;&shy;&unknown;" * 5000,
            "<ol start='999999999' type='i'><li value='-5'>a<li value='4999'>b</ol>" * 500,
            "<table>" + "<tr>" + "<td>a<td><p>b" * 200 + "</table>",
            "<a href='#x'>lenke</a> " * 5000,
            "<script>" + "a" * 100_000,
            "<!--" * 10_000,
        )
    )
    return f"<!DOCTYPE html><html><body>{body}".encode()


def markdown_hostile(random: Random) -> bytes:
    """Attack by nesting, brackets, stars, backticks, tables, comments and link definitions."""
    count = random.choice((50, 1000, 20_000))
    return random.choice(
        (
            "> " * min(count, 5000) + "a",
            "\n".join("  " * n + "- a" for n in range(min(count, 1500))),
            "[" * count + "a" + "]" * count,
            "*a **b " * count,
            "**" * count + "a",
            "".join("`" * (n % 50) + "a" for n in range(min(count, 3000))),
            "|a" * min(count, 2000) + "\n" + "|-" * min(count, 2000) + "\n" + "|b|c\n" * 500,
            "<!-- a\n" * min(count, 2000),
            "\n".join(f"[a{n}]: /x" for n in range(count)),
            "<div>\n" * min(count, 2000),
            "---\na: b\n" * min(count, 3000),
            "# " * min(count, 3000) + "\n" + "#a\n" * 1000,
            "1. a\n" * min(count, 5000),
            "![a](" * min(count, 3000),
        )
    ).encode()


def text_hostile(random: Random) -> bytes:
    """Attack by length of lines, lack of letters, marks alone, numbers alone, control characters."""
    count = random.choice((100, 3000, 20_000))
    return random.choice(
        (
            b"a" * random.choice((10, 99_999, 5_000_000)),
            b" " * 100_000,
            b"\n" * 100_000 + b"a",
            "• ".encode() * count,
            b"".join(b"%d\n" % n for n in range(count)),
            b"".join(b"%d. a\n" % n for n in range(count)),
            b"Fjordpartiet vil:\n" * count,
            "Spørsmål:\n".encode() * count,
            b"".join(b"%b- a:\n" % (b" " * (n % 60)) for n in range(count)),
            b"INNHOLD\n" + b"a ..... 3\n" * count,
            b"\x00" * count,
            random.randbytes(count),
            bytes(random.choice(b"\x01\x07\x08\x0c\x1b\x7f\x85\xa0\xad\nab ") for _ in range(count)),
            prose(random, count).encode(),
            prose(random, count).encode("utf-16"),
            b"\xff\xfe" + random.randbytes(count),
            b"a)\n" * count,
            b"-\n" * count,
            b":\n" * count,
        )
    )


def line_of_100_megabytes(random: Random) -> bytes:
    """Be one line without end."""
    return b"Fjordpartiet " * 8_000_000


def binary(random: Random) -> bytes:
    """Be of another kind than the name says: nothing, an archive, a picture, an old Word file, noise."""
    return random.choice(
        (
            b"",
            b"\n",
            b"%PDF-",
            b"%PDF-1.7\n%%EOF",
            b"PK\x03\x04",
            archive({"a.txt": "a"}),
            b"\x89PNG\r\n\x1a\n" + random.randbytes(500),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.randbytes(500),
            b"{\\rtf1 Fjordpartiet vil}",
            b"\x1f\x8b" + random.randbytes(300),
            random.randbytes(random.randint(1, 5000)),
        )
    )


HOSTILE: tuple[tuple[str, Callable[[Random], bytes], float], ...] = (
    # suffix, maker, weight
    (".pdf", pdf_flate_twice, 0.4),
    (".pdf", pdf_scattered_letters, 1),
    (".pdf", pdf_deep_nesting, 5),
    (".pdf", pdf_loops, 10),
    (".pdf", pdf_fonts_missing, 10),
    (".pdf", pdf_encrypted, 10),
    (".pdf", pdf_odd_operands, 30),
    (".pdf", pdf_unseen, 40),
    (".pdf", pdf_nameless_font, 10),
    (".docx", docx_hostile, 20),
    (".docx", word_unseen, 15),
    (".odt", flowing_unseen, 15),
    (".html", web_unseen, 15),
    (".md", markdown_unseen, 15),
    (".odt", odt_hostile, 20),
    (".rtf", rtf_hostile, 20),
    (".html", html_hostile, 30),
    (".md", markdown_hostile, 40),
    (".txt", text_hostile, 60),
    (".txt", line_of_100_megabytes, 0.2),
    ("", binary, 20),
)


def hostile(random: Random) -> tuple[str, Sample]:
    """Return a kind of attack and a file that carries it out."""
    suffix, make, _ = random.choices(HOSTILE, [weight for *_, weight in HOSTILE])[0]
    content = make(random)
    suffix = suffix or random.choice((".pdf", ".txt", ".md", ".html", ".docx", ".odt", ".rtf", ".doc"))
    return make.__name__.replace("_", " "), Sample(f"fuzz{suffix}", content)
