"""The sandbox: what it returns, what it gives up, and that nothing a file does ends more than the child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.parser.as_json import from_wire, to_wire
from ingest.parser.errors import BrokenFile, EmptyFile, FileTooLarge, IngestError, ParseLimitReached, ParserFailure
from ingest.parser.parse import parse
from ingest.parser.readers.pdf.parallel import LEAST_PAGES
from ingest.parser.sandbox.parent import Limits, Sandbox, parse_in_sandbox
from tests.ingest.parser.readers.pdf.drawing import Words, pdf
from tests.paths import ROOT

PROGRAMME = """# Program for Storfjell

Storfjell er en god kommune.

## Skole

Fjordpartiet vil:

- bygge ny skole:
  - på Nes
  - i Vik
- ansette flere lærere

Spørsmål:

Hva mener dere om skolen?
"""


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    path = tmp_path / "program.md"
    path.write_text(PROGRAMME, encoding="utf-8")
    return path


def test_the_result_is_that_of_a_parse_in_this_process(programme: Path) -> None:
    parsed = parse_in_sandbox(programme)

    assert parsed == parse(programme)
    assert [item.text for item in parsed.items][:2] == ["bygge ny skole:", "på Nes"]


def test_a_file_whose_pages_are_shared_out_is_read_as_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "lang.pdf"
    path.write_bytes(
        pdf([[Words(72, 100, "Vi vil:"), Words(72, 120, f"- bygge skole {n}")] for n in range(LEAST_PAGES)])
    )

    parsed = parse_in_sandbox(path)

    assert parsed == parse(path)
    assert parsed.source.pages == LEAST_PAGES


def test_the_filename_may_be_another_than_the_path(programme: Path) -> None:
    upload = programme.rename(programme.with_suffix(".upload"))

    parsed = parse_in_sandbox(upload, filename="storfjell.md")

    assert parsed.source.filename == "storfjell.md"
    assert parsed.source.media_type == "text/markdown"


def test_many_files_share_a_child_and_threads_do_not(programme: Path) -> None:
    with Sandbox() as sandbox:
        first, second = sandbox.parse(programme), sandbox.parse(programme)
    with ThreadPoolExecutor(4) as threads:
        others = list(threads.map(parse_in_sandbox, [programme] * 4))

    assert [first, second, *others] == [parse(programme)] * 6


@pytest.mark.parametrize(
    ("content", "filename", "error"),
    [
        pytest.param(b"", "a.txt", EmptyFile, id="empty"),
        pytest.param(b"x" * 2_000_000, "a.txt", FileTooLarge, id="larger than the limit"),
        pytest.param(b"PK\x03\x04 word/document.xml", "a.docx", BrokenFile, id="broken archive"),
    ],
)
def test_errors_keep_their_name_and_words(
    tmp_path: Path, content: bytes, filename: str, error: type[IngestError]
) -> None:
    path = tmp_path / filename
    path.write_bytes(content)

    with pytest.raises(error) as raised:
        parse_in_sandbox(path, limits=Limits(file_bytes=1_000_000))

    assert type(raised.value) is error
    assert str(raised.value).endswith((".", "!"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "stor.txt"
    path.write_text("Fjordpartiet vil bygge vei og skole i hele Storfjell kommune.\n" * 500_000, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(wall_seconds=0.5), id="wall time"),
        pytest.param(Limits(cpu_seconds=1), id="processor time"),
        pytest.param(Limits(memory=160 << 20), id="memory"),
        pytest.param(Limits(answer_bytes=100), id="length of the answer"),
    ],
)
def test_a_limit_that_is_reached_is_named(large: Path, programme: Path, limits: Limits) -> None:
    path = programme if limits.answer_bytes == 100 else large
    with pytest.raises(ParseLimitReached):
        parse_in_sandbox(path, limits=limits)


def test_a_killed_child_is_replaced(programme: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.parse(programme)
        os.kill(pid_of(sandbox), signal.SIGKILL)
        with pytest.raises(ParseLimitReached):
            sandbox.parse(programme)

        assert sandbox.parse(programme) == parse(programme)

        os.kill(pid_of(sandbox), signal.SIGSEGV)
        with pytest.raises(ParserFailure):
            sandbox.parse(programme)


def test_no_child_is_left_behind(programme: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.parse(programme)
        child = pid_of(sandbox)

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_environment_is_cleared(programme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CMAP_PATH", "PYTHONPATH", "PYTHONSTARTUP", "DATABASE_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "/tmp/ond")  # noqa: S108

    with Sandbox() as sandbox:
        sandbox.parse(programme)
        environment = Path(f"/proc/{pid_of(sandbox)}/environ").read_bytes()

    assert b"/tmp/ond" not in environment
    assert b"PATH=" in environment


def test_the_child_has_no_network_and_no_core_dumps() -> None:
    code = """
import resource, socket
from ingest.parser.sandbox.child import give_up_rights
give_up_rights(1 << 30)
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
for attempt in (lambda: socket.create_connection(("127.0.0.1", 9)), lambda: socket.getaddrinfo("example.org", 80)):
    try:
        attempt()
    except PermissionError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["the sandbox has no network"] * 2


def test_the_child_imports_no_django() -> None:
    modules = "sys, ingest.parser.sandbox.child, ingest.parser.parse"
    code = f"import {modules}; print(([m for m in sys.modules if m.startswith('django')]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_start_costs_little(programme: Path) -> None:
    code = """
import sys
from pathlib import Path
from tests.work import calls

def start_and_parse():
    import ingest.parser.sandbox.child
    from ingest.parser.parse import parse
    parse(Path(sys.argv[1]))

print(calls(start_and_parse))
"""
    command = [sys.executable, "-c", code, str(programme)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 2_400_000  # it takes 800,000, in 0.2 s, and imports are most of them


def test_an_answer_that_is_no_programme_is_refused(programme: Path) -> None:
    wire = to_wire(parse(programme))
    assert from_wire(to_wire(parse(programme))) == parse(programme)

    with pytest.raises((KeyError, TypeError, ValueError)):
        from_wire(wire | {"source": {"command": "rm"}})


def pid_of(sandbox: Sandbox) -> int:
    assert sandbox._child is not None
    return sandbox._child.pid
