"""Files of all hits: made piece by piece, few at once, and their places given back."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.test import Client

from programmes.site import exports, streaming
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

FILES = ("/sok.csv?q=buss", "/sok.json?q=buss", "/sok.xlsx?q=buss")


@pytest.fixture(autouse=True)
def _archive() -> None:
    builders.programme(parse=builders.parsed([f"Gratis buss nummer {number}." for number in range(7)]))


@pytest.mark.parametrize("path", FILES)
def test_a_few_at_once_and_the_others_are_asked_to_come_back(client: Client, path: str) -> None:
    running = [client.get(path) for _number in range(streaming.AT_ONCE)]
    refused = client.get(path)
    assert (refused.status_code, refused["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "10")
    assert "Mange henter filer" in refused.content.decode()
    assert client.get("/sok/?q=buss").status_code == HTTPStatus.OK, "pages are served meanwhile"
    for response in running:
        response.close()
    assert client.get(path).status_code == HTTPStatus.OK
    assert client.get(path).status_code == HTTPStatus.OK, "nobody read the one before"


@pytest.mark.parametrize(("path", "piece"), [*((path, b"nummer 6") for path in FILES[:2]), (FILES[2], b"PK")])
def test_a_file_that_was_sent_gives_its_place_back(client: Client, path: str, piece: bytes) -> None:
    for _number in range(2 * streaming.AT_ONCE):
        assert piece in b"".join(client.get(path).streaming_content)


def test_a_reader_who_goes_away_gives_it_back(client: Client) -> None:
    for _number in range(2 * streaming.AT_ONCE):
        response = client.get(FILES[0])
        next(iter(response.streaming_content))
        response.close()


def test_a_file_that_fails_gives_it_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("programmes.site.exports.row_of", fail)
        for _number in range(2 * streaming.AT_ONCE):
            with pytest.raises(RuntimeError):
                b"".join(client.get(FILES[0]).streaming_content)
    assert client.get(FILES[0]).status_code == HTTPStatus.OK


def test_many_pages_of_hits_are_one_file(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, in_parts = ({}, {})
    for chunk, answer in ((exports.CHUNK, whole), (2, in_parts)):
        monkeypatch.setattr(exports, "CHUNK", chunk)
        answer |= json.loads(b"".join(client.get(FILES[1]).streaming_content))
        assert answer.pop("took_ms") > 0
    assert in_parts == whole
    assert whole["antall"] == len({hit["id"] for hit in whole["treff"]}) == 7
