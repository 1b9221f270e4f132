"""The files of everything that is published, where readers fetch them, and what tells machines of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from lxml import etree
from pyshacl import validate
from rdflib import DCAT, Graph, URIRef

from ingest.scheduled_dump import renew_dump
from programmes.dump import kept
from programmes.dump.kept import FOLDER, latest
from programmes.publishing import withdraw
from tests import builders

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("dcat-ap-no.ttl")


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_the_page_lists_the_files_and_each_is_what_it_says(client: Client) -> None:
    assert "Filene er ikke laget ennå" in client.get("/data/").content.decode()
    assert client.get("/data/passages.csv").status_code == 404
    builders.programme()
    assert renew_dump().is_ok
    page = client.get("/data/").content.decode()
    known = latest()
    assert known is not None
    for file in known.files:
        assert f'href="/data/{file.name}"' in page and file.sha256 in page
    for name in ("passages.csv", "programarkivet.sqlite", "SHA256SUMS"):
        answer = client.get(f"/data/{name}")
        content = answer.getvalue()
        file = known.file(name)
        assert file is not None and hashlib.sha256(content).hexdigest() == file.sha256
        assert int(answer["Content-Length"]) == len(content) == file.size
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        again = client.get(f"/data/{name}", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
    assert client.get("/data/latest.json").status_code == 404


def test_a_new_dump_takes_the_place_of_the_former_and_one_of_the_same_state_does_not() -> None:
    first = builders.programme()
    renew_dump()
    before = latest()
    assert before is not None
    assert "som før" in renew_dump().figure
    assert latest() == before
    builders.programme(year=2019)
    renew_dump()
    withdraw(first, reason="Feil fil.")
    renew_dump()
    after = latest()
    assert after is not None and after.counts["programmes"] == 1
    folders = set(default_storage.listdir(FOLDER)[0])
    assert folders == {after.folder, after.former}
    assert before.folder not in folders


def test_a_process_that_is_cut_off_leaves_the_former_dump(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    builders.programme()
    renew_dump()
    before = latest()
    builders.programme(year=2019)
    saved = default_storage.save
    written = []

    def cut_off(name: str, content: Any) -> str:
        if len(written) == 5:
            raise OSError("killed")
        written.append(name)
        return saved(name, content)

    monkeypatch.setattr(kept.default_storage, "save", cut_off)
    with pytest.raises(OSError, match="killed"):
        renew_dump()
    monkeypatch.undo()
    assert latest() == before
    assert client.get("/data/passages.csv").getvalue()
    renew_dump()
    assert len(default_storage.listdir(FOLDER)[0]) == 2


def test_the_catalogue_holds_by_the_profile(client: Client) -> None:
    builders.programme()
    renew_dump()
    answer = client.get("/datasett.ttl")
    assert answer["Content-Type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=answer.content.decode(), format="turtle")
    holds, _report, told = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert holds, told
    assert len(set(graph.subjects(predicate=None, object=DCAT.Distribution))) == 5
    for address in graph.objects(predicate=DCAT.downloadURL):
        assert client.get(str(address).removeprefix("http://testserver")).getvalue()
    assert URIRef("http://testserver/api/v1/") in set(graph.objects(predicate=DCAT.endpointURL))


def test_the_shapes_tell_of_what_is_missing(client: Client) -> None:
    renew_dump()
    graph = Graph().parse(data=client.get("/datasett.ttl").content.decode(), format="turtle")
    graph.remove((None, DCAT.theme, None))
    assert not validate(graph, shacl_graph=Graph().parse(SHAPES))[0]


def test_robots_leave_files_and_the_api_alone_and_find_the_pages(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    for rule in ("/sok.", "/data/*.", "/api/v1/", "/sammenlign.csv", "/program/*.csv$"):
        assert f"Disallow: {rule}" in lines
    rules = RobotFileParser()
    rules.parse(lines)
    assert not rules.can_fetch("*", "http://testserver/sok.csv?q=bru")
    for address in ("/data/", "/lofte/k7m2q9xy/", "/sammenlign/", "/dekning/", "/datasett.ttl", "/llms.txt"):
        assert rules.can_fetch("*", f"http://testserver{address}")


def test_the_sitemap_has_every_kind_of_page(client: Client) -> None:
    builders.programme()
    index = client.get("/sitemap.xml").content.decode()
    pages = "".join(
        client.get(part.text or "").content.decode() for part in etree.fromstring(index.encode()).iter("{*}loc")
    )
    for address in ("/dekning/", "/data/", "/api/v1/", "/aar/2023/", "/sitatsjekk/", "/partier/bygdelista/"):
        assert f"<loc>http://testserver{address}</loc>" in pages
    assert "/sammenlign/" not in pages


def test_browsers_and_language_models_are_told_how_to_ask(client: Client) -> None:
    assert 'href="/opensearch.xml"' in client.get("/om/").content.decode()
    described = etree.fromstring(client.get("/opensearch.xml").content)
    templates = [each.get("template") for each in described.iter() if each.tag.endswith("}Url")]
    assert templates[0] == "http://testserver/sok/?q={searchTerms}"
    told = client.get("/llms.txt").content.decode()
    assert told.startswith("# Programarkivet\n\n> ")
    for address in ("/api/v1/", "/data/", "/datasett.ttl", "/dekning/"):
        assert f"http://testserver{address}" in told
    assert json.dumps(told).count("{%") == 0
