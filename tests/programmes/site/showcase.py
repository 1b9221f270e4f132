"""A small invented archive in which every public page has something to show, for tests in a browser."""

from __future__ import annotations

from datetime import date

from programmes.branches import get_or_create_branch
from programmes.models import Alert, Area, Branch, Passage
from programmes.site.following.alerts import ask, confirming_token
from programmes.site.following.followed import Followed
from tests import builders

SEARCH = "/sok/?q=buss"
THEME = "trafikk-og-transport"


def registers() -> tuple[Branch, Branch, Branch]:
    """Make a county with a municipality; return a party's branch in each, and another party's in the municipality."""
    founded = date(2000, 1, 1)
    county = Area.objects.create(code="99", name="Innfjord", slug="innfjord", level="county", valid_from=founded)
    Area.objects.create(
        code="9901", name="Storfjell", slug="storfjell", level="municipality", county=county, valid_from=founded
    )
    builders.theme(THEME, "Trafikk og transport")
    fjord, bygd = builders.party("FJORD", "Fjordpartiet"), builders.party()
    return (
        get_or_create_branch(party=fjord, name="Innfjord Fjordparti", level="county", area_code="99", on_year=2023),
        get_or_create_branch(
            party=fjord, name="Storfjell Fjordparti", level="municipality", area_code="9901", on_year=2023
        ),
        get_or_create_branch(
            party=bygd, name="Storfjell Bygdeliste", level="municipality", area_code="9901", on_year=2023
        ),
    )


def asked_alert() -> Alert:
    """Return an alert that somebody has asked for and not confirmed."""
    followed = Followed.of_query_string("q=buss")
    pk = ask(address="ola@leser.example", followed=followed, often="daily", language="nb", site="http://testserver")
    return Alert.objects.get(pk=pk)


def of_branch(branch: Branch) -> str:
    """Return how an address names a branch."""
    return f"{branch.party.slug}/{branch.slug}"


def fill() -> dict[str, str]:
    """Publish programmes of two parties at two levels and in two periods; return each public page's address."""
    county, storfjell, rival = registers()
    for number, (owner, year) in enumerate([(county, 2023), (rival, 2023), (storfjell, 2019)]):
        parse = builders.parsed(
            [f"Gratis buss på rute {number}{each} til skolen." for each in range(8)], section="Buss og båt", theme=THEME
        )
        builders.programme(branch=owner, year=year, title=f"Program {number} for bygda", parse=parse)
    parse = builders.parsed(
        ["Gratis buss for alle elever.", "Bygge to nye ferjekaier:"],
        section="Buss og båt",
        prose=["Vi vil at alle skal komme fram."],
        below=["en på Nordneset", "en på Sørneset"],
        theme=THEME,
    )
    programme = builders.programme(branch=storfjell, title="Storfjell i bevegelse", parse=parse)
    Passage.objects.filter(text="Gratis buss for alle elever.").update(repaired="Gratis buss for alle elever!")
    pledge = programme.passages.get(text="en på Nordneset")
    long = builders.programme(branch=county, year=2019, title="Hele fylket", parse=builders.in_chapters(theme=THEME))
    chapters = {section.slug: section.get_absolute_url() for section in long.sections.all()}
    alert = asked_alert()
    return {
        "home": "/",
        "search": SEARCH,
        "search, filtered": f"{SEARCH}&parti=bygdelista",
        "search, grouped": f"{SEARCH}&grupper=parti",
        "search, a name read": "/sok/?q=fjordpartiet buss",
        "search, other text": "/sok/?q=komme&del=tekst",
        "search, no words": "/sok/",
        "search, chapters": "/sok/?q=buss&del=kapitler",
        "search, nothing found": f"{SEARCH}&aar=1999",
        "parties": "/partier/",
        "party": "/partier/fjordpartiet/",
        "places": "/sted/",
        "places, a choice": "/sted/?q=s",
        "place": "/sted/storfjell/",
        "county": "/sted/innfjord/",
        "branches": "/lag/",
        "branches, a county": "/lag/?fylke=99",
        "branches, a name": "/lag/?q=fjord",
        "coverage": "/dekning/",
        "data": "/data/",
        "api": "/api/v1/",
        "coverage, a county": "/dekning/?fylke=99",
        "branch": storfjell.get_absolute_url(),
        "years": "/aar/",
        "year": "/aar/2023/",
        "themes": "/tema/",
        "theme": f"/tema/{THEME}/",
        "programme": programme.get_absolute_url(),
        "programme by theme": f"{programme.get_absolute_url()}?vis=tema",
        "section": programme.sections.get().get_absolute_url(),
        "programme in chapters": long.get_absolute_url(),
        "whole programme": f"{long.get_absolute_url()}?alt=1",
        "long programme by theme": f"{long.get_absolute_url()}?vis=tema",
        "chapter": chapters["oppvekst"],
        "part of a chapter": chapters["skole"],
        "chapter divided": chapters["natur"],
        "pledge": pledge.get_absolute_url(),
        "pledge, words marked": f"{pledge.get_absolute_url()}?q=nordneset",
        "pledge, card": f"{pledge.get_absolute_url()}kort/",
        "paragraph": programme.passages.get(kind="prose").get_absolute_url(),
        "compare, nothing chosen": "/sammenlign/",
        "compare": f"/sammenlign/?hos={of_branch(storfjell)}&hos={of_branch(rival)}&tema={THEME}",
        "compare, card": f"/sammenlign/kort/?hos={of_branch(storfjell)}&hos={of_branch(rival)}&tema={THEME}",
        "changes": programme.get_absolute_url().replace("/program/", "/endringer/"),
        "quote check": "/sitatsjekk/",
        "follow": "/varsel/?q=buss",
        "alert, asked for": "/varsel/sendt/",
        "alert, to be confirmed": f"/varsel/bekreft/{confirming_token(alert, often='daily')}/",
        "alert, to be left": f"/varsel/slutt/{alert.key}/",
        "about": "/om/",
        "privacy": "/personvern/",
        "help": "/hjelp/",
        "accessibility": "/tilgjengelighet/",
        "quality": "/om/kvalitet/",
        "not found": "/finnes-ikke/",
    }
