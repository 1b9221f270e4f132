"""What one can ask the archive, with what it answers: three examples for the front page, made of what it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import caches
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.models import Area, Level, Programme
from programmes.search import FacetValue, search
from programmes.search.state import current_state
from programmes.site.templatetags.archive import count, pledges, programmes

MATTERS = ("bompenger", "eiendomsskatt", "skolemat", "ulv", "sykehjem", "kollektivtransport", "buss", "barnehage")
"""What people ask about, in an election and in a municipality; the archive is asked which of them it knows most of."""
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Example:
    """A question, where it is answered, and the answer's figures."""

    question: str
    url: str
    figures: str


def examples() -> list[Example]:
    """Return three examples at most, kept as long as the archive stays as it is."""
    key = f"examples.{current_state()}.{get_language()}"
    kept: list[Example] | None = caches["pages"].get(key)
    if kept is None:
        kept = list(_made())
        caches["pages"].set(key, kept, KEPT_SECONDS)
    return kept


def _made() -> Iterator[Example]:
    found = [
        (matter, result.total, result.facets["party"])
        for matter in MATTERS
        if (result := search(matter, per_page=1, beside=0, highlight=False)).total and result.searched == matter
    ]
    ranked = sorted(found, key=lambda each: (-len(_with_pledges(each[2])), -each[1]))
    if ranked:
        matter, total, parties = ranked[0]
        yield Example(
            _("Hva lover partiene om %(matter)s?") % {"matter": matter},
            f"{reverse('search')}?{urlencode({'q': matter, 'grupper': 'parti'})}",
            _from_parties(total, len(_with_pledges(parties))),
        )
    if len(ranked) > 1:
        matter, _total, parties = ranked[1]
        most = max(_with_pledges(parties), key=lambda party: party.count)
        yield Example(
            _("Hva mener %(party)s om %(matter)s?") % {"party": most.label, "matter": matter},
            f"{reverse('search')}?{urlencode({'q': matter, 'parti': most.value})}",
            pledges(most.count),
        )
    yield from _of_a_place()


def _with_pledges(parties: tuple[FacetValue, ...]) -> list[FacetValue]:
    return [party for party in parties if party.count]


def _from_parties(number: int, parties: int) -> str:
    said = ngettext("%(pledges)s fra %(count)s parti", "%(pledges)s fra %(count)s partier", parties)
    return said % {"pledges": pledges(number), "count": count(parties)}


def _of_a_place() -> Iterator[Example]:
    """Yield the question about the municipality that the archive has most programmes from."""
    most = (
        Programme.objects.current()
        .filter(branch__level=Level.MUNICIPALITY)
        .order_by()
        .values("branch__area__slug")
        .annotate(programmes=Count("pk"), pledges=Sum("pledge_count"))
        .order_by("-programmes", "-pledges", "branch__area__slug")
        .first()
    )
    if most:
        area = Area.objects.filter(slug=most["branch__area__slug"]).latest("valid_from")
        yield Example(
            _("Hva har partiene lovet i %(place)s?") % {"place": area.name},
            area.get_absolute_url(),
            _("%(pledges)s i %(programmes)s")
            % {"pledges": pledges(most["pledges"]), "programmes": programmes(most["programmes"])},
        )
