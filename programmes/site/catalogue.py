"""The archive as a data set in a catalogue, by the Norwegian profile of DCAT (DCAT-AP-NO 3)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from programmes.dump.describing import MEDIA_TYPES, PACKAGE
from programmes.dump.formats import SQLITE
from programmes.dump.kept import Kept, KeptFile, latest
from programmes.dump.rights import TEXTS_EN, TEXTS_NB, licence
from programmes.models import Programme

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority"
GOVERNMENT = URIRef(f"{EU}/data-theme/GOVE")
PUBLIC = URIRef(f"{EU}/access-right/PUBLIC")
DAILY = URIRef(f"{EU}/frequency/DAILY")
NORWAY = URIRef(f"{EU}/country/NOR")
LANGUAGES = tuple(URIRef(f"{EU}/language/{code}") for code in ("NOB", "NNO"))
LOS = URIRef("https://psi.norge.no/los/struktur.html")
FILE_TYPES = {".csv": "CSV", ".jsonl": "JSON", ".json": "JSON"}
"""Ending → the file type in the EU's list; others have a media type alone."""
MEDIA_TYPE = "https://www.iana.org/assignments/media-types"
TITLE = (
    ("Programarkivet: norske partiprogrammer, løfte for løfte", "nb"),
    ("Norwegian party programmes by pledge", "en"),
)
DESCRIPTION = (
    (
        "Norske partiprogrammer, nasjonale og lokale, delt i løfter, spørsmål og annen tekst med fast adresse, parti, "
        "kapittel, periode, vedtak, side, tema etter Los og originalfilens SHA-256.",
        "nb",
    ),
    (
        "Norwegian party programmes, national and local, split into pledges, questions and other text, each with a "
        "permanent address, party, chapter, period, status, page, theme by Los and the SHA-256 of the original file.",
        "en",
    ),
)
KEYWORDS = (("partiprogram", "nb"), ("valgløfter", "nb"), ("party programme", "en"), ("election manifesto", "en"))
DISTRIBUTED = ("passages.csv", "passages.jsonl", "passages.parquet", SQLITE, PACKAGE)
"""Files that a catalogue names one by one; `datapackage.json` leads to all others."""


def catalogue(base: str) -> Graph:
    """Return the catalogue of the archive at `base`: a data set with its files, and the API that answers the same."""
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD), ("spdx", SPDX)):
        graph.bind(prefix, space)
    here = f"{base}{reverse('data_catalogue')}"
    whole, dataset, service, us, contact = (
        URIRef(f"{here}#{name}") for name in ("katalog", "datasett", "api", "utgiver", "kontakt")
    )
    _agent(graph, us, base)
    _contact(graph, contact, base)
    for node, kind in ((whole, DCAT.Catalog), (dataset, DCAT.Dataset), (service, DCAT.DataService)):
        graph.add((node, RDF.type, kind))
        _told(graph, node, DCTERMS.title, TITLE)
        _told(graph, node, DCTERMS.description, DESCRIPTION)
        graph.add((node, DCTERMS.publisher, us))
        graph.add((node, DCAT.contactPoint, contact))
    graph.add((whole, FOAF.homepage, URIRef(f"{base}/")))
    graph.add((whole, DCAT.dataset, dataset))
    graph.add((whole, DCAT.service, service))
    graph.add((whole, DCAT.themeTaxonomy, LOS))
    _dataset(graph, dataset, base)
    _service(graph, service, dataset, base)
    if kept := latest():
        graph.add((dataset, DCTERMS.modified, Literal(kept.when.isoformat(), datatype=XSD.dateTime)))
        for file in kept.files:
            if file.name in DISTRIBUTED:
                _distribution(graph, dataset, file, kept, base)
    return graph


def as_turtle(graph: Graph) -> str:
    """Return a catalogue as Turtle."""
    return str(graph.serialize(format="turtle"))


