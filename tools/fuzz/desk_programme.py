"""The programme and the people that `tools.fuzz.desk` does things with."""

from __future__ import annotations

import hashlib
import itertools
import json

from django.contrib.auth.models import User

from ingest.intake.details import Details
from ingest.intake.store import create_programme
from ingest.models import Membership
from ingest.parser.as_json import to_wire
from ingest.parser.document import ParsedProgramme, Problem
from ingest.parser.edits import Edit, anchor_at, anchor_of_heading, apply
from ingest.parser.parse import parse
from ingest.parser.values import replace
from programmes.branches import get_or_create_branch
from programmes.models import Party, Programme
from programmes.norwegian.slugs import slugify_norwegian

TEXT = """\
SKOLE
Skolen er hjertet i bygda og skal ligge der folk bor. Vi vil bevare alle grendeskoler.

Storfjell Bygdeliste vil:
• Bygge ny ungdomsskole i Elvebyen innen 2027
• Ansette flere lærere. Gi alle elever gratis
skolemat hver dag
• Styrke skolehelsetjenesten ved å:
  o ansette helsesykepleier
  o åpne skolelegens kontor på kveldstid
• Gratis buss

Side 1

KULTUR
KUNST

Storfjell Bygdeliste vil:
• Utrede behov for en byantikvar
• Bevare trehusbebyggelsen langs elva
• Gratis buss

Side 2

NÆRING
Næringslivet i bygda er småbedrifter, og de trenger forutsigbarhet.
"""
"""An invented programme with what corrections are about: nested lists, the same words twice, furniture, headings."""

FIELDS = {
    **{"title": "Program", "party": "STORFJELL", "branch": "Storfjell Bygdeliste", "level": "national", "area": ""},
    **{"kind": "parliamentary", "period_start": "2023", "period_end": "2027", "language": "nb", "status": "adopted"},
}
"""What the form of a file is filled in with, for the same branch, period and kind."""

_numbers = itertools.count(1)


def as_bytes(parsed: ParsedProgramme) -> bytes:
    """Return all that a parse is, to compare to the byte."""
    return json.dumps(to_wire(parsed), ensure_ascii=False, sort_keys=True).encode()


def person(name: str, role: str) -> User:
    """Return an editor or an administrator of the desk."""
    user, new = User.objects.get_or_create(username=name, defaults={"password": "!"})
    if new:
        Membership.objects.create(user=user, role=role)
    return user


def new_programme() -> Programme:
    """Return a fresh draft of the invented programme."""
    name = "Storfjell Bygdeliste"
    defaults = {"slug": slugify_norwegian(name), "name_nb": name, "name_nn": name}
    party = Party.objects.get_or_create(code="STORFJELL", defaults=defaults)[0]
    branch = get_or_create_branch(party=party, name=name, level="national", area_code=None, on_year=2023)
    content = f"{TEXT}{next(_numbers)}".encode()
    parsed = replace(PARSES[0], source=replace(PARSES[0].source, sha256=hashlib.sha256(content).hexdigest()))
    details = Details(title="Program", kind="parliamentary", period_start=2023, period_end=2027, status="adopted")
    return create_programme(branch=branch, parsed=parsed, content=content, details=details)


def _read_otherwise(parsed: ParsedProgramme) -> ParsedProgramme:
    """Return the parse of a parser that has learnt: other kinds, joined and split entries, another level."""
    last = len(parsed.entries) - 1
    edits = [
        Edit(9001, "kind", anchor_at(parsed.entries, 0), {"kind": "prose_pledge"}),
        Edit(9002, "split", anchor_at(parsed.entries, 2), {"at": 22, "rest": "Gi alle"}),
        Edit(9003, "level", anchor_of_heading(parsed.sections, 2), {"level": 1}),
        Edit(9004, "merge", anchor_at(parsed.entries, last - 1), {"with": anchor_at(parsed.entries, last - 2)}),
    ]
    return apply(parsed, edits).parsed


def _doubted(parsed: ParsedProgramme) -> ParsedProgramme:
    """Return the parse with doubts: of a run, of headings that look the same, and of repaired words."""
    run, headings = parsed.entries[1:3], [section for section in parsed.sections if section.title]
    problems = [Problem(1, run[0].place.line_first, "Er de løfter?", "no pledges", tuple(each.id for each in run))]
    problems += [Problem(1, each.line, f"«{each.title}»?", "doubtful heading", (each.id,)) for each in headings[1:]]
    repaired = tuple(
        replace(entry, repaired=entry.text.replace("elva", "Ÿlva").replace("buss", "bÿss"))
        if "elva" in entry.text or "buss" in entry.text
        else entry
        for entry in parsed.entries
    )
    return replace(parsed, entries=repaired, problems=tuple(problems))


def _parses() -> tuple[ParsedProgramme, ParsedProgramme]:
    parsed = _doubted(parse(TEXT.encode(), "storfjell.txt"))
    return parsed, _read_otherwise(parsed)


PARSES = _parses()
"""What two versions of the parser make of the programme."""
