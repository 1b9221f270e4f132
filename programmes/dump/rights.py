"""What others may do with what is published: the texts are the parties', what the archive has made has a licence."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence for data."""

    name: str
    """As SPDX and the Open Definition have it."""
    title: str
    path: str
    uri: str
    """In the EU's list of licences, which catalogues name it by."""


_EU = "http://publications.europa.eu/resource/authority/licence"
LICENCES = {
    licence.name: licence
    for licence in (
        Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", f"{_EU}/CC_BY_4_0"),
        Licence("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", f"{_EU}/CC0"),
        Licence("NLOD-2.0", "NLOD 2.0", "https://data.norge.no/nlod/no/2.0", f"{_EU}/NLOD_2_0"),
    )
}
TEXTS_NB = (
    "Programtekstene og originalfilene er partienes egne og omfattes ikke av lisensen. De gjengis her slik partiene "
    "har offentliggjort dem, og kan siteres i samsvar med god skikk (åndsverkloven § 29), med kilde."
)
TEXTS_EN = (
    "The texts of the programmes and the original files are the parties' own and not covered by the licence. They are "
    "given here as the parties have made them public, and may be quoted with their source, as copyright law allows."
)


def licence() -> Licence | None:
    """Return the licence of what the archive itself has made, None where the operator gives none.

    Raises ImproperlyConfigured where the setting names one that isn't known.
    """
    if settings.DATA_LICENCE == "none":
        return None
    try:
        return LICENCES[settings.DATA_LICENCE]
    except KeyError:
        raise ImproperlyConfigured(f"DATA_LICENCE is none of {', '.join(LICENCES)} or none") from None


def rights(language: str) -> str:
    """Return what holds of texts and data, in `nb` or `en`."""
    given = licence()
    if language == "nb":
        of_data = (
            "Det arkivet selv har laget (inndeling, numre, temaer, koblinger), er gitt fri "
            f"under {given.title}: {given.path}"
            if given
            else "Det er ikke gitt noen lisens for det arkivet selv har laget."
        )
        return f"{of_data} {TEXTS_NB}"
    of_data = (
        f"What the archive itself has made (structure, ids, themes, links) is free under {given.title}: {given.path}"
        if given
        else "No licence is given for what the archive itself has made."
    )
    return f"{of_data} {TEXTS_EN}"
