"""The site in nynorsk and English: nothing left out, nothing out of date, nothing left in bokmål."""

from __future__ import annotations

import ast
import html
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation.template import templatize

from programmes.models import Level, Passage, Programme
from tests import builders
from tests.paths import ROOT

LANGUAGES = ["nn", "en"]
SOURCES = ["archive", "ingest", "programmes", "templates"]
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
"""Function that marks a text for translation → how many of its arguments are texts."""

BOKMAL_ONLY = {
    "nn": {
        *("ikke", "hva", "hvor", "hver", "hvert", "noe", "fra", "kilde", "kilden", "partier", "programmer", "løfter"),
        *("løftene", "temaer", "valgår", "siden", "forsiden", "innhold", "innledning", "skjedde", "filtre", "forrige"),
        *("uten", "deres", "egne", "hvilke", "flere", "bare", "kommuner", "fylker", "undertemaer", "originalfilen"),
    },
    "en": {
        *("ikke", "hva", "hvor", "og", "eller", "fra", "lag", "parti", "partier", "løfte", "løfter", "tema", "temaer"),
        *("år", "valgår", "søk", "søkt", "treff", "kilde", "kilden", "side", "linje", "linjer", "siter", "kopier"),
        *("innhold", "innledning", "programmer", "vis", "filtre", "neste", "forrige", "nivå", "kommune"),
        *("hopp", "hovedmeny", "lest", "merknader", "vedtatt", "stortingsprogram"),
    },
}
"""Words of the interface that are bokmål and neither nynorsk nor English, in lower case."""


def folder(language: str) -> Path:
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES"


def catalogue(language: str) -> Catalog:
    with (folder(language) / "django.po").open("rb") as file:
        return read_po(file)


def texts_of(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return each message with its translations."""
    return {
        first(message.id): message.string if isinstance(message.string, tuple) else (message.string,)
        for message in catalog
        if message.id
    }


def first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def messages_of(code: str) -> Iterator[str]:
    """Yield the texts that Python code marks for translation; of a plural, the singular."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            assert all(isinstance(argument, ast.Constant) for argument in node.args[: CALLS[node.func.id]])
            yield node.args[0].value


def code_of(template: str) -> str:
    """Return the calls that Django's own reading of a template makes of its texts, one a line."""
    calls = re.finditer(
        r"""\b(?:gettext|ngettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),? ?)+(?:count)?\)""", template
    )
    return "\n".join(call[0] for call in calls)


@cache
def written() -> set[str]:
    """Return every text of the site that is marked for translation."""
    found: set[str] = set()
    for path in (path for name in SOURCES for path in (ROOT / name).rglob("*")):
        if path.suffix == ".py":
            found |= set(messages_of(path.read_text()))
        elif path.suffix in {".html", ".txt"} and path.is_relative_to(ROOT / "templates"):
            found |= {text.replace("%%", "%") for text in messages_of(code_of(templatize(path.read_text())))}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_the_texts_that_the_site_has(language: str) -> None:
    listed = {text.replace("%%", "%") for text in texts_of(catalogue(language))}
    assert written() - listed == set(), "run `make messages` and translate what is new"
    assert listed - written() == set(), "run `make messages`: the site no longer says this"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    catalog = catalogue(language)
    assert [text for text, translations in texts_of(catalog).items() if not all(translations)] == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    slots = re.compile(r"%\(\w+\)s")
    for message in catalogue(language):
        forms = message.id if isinstance(message.id, tuple) else (message.id,)  # a singular may leave out the number
        for each in message.string if isinstance(message.string, tuple) else (message.string,):
            assert sorted(slots.findall(each)) in [sorted(slots.findall(form)) for form in forms], forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    with (folder(language) / "django.mo").open("rb") as file:
        assert texts_of(read_mo(file)) == texts_of(read_mo(compiled)), "run `make messages`"


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("nn", ["Fylke", "framlegg", "fråsegn", "innspel", "delløfte"]),
        ("en", ["County", "proposal", "statement", "consultation response", "sub-pledge"]),
    ],
)
def test_choices_speak_the_language(language: str, labels: list[str]) -> None:
    with translation.override(language):
        kinds = Programme.Kind
        choices = [
            Level.COUNTY,
            Programme.Status.PROPOSAL,
            kinds.STATEMENT,
            kinds.CONSULTATION,
            Passage.Kind.SUB_PLEDGE,
        ]
        assert [str(choice.label) for choice in choices] == labels


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nb", *LANGUAGES])
def test_a_level_is_written_in_a_search_as_ever(client: Client, language: str) -> None:
    builders.programme(parse=builders.parsed(["Gratis buss."]))
    client.cookies["django_language"] = language
    assert 'class="hit"' in client.get("/sok/?q=nivå:nasjonalt").content.decode()


def interface_of(page: str) -> set[str]:
    """Return the words that readers see or hear on a page, without those in another language than the page's."""
    page = re.sub(r"<(script|style|pre)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"<form [^>]*class=\"languages\".*?</form>", " ", page, flags=re.DOTALL)
    page = re.sub(r"<(\w+)[^>]* lang=\"nb\"[^>]*>.*?</\1>", " ", page, flags=re.DOTALL)
    named = re.findall(r'(?:aria-label|placeholder|title|data-done|content)="([^"]*)"', page)
    text = html.unescape(" ".join([*named, re.sub(r"<[^>]*>", " ", page)]))
    return set(re.findall(r"[^\W\d_]+", text.lower()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_bokmal_on_the_pages(client: Client, language: str) -> None:
    theme = builders.theme("xx", "Xx")
    parse = builders.parsed(["Xyz.", "Yzx."], section="Xx", prose=["Xx."], below=["Zyx."], theme=theme.slug)
    programme = builders.programme(title="Xx", parse=parse)
    passage = programme.passages.get(text="Xyz.")
    Passage.objects.update(lead_in="Xx:", repaired="Xyz yy.")
    addresses = [
        "/",
        "/sok/?q=xyz",
        "/sok/?q=qqqqqq&aar=1999",
        programme.get_absolute_url(),
        f"{programme.get_absolute_url()}?vis=tema",
        passage.get_absolute_url(),
    ]
    client.cookies["django_language"] = language
    for address in addresses:
        page = client.get(address).content.decode()
        assert f'<html lang="{language}"' in page
        assert interface_of(page) & BOKMAL_ONLY[language] == set(), address
