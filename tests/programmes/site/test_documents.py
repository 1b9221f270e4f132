"""A programme taken along: as Word, Markdown, CSV and XLSX, whole and with what must be known of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from django.core.cache import caches
from django.test import Client
from lxml import etree
from markdown_it import MarkdownIt

from programmes.models import Programme
from programmes.publishing import withdraw
from programmes.site.documents.markdown import escaped
from tests import builders
from tests.programmes.site.showcase import registers

pytestmark = pytest.mark.django_db

ADDRESS = "/program/bygdelista/nasjonalt/2023-2027"
HOSTILE = ["=1+1 *ikke* [skriv](http://ond.example) <b>", "1. Bygge & rive_alt", "-2 % skatt", "# Nei | ja ~ `kode` \\"]


@pytest.fixture
def programme() -> Programme:
    """A proposal with prose, pledges, sub-pledges, a pledge in running text, a question and a dissent."""
    parse = builders.parsed(
        [*HOSTILE, "Lage en felles standard som sikrer:"],
        prose=["Bygda skal leve."],
        below=["minst ett varmt måltid i uka"],
        prose_pledges=["Vi vil bygge en kino."],
        questions=["Hvor skal kinoen stå?"],
        dissents=["Selge kinoen."],
        theme=builders.theme().slug,
    )
    parse = replace(parse, source=replace(parse.source, media_type="application/pdf"))
    programme = builders.programme(parse=parse, title="Bygda først")
    Programme.objects.update(status="proposal")
    return programme


def fetched(client: Client, ending: str, address: str = ADDRESS) -> bytes:
    response = client.get(f"{address}.{ending}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="bygdelista-2023-2027.{ending}"'
    assert response["Link"] == f'<http://testserver{address}/>; rel="canonical"'
    return response.content


def rows(client: Client) -> list[dict[str, str]]:
    content = fetched(client, "csv")
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def word_text(content: bytes) -> list[str]:
    return ["".join(paragraph._p.itertext()) for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_the_word_document_has_every_word_in_order(client: Client, programme: Programme) -> None:
    content = fetched(client, "docx")
    text = "\n".join(word_text(content))
    at = 0
    for passage in programme.passages.order_by("position"):
        at = text.index(passage.text, at)
    assert "Kultur" in text and builders.LEAD_IN in text
    assert "Dette står i et forslag til program. Det er ikke vedtatt." in text
    assert f"Selge kinoen. (dissens: {builders.DISSENT}; Dette er ikke partiets eget løfte.; s. 1" in text
    assert "løfte i løpende tekst" in text
    styles = [paragraph.style.name for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert {"Title", "Heading 1", "LeadIn", "Entry0", "Entry1"} <= set(styles)


def test_the_word_document_leads_to_each_pledge_and_says_whence_it_comes(client: Client, programme: Programme) -> None:
    document = docx.Document(io.BytesIO(fetched(client, "docx")))
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    for passage in programme.passages.exclude(kind="prose"):
        assert f"http://testserver{passage.get_absolute_url()}" in targets
    assert f"http://testserver{ADDRESS}/ · hentet" in "".join(document.sections[0].footer._element.itertext())
    assert (document.core_properties.title, document.core_properties.language) == ("Bygdelista: Bygda først", "nb-NO")
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=1)


def test_markdown_has_every_word_and_makes_nothing_of_them(client: Client, programme: Programme) -> None:
    tokens = MarkdownIt().parse(fetched(client, "md").decode())
    html = MarkdownIt().render(fetched(client, "md").decode())
    shown = " ".join(
        child.content for token in tokens for child in token.children or () if child.type in ("text", "text_special")
    )
    for passage in programme.passages.all():
        words = MarkdownIt().render(escaped(passage.text)).strip()
        assert words.removeprefix("<p>").removesuffix("</p>") in html
    assert "ond.example" in shown and "ond.example" not in "".join(re.findall(r'href="[^"]*"', html))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert html.count("<ul>") == 1 + 3 + 1, "facts; pledges, question, dissent; sub-pledge"


@pytest.mark.parametrize(
    "text", [*HOSTILE, "> sitat", "+ pluss", "12) tolv", "=== strek", "*", "Vanlig tekst 1.2 (b)."]
)
def test_a_text_comes_back_from_markdown_as_it_was(text: str) -> None:
    (paragraph,) = [token for token in MarkdownIt().parse(escaped(text)) if token.type == "inline"]
    assert {child.type for child in paragraph.children} <= {"text", "text_special"}
    assert "".join(child.content for child in paragraph.children) == text


def test_the_table_has_each_pledge_with_what_must_be_known_of_it(client: Client, programme: Programme) -> None:
    found = rows(client)
    assert [row["type"] for row in found] == [
        *["løfte"] * 5,
        "delløfte",
        "løfte i løpende tekst",
        "spørsmål",
        "dissens",
    ]
    pledge, dissent, below = found[4], found[-1], found[5]
    stored = programme.passages.get(text=pledge["tekst"])
    assert pledge["adresse"] == f"http://testserver{stored.get_absolute_url()}"
    assert (pledge["parti"], pledge["program"], pledge["periode"]) == ("Bygdelista", "Bygda først", "2023–2027")
    assert (pledge["innledning"], pledge["side"], pledge["nummer"]) == (builders.LEAD_IN, "1", stored.number)
    assert pledge["tema"] == "Kultur, idrett og fritid"
    assert {row["forbehold"] for row in found[:-1]} == {"forslag"}
    assert (dissent["dissens"], dissent["forbehold"]) == (builders.DISSENT, f"dissens: {builders.DISSENT}; forslag")
    assert below["innledning"] == f"{builders.LEAD_IN} Lage en felles standard som sikrer:"


def test_no_spreadsheet_runs_a_formula(client: Client, programme: Programme) -> None:
    assert [row["tekst"][:3] for row in rows(client)][:3] == ["'=1", "1. ", "'-2"]
    book = zipfile.ZipFile(io.BytesIO(fetched(client, "xlsx")))
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.findall(".//{*}f") == []
    shown = {"".join(each.itertext()) for each in sheet.findall(".//{*}is")}  # written a row at a time, so none shared
    assert {passage.text for passage in programme.passages.exclude(kind="prose")} <= shown
    assert len(sheet.findall(".//{*}row")) == 1 + 9


def test_the_file_is_named_after_the_programme(client: Client) -> None:
    _county, storfjell, _rival = registers()
    programme = builders.programme(branch=storfjell)
    for ending in ("docx", "md", "csv", "xlsx"):
        response = client.get(f"{programme.get_absolute_url().removesuffix('/')}.{ending}")
        assert f'filename="fjordpartiet-{storfjell.slug}-2023-2027.{ending}"' in response["Content-Disposition"]


def test_a_programme_leads_to_its_files(client: Client, programme: Programme) -> None:
    page = client.get(f"{ADDRESS}/").content.decode()
    for ending in ("docx", "md", "csv", "xlsx"):
        assert f'href="{ADDRESS}.{ending}"' in page


@pytest.mark.parametrize("ending", ["docx", "md", "csv", "xlsx"])
def test_drafts_and_withdrawn_programmes_have_no_files(client: Client, programme: Programme, ending: str) -> None:
    withdraw(programme, reason="Feil utgave.")
    assert client.get(f"{ADDRESS}.{ending}").status_code == 410
    Programme.objects.update(publication="draft")
    assert client.get(f"{ADDRESS}.{ending}").status_code == 404


def test_files_follow_a_programme_that_has_moved(client: Client, programme: Programme) -> None:
    programme.former_addresses.create(branch=programme.branch, slug="2001-2005")
    old = "/program/bygdelista/nasjonalt/2001-2005"
    for path in (".docx", "/kultur/", "/"):
        answer = client.get(f"{old}{path}")
        assert (answer.status_code, answer["Location"]) == (301, f"{ADDRESS}{path}")


def test_a_file_is_kept_as_pages_are(client: Client, programme: Programme, settings: object) -> None:
    settings.KEPT_PAGES_SECONDS = 60
    caches["pages"].clear()
    first = client.get(f"{ADDRESS}.docx")
    again = client.get(f"{ADDRESS}.docx", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    head = client.head(f"{ADDRESS}.docx")
    assert (head["Content-Length"], head["Content-Disposition"]) == (
        first["Content-Length"],
        first["Content-Disposition"],
    )
    caches["pages"].clear()
