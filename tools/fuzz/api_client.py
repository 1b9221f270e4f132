"""A client made of the API's own description, in a folder of its own, that calls the API as any other program would."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "made_client"
CALLS = """
import sys
from made_client import Client
from made_client.api.comparing import compare_sides
from made_client.api.coverage import get_coverage
from made_client.api.passages import get_passage, list_passages
from made_client.api.programmes import get_programme, list_programmes
from made_client.api.quotes import check_quotes
from made_client.api.registers import list_areas, list_parties, list_themes
from made_client.api.search import search_programmes
from made_client.models import Article

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
called = []


def ask(call, *args, **kwargs):
    answer = call.sync_detailed(*args, client=client, **kwargs)
    assert answer.status_code == 200, (call.__name__, answer.status_code, answer.content[:300])
    called.append(call.__name__.rpartition(".")[2])
    return answer.parsed


programmes = ask(list_programmes, limit=3).items
party, branch, slug = programmes[0].id.split("/")
assert ask(get_programme, party, branch, slug).title == programmes[0].title
first = ask(list_passages, is_pledge=True, limit=2, programme=programmes[0].id)
assert ask(get_passage, first.items[0].id).text == first.items[0].text
second = ask(list_passages, is_pledge=True, limit=2, programme=programmes[0].id, cursor=first.next_)
assert {each.id for each in first.items}.isdisjoint(each.id for each in second.items)
assert ask(search_programmes, q=first.items[0].text[:80]).total > 0
assert ask(get_coverage).archive.programmes >= len(programmes)
assert ask(list_areas, number=["03"], limit=1).items[0].number
assert ask(list_themes, limit=1).items and ask(list_parties, limit=1).items
sides = [f"{party}/{branch}", "/".join(programmes[1].id.split("/")[:2])]
ask(compare_sides, side=sides, q="skole")
checked = ask(check_quotes, body=Article(text=f"«{first.items[0].text}»"))
assert checked.quotations[0].verdict == "exact", checked.quotations[0]
print(" ".join(called))
"""


def called_by_a_client(description: str, base_url: str) -> list[str]:
    """Make a client of the description at an address, let it call the API, and return the operations that it called.

    Raises `subprocess.CalledProcessError` where the client can't be made or is answered otherwise than it was told.
    """
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(f"package_name_override: {PACKAGE}\npost_hooks: []\n")
        place = Path(folder) / PACKAGE
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--url", description]
        command += ["--meta", "none", "--output-path", str(place), "--config", str(config), "--fail-on-warning"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603
        called = subprocess.run(  # noqa: S603
            [sys.executable, "-c", CALLS, base_url], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
        )
    return called.stdout.split()
