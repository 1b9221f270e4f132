"""The tools for language models, as a client of the official SDK has them: over stdio, and over HTTP."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx2
import pytest
import uvicorn
from mcp import Client, StdioServerParameters, stdio_client

from programmes.mcp.http import MOST_BYTES, application
from programmes.mcp.in_process import own_archive
from programmes.mcp.server import server_for
from programmes.models import Programme
from tests import builders
from tests.paths import ROOT
from tests.programmes.site.showcase import registers

TOOLS = {"search", "get", "compare", "changes", "coverage", "check_quotes"}
SKATING = "Bevare skøytebanen på Torvmyra, «uansett»."
NEVER = "Legge ned skøytebanen."


def fill() -> tuple[Programme, str]:
    """Publish a proposal of one party, with a dissent; return it and the id of a pledge. Another party has nothing."""
    builders.party("MYR", "Myrpartiet")
    registers()
    parse = builders.parsed([SKATING, "Støtte folkehøgskolene."], dissents=[NEVER], media_type="application/pdf")
    programme = builders.programme(parse=parse)
    Programme.objects.update(status="proposal")
    return programme, programme.passages.get(text=SKATING).public_id


async def called(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(name, arguments)
    assert not answer.is_error, answer.content
    assert answer.structured_content is not None
    return answer.structured_content


async def refused(client: Client, name: str, **arguments: Any) -> str:
    answer = await client.call_tool(name, arguments)
    assert answer.is_error
    return answer.content[0].text


async def ask_all(client: Client, programme: Programme, public_id: str) -> None:
    """Use each tool, and look at what a model is told."""
    tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint for tool in tools)

    found = await called(client, "search", query="skøytebanen")
    (pledge, *others) = found["found"]
    assert pledge["text"] == SKATING
    assert pledge["lead_in"] == builders.LEAD_IN
    assert pledge["url"].endswith(f"/lofte/{public_id}/")
    assert (pledge["party"], pledge["branch"], pledge["period"]) == ("BYGD", "Bygdelista", "2023–2027")
    assert (pledge["section"], pledge["status"], pledge["page"]) == ("Kultur", "proposal", "1")
    assert pledge["file_sha256"] == programme.sha256
    assert any("proposal" in each or "forslag" in each for each in pledge["cautions"])
    assert pledge["source"].endswith(pledge["url"])
    assert all("Not the party's own" in each["cautions"][0] for each in others)

    nothing = await called(client, "search", query="skøytebanen", party=["Myrpartiet"])
    assert (nothing["total"], nothing["found"]) == (0, [])
    assert "no programme at all of Myrpartiet" in " ".join(nothing["why_nothing"])
    unknown = await called(client, "search", query="skøytebanen", party=["Tullepartiet"])
    assert "called «Tullepartiet»" in unknown["why_nothing"][0]
    zero = await called(client, "search", query="verdensrommet", place=["Storfjell"])
    assert "no programme at all from Storfjell" in " ".join(zero["why_nothing"])

    assert (await called(client, "get", what=public_id, also=["history", "alike"]))["text"] == SKATING
    assert (await called(client, "get", what=pledge["url"]))["id"] == public_id
    section = await called(client, "get", what=pledge["section_id"], limit=1)
    assert section["text"][0]["text"] == SKATING
    assert (await called(client, "get", what=pledge["section_id"], limit=5, cursor=section["more"]))["text"]
    outline = await called(client, "get", what=pledge["programme_id"])
    assert [each["title"] for each in outline["sections"]] == ["Kultur"]
    assert "is no id or address" in await refused(client, "get", what="../etc/passwd")
    assert "nothing at this address" in await refused(client, "get", what="zzzzzzzz")

    compared = await called(client, "compare", sides=["bygdelista", "myrpartiet"], query="skøytebanen")
    assert compared["alone"][0]["first"][0]["text"] == SKATING
    assert "no such programme of Myrpartiet" in compared["why_nothing"][0]
    changed = await called(client, "changes", party="Bygdelista")
    assert "no earlier programme" in changed["why_nothing"][0]
    covered = await called(client, "coverage", party="Myrpartiet")
    assert "no programme at all of Myrpartiet" in covered["missing"][0]
    assert (await called(client, "coverage"))["programmes_total"] == 1

    text = "Bygdelista vil ifølge programmet for 2023–2027 «Bevare skøytebanen på Torvmyra»."
    (checked,) = (await called(client, "check_quotes", text=text))["quotations"]
    assert checked["verdict"] in ("exact", "near")
    assert checked["found"][0]["text"] == SKATING


@pytest.mark.django_db(transaction=True)
def test_a_client_has_all_tools_over_stdio(live_gunicorn: str) -> None:
    filled = fill()

    async def asked() -> None:
        arguments = ["-m", "programmes.mcp", "--archive", live_gunicorn]
        server = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)
        async with Client(stdio_client(server)) as client:
            assert "Quote only what stands in `text`" in client.instructions
            await ask_all(client, *filled)

    anyio.run(asked)


@contextmanager
def served_over_http() -> Iterator[str]:
    """Serve this process's archive on a free port; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        app = application(server_for(own_archive("http://testserver")), hosts=[host], origins=["https://leser.example"])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://{host}/mcp"
        server.should_exit = True
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_client_has_all_tools_over_http(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    filled = fill()

    async def asked(address: str) -> None:
        async with Client(address) as client:
            await ask_all(client, *filled)

    with served_over_http() as address:
        anyio.run(asked, address)
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}

        def status(**more: str) -> int:
            return httpx2.post(address, json=call, headers=headers | more).status_code

        assert status(Origin="https://leser.example") != 403
        assert status(Origin="https://annet.example") == 403
        assert status(Host="annet.example") == 421
        assert httpx2.post(address, content=b" " * (MOST_BYTES + 1), headers=headers).status_code == 413
