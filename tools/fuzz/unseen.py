"""Files that hold what their pages do not show as text, in odd ways: hidden, struck out, raised, cut away, ruled."""

from __future__ import annotations

from random import Random

from tools.fuzz.files import FONT, W, archive, odt, pdf, rtf, stream

ODD = (b"0", b"-1", b"1e9", b"0.00001", b"595", b"(a)", b"/A", b"null")


def pdf_unseen(random: Random) -> bytes:
    """Paint text in ways and places, on grounds and in layers, that leave it unseen or make no sense."""
    one = random.choice

    def number() -> bytes:
        return one(ODD) if random.random() < 0.1 else b"%d" % random.randint(-50, 900)

    def numbers(count: int) -> bytes:
        return b" ".join(number() for _ in range(count))

    paint = (
        lambda: b"%b Tr" % number(),
        lambda: b"%b rg" % b" ".join(one((b"0", b"1", b".5", b"7")) for _ in range(3)),
        lambda: b"/Pattern cs /P1 scn",
        lambda: b"/S1 sh",
        lambda: b"%b re %b" % (numbers(4), one((b"f", b"S", b"B", b"n"))),
        lambda: b"%b m %b l %b" % (numbers(2), numbers(2), one((b"S", b"h f"))),
        lambda: b"/OC /%b BDC" % one((b"L", b"M", b"N")),
        lambda: b"EMC",
        lambda: b"q %b cm" % numbers(6),
        lambda: b"Q",
        lambda: b"/X1 Do",
        lambda: b"BT /F1 %b Tf %b Td (%b) Tj ET" % (number(), numbers(2), one((b"3", b"UTKAST", b"bygge 50"))),
        lambda: b"BT /F1 9 Tf %b Tm (Fjordpartiet vil:) Tj %b Ts (2) Tj ET" % (numbers(6), number()),
    )
    content = b"BT /F1 10 Tf 60 750 Td (Fjordpartiet vil: bygge skole) Tj ET\n"
    content += b"\n".join(one(paint)() for _ in range(one((20, 300, 3000))))
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (n, n, n, n) for n in range(0, 600, one((2, 40))))
    usual = b"0 0 595 842"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/CropBox[%b]/Rotate %b/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        b"/XObject<</X1 7 0 R>>/Properties<</L 6 0 R/M 8 0 R/N %b>>>>>>"
        % (one((usual, numbers(4))), one((usual, usual, numbers(4))), one((b"0", b"90", b"180", b"7")), number())
    )
    layers = one((b"/OFF[6 0 R]", b"/OFF 6 0 R", b"/BaseState/OFF/ON[8 0 R 6 0 R]", b"/OFF[9 0 R %b]" % number()))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<" + layers + b">>>>>>",
            b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
            page,
            stream(content + one((b"", grid))),
            FONT,
            b"<</Type/OCG/Name(a)>>",
            stream(content[:300], b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OC 8 0 R"),
            b"<</Type/OCMD/OCGs[%b]/P/%b>>"
            % (one((b"6 0 R", b"8 0 R", b"", b"6 0 R 99 0 R")), one((b"AllOn", b"AnyOff", b"A"))),
        ]
    )


def pdf_nameless_font(random: Random) -> bytes:
    """Use a font that does not say which letters its codes are."""
    one = random.choice
    encoding = one((b"", b"/Encoding<</Differences[0/g0/g1/g2]>>", b"/Encoding/Identity-H", b"/Encoding 5 0 R"))
    kind = one((b"/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>", b"/Subtype/TrueType", b"/Subtype/Type0"))
    font = b"<</Type/Font/BaseFont/AAAAAA+Fjord/FirstChar 0/LastChar 3/Widths[.5 .5 .5]" + kind + encoding + b">>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    text = b"BT /F1 9 Tf 60 700 Td <" + random.randbytes(one((2, 40, 2000))).hex().encode() + b"> Tj ET"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(text), font])


def word_unseen(random: Random) -> bytes:
    """Raise, hide, strike out and delete words of a Word document, styles that rest on themselves included."""
    one = random.choice
    looks = ("vertAlign w:val='superscript'", "vanish", "strike", "dstrike w:val='0'", "rStyle w:val='A'", "b")
    runs = "".join(
        f"<w:r><w:rPr>{''.join(f'<w:{one(looks)}/>' for _ in range(3))}</w:rPr>"
        f"<w:t>{one(('2', ' ', 'm', 'vil:', ' bygge 50'))}</w:t></w:r>"
        for _ in range(one((5, 500, 5000)))
    )
    change = one(("", "<w:del>", "<w:moveFrom>"))
    body = f"<w:p>{change}{runs}{change.replace('<', '</')}</w:p><w:p/>"
    look = "<w:rPr><w:vanish/><w:vertAlign w:val='superscript'/></w:rPr>"
    style = f"<w:style w:styleId='A'><w:basedOn w:val='A'/>{look}</w:style>"
    return archive(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body * 2}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{style}</w:styles>",
        }
    )


def flowing_unseen(random: Random) -> bytes:
    """Do the same to an OpenDocument text or Rich Text."""
    one = random.choice
    count = one((3, 300, 3000))
    return one(
        (
            lambda: odt("<text:p><text:hidden-text>a<text:hidden-text/></text:hidden-text>b</text:p>" * count),
            lambda: odt(
                "<text:tracked-changes><text:deletion><text:p>a</text:p>" * min(count, 50)
                + "</text:deletion></text:tracked-changes>" * min(count, 50)
                + "<text:p>b</text:p>"
            ),
            lambda: rtf(r"50{\super 3}\v a\v0 {\strike b}{\deleted c}\up-9 2\nosupersub\par" * count),
            lambda: rtf(r"{\super 3} a\par" * count),
        )
    )()


def web_unseen(random: Random) -> bytes:
    """Do the same to a web page, with switches that point to themselves."""
    one = random.choice
    parts = (
        "<sup>2</sup>",
        "<p hidden>a",
        "<del>a",
        "</del>",
        "50<sup><a href='#1'>3</a></sup>",
        "<span style='display:none'>",
        "<div id='a' hidden aria-controls='a'>",
        "<s><s>b</s>",
        "<i aria-hidden='true'>x</i>",
        "</span>",
        "<li>bygge 50",
    )
    body = "".join(one(parts) for _ in range(one((10, 500, 20_000))))
    return f"<!DOCTYPE html><html><body><ul>{body}".encode()


def markdown_unseen(random: Random) -> bytes:
    """Do the same to Markdown."""
    one = random.choice
    parts = (
        "~~",
        "<sup>3</sup>",
        "[^1]",
        "50[1]",
        "[1]: a\n",
        "[^1]: b\n",
        "<del>",
        "</s>",
        "<span hidden>",
        "</span>",
        "\n\n",
        "- bygge ",
        "[2](#a)",
        "<sup>",
        "[[3]](#_ftn1)",
        "vil:\n",
        "<div hidden>\n",
    )
    return ("# A\n\n" + "".join(one(parts) for _ in range(one((10, 300, 5000))))).encode()
