"""The files to start with in docs/deploy: what they name is there, and the programs that read them accept them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.installed import needs
from tests.paths import ROOT

FOLDER = ROOT / "docs" / "deploy"
UNITS = FOLDER / "systemd"
CONTAINER = FOLDER / "container"
CHECKOUT = "/srv/programarkivet"
MOST_EXPOSED = 25
"""Tenths of systemd's own measure of what a broken-into service could do, 100 being everything."""
OF_OTHERS = {
    *("PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "GUNICORN_CMD_ARGS"),
    *("POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD", "SITE_HOST"),
}
"""Variables that Python, gunicorn and the images of PostgreSQL and Caddy read."""
COMMAND = re.compile(r"manage\.py\"?,? \"?([a-z_]+)")


def files() -> list[Path]:
    return sorted(path for path in FOLDER.rglob("*") if path.is_file())


def compose() -> dict:
    return yaml.safe_load((CONTAINER / "compose.yaml").read_text())


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units as they are for this checkout: systemd looks whether the programs are there.

    It takes no path with spaces, which this checkout's may have.
    """
    checkout = tmp_path / "checkout"
    checkout.symlink_to(ROOT)
    for path in UNITS.glob("programarkivet*.*"):
        text = path.read_text().replace(CHECKOUT, str(checkout))
        (tmp_path / path.name).write_text(text)
    return [str(path) for path in sorted(tmp_path.glob("*.service"))]


@needs("systemd-analyze")
def test_systemd_accepts_the_units(units: list[str]) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@needs("systemd-analyze")
def test_a_service_that_is_broken_into_can_do_little(units: list[str]) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs("caddy")
def test_caddy_accepts_its_file(tmp_path: Path) -> None:
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(CONTAINER / "Caddyfile")]
    environment = {**os.environ, "SITE_HOST": "programarkivet.example", "HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_commands_that_they_run_exist() -> None:
    named = {name for path in files() for name in COMMAND.findall(path.read_text())}
    assert named >= {"work", "migrate", "load_registers"}
    assert named <= set(get_commands())


def test_every_variable_that_they_set_is_a_documented_setting() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operation.md").read_text(), re.MULTILINE))
    lines = (UNITS / "programarkivet.env").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    for service in compose()["services"].values():
        named |= set(service.get("environment", {}))
    image = re.search(r"^ENV ((?:.*\\\n)*.*)", (CONTAINER / "Containerfile").read_text(), re.MULTILINE)
    named |= set(re.findall(r"^\s*([A-Z_]+)=", image.group(1), re.MULTILINE))
    assert len(named) > 12
    assert named - OF_OTHERS <= documented


def test_what_compose_asks_for_stands_in_the_example() -> None:
    text = (CONTAINER / "compose.yaml").read_text()
    asked = dict(re.findall(r"\$\{([A-Z_]+)(:[-?])?", text))
    lines = (CONTAINER / "archive.env.example").read_text().splitlines()
    given = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    assert given | {"ARCHIVE_VERSION"} == set(asked)


def test_compose_starts_the_web_and_the_worker_on_a_database_that_is_up_to_date() -> None:
    services = compose()["services"]
    assert set(services) == {"proxy", "prepare", "web", "worker", "database"}
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
        assert services[name]["read_only"] is True
    outside = {name for name, service in services.items() if "ports" in service}
    assert outside == {"proxy"}


def test_the_image_has_what_it_copies_and_no_secrets() -> None:
    text = (CONTAINER / "Containerfile").read_text()
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists()
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".venv", ".data"} <= set(left_out)
