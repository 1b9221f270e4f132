"""Long files for measuring: an invented programme as text, of a size, and as a PDF of many pages."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

VERBS = ("bygge", "styrke", "sikre", "innføre", "øke", "bevare", "utvikle", "støtte", "fjerne", "arbeide for")
THINGS = (
    *("skolen i Storfjell", "sykehjemmet på Nes", "busstilbudet til Elvebyen", "gang- og sykkelveier langs fjorden"),
    *("barnehager med nok ansatte", "landbruket i bygda", "kulturskolen", "frivilligheten og idretten"),
    *("eldreomsorgen", "kommunens økonomi", "fornybar energi", "helsetilbudet til ungdom", "flere lærlinger"),
)
TAILS = ("", " slik at flere kan bo her", " i løpet av perioden", " og samarbeide med nabokommunene", " for alle")


def text(size: int, seed: int = 1) -> bytes:
    """Return a programme of at least so many bytes: chapters of prose, a lead-in and a list."""
    chance = random.Random(seed)  # noqa: S311 - the same text each time
    lines, length, number = ["Program for Fjordpartiet 2023–2027", ""], 0, 0
    while length < size:
        number += 1
        chapter = list(_chapter(number, chance))
        length += sum(len(line.encode()) + 1 for line in chapter)
        lines += chapter
    return "\n".join(lines).encode()


def _chapter(number: int, chance: random.Random) -> Iterator[str]:
    yield from (f"{number}. {chance.choice(THINGS).capitalize()}", "")
    yield " ".join(
        f"Vi ser at {chance.choice(THINGS)} er viktig, og at {chance.choice(THINGS)} trengs{chance.choice(TAILS)}."
        for _ in range(4)
    )
    yield from ("", "Fjordpartiet vil:")
    for _ in range(12):
        yield f"- {chance.choice(VERBS)} {chance.choice(THINGS)}{chance.choice(TAILS)}"
    yield ""


def pdf(pages: int) -> bytes:
    """Return a programme of so many pages, with a heading and a list on each."""
    from reportlab.pdfgen.canvas import Canvas  # for developers only

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 780, f"Kapittel {page + 1}: Skole og helse i Storfjell")
        canvas.setFont("Helvetica", 10)
        for line in range(46):
            mark = "- " if line % 3 == 0 else "  "
            words = f"{mark}bygge flere barnehager og skoler i alle deler av kommunen, og ansette folk med fag {line}"
            canvas.drawString(72, 750 - 15 * line, words if line else "Bygdelista vil:")
        canvas.drawString(290, 30, str(page + 1))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