def _told(graph: Graph, node: URIRef, what: URIRef, words: tuple[tuple[str, str], ...]) -> None:
    for text, language in words:
        graph.add((node, what, Literal(text, lang=language)))


def _agent(graph: Graph, us: URIRef, base: str) -> None:
    graph.add((us, RDF.type, FOAF.Agent))
    graph.add((us, FOAF.name, Literal("Programarkivet", lang="nb")))
    graph.add((us, FOAF.homepage, URIRef(f"{base}/")))


def _contact(graph: Graph, contact: URIRef, base: str) -> None:
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, Literal("Programarkivet", lang="nb")))
    graph.add((contact, VCARD.hasURL, URIRef(f"{base}{reverse('about')}")))
    if settings.CONTACT_ADDRESS:
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{settings.CONTACT_ADDRESS}")))


def _dataset(graph: Graph, dataset: URIRef, base: str) -> None:
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset), datatype=XSD.anyURI)))
    graph.add((dataset, DCAT.theme, GOVERNMENT))
    graph.add((dataset, DCTERMS.accessRights, PUBLIC))
    graph.add((dataset, DCTERMS.accrualPeriodicity, DAILY))
    graph.add((dataset, DCTERMS.spatial, NORWAY))
    graph.add((dataset, DCAT.landingPage, URIRef(f"{base}{reverse('data')}")))
    for language in LANGUAGES:
        graph.add((dataset, DCTERMS.language, language))
    for text, language_code in KEYWORDS:
        graph.add((dataset, DCAT.keyword, Literal(text, lang=language_code)))
    span = Programme.objects.published().aggregate(first=Min("period_start"), last=Max("period_end"))
    if span["first"]:
        period = BNode()
        graph.add((dataset, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, Literal(date(span["first"], 1, 1))))
        graph.add((period, DCAT.endDate, Literal(date(span["last"], 12, 31))))


def _service(graph: Graph, service: URIRef, dataset: URIRef, base: str) -> None:
    graph.add((service, DCAT.endpointURL, URIRef(f"{base}/api/v1/")))
    graph.add((service, DCAT.endpointDescription, URIRef(f"{base}{reverse('openapi')}")))
    graph.add((service, DCAT.landingPage, URIRef(f"{base}{reverse('api')}")))
    graph.add((service, DCAT.servesDataset, dataset))
    graph.add((service, DCTERMS.accessRights, PUBLIC))
    _rights(graph, service)


def _distribution(graph: Graph, dataset: URIRef, file: KeptFile, kept: Kept, base: str) -> None:
    address = f"{base}{reverse('data_file', args=[file.name])}"
    ending = file.name[file.name.rindex(".") :]
    node, checksum = URIRef(f"{address}#fil"), BNode()
    graph.add((dataset, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(file.name, lang="nb")))
    graph.add((node, DCAT.accessURL, URIRef(f"{base}{reverse('data')}")))
    graph.add((node, DCAT.downloadURL, URIRef(address)))
    graph.add((node, DCAT.mediaType, URIRef(f"{MEDIA_TYPE}/{MEDIA_TYPES[ending]}")))
    if known := FILE_TYPES.get(ending):
        graph.add((node, DCTERMS["format"], URIRef(f"{EU}/file-type/{known}")))
    graph.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    graph.add((node, DCTERMS.modified, Literal(kept.when.isoformat(), datatype=XSD.dateTime)))
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    _rights(graph, node)


def _rights(graph: Graph, node: URIRef) -> None:
    if given := licence():
        graph.add((node, DCTERMS.license, URIRef(given.uri)))
    said = BNode()
    graph.add((node, DCTERMS.rights, said))
    graph.add((said, RDF.type, DCTERMS.RightsStatement))
    for text, language in ((TEXTS_NB, "nb"), (TEXTS_EN, "en")):
        graph.add((said, DCTERMS.description, Literal(text, lang=language)))
