"""Asking an archive's API: over the network, or in this process; what it refuses is told in plain words."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2
from mcp.server.mcpserver.exceptions import ToolError

API = "/api/v1"
SECONDS = 30.0
"""How long one answer may take."""
KEPT_SECONDS = 600
"""How long the register of parties is kept."""
MOST_ROWS = 200
"""Of a list that is asked for at once."""

Value = str | int | Sequence[str] | Sequence[int] | None
Answer = dict[str, Any]


class Archive:
    """An archive, known by its API alone.

    `address` is where readers find it: addresses in answers begin with it. `transport` answers in the network's place.
    """

    def __init__(
        self,
        address: str,
        *,
        transport: httpx2.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address.rstrip("/")
        self._client = httpx2.Client(
            base_url=self.address,
            transport=transport,
            timeout=SECONDS,
            follow_redirects=True,
            headers={"Accept-Language": "en", "User-Agent": "programarkivet-mcp"},
        )
        self._clock = clock
        self._parties: tuple[float, list[Answer]] = (float("-inf"), [])

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, path: str, **parameters: Value) -> Answer:
        """Return what a path of the API answers; parameters without a value are left out. Raises ToolError."""
        asked = {name: value for name, value in parameters.items() if value not in (None, "", [], ())}
        return self._answer("GET", path, params=asked)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Return what a path of the API answers to some JSON. Raises ToolError."""
        return self._answer("POST", path, json=dict(body))

    def parties(self) -> list[Answer]:
        """Return the register of parties."""
        at, parties = self._parties
        if self._clock() - at > KEPT_SECONDS:
            parties = self.get("/parties", limit=MOST_ROWS)["items"]
            self._parties = self._clock(), parties
        return parties

    def _answer(self, method: str, path: str, **more: Any) -> Answer:
        try:
            response = self._client.request(method, API + path, **more)
        except httpx2.HTTPError as error:
            raise ToolError(f"The archive at {self.address} can't be reached: {error}") from error
        try:
            answer = response.json()
        except ValueError as error:
            raise ToolError(f"The archive at {self.address} gave no usable answer ({response.status_code}).") from error
        if response.status_code >= httpx2.codes.BAD_REQUEST:
            raise Refused(response.status_code, answer, response.headers.get("Retry-After", ""))
        return dict(answer)


class Refused(ToolError):
    """What the archive answers instead of what was asked for."""

    def __init__(self, status: int, problem: Answer, wait: str = "") -> None:
        super().__init__(plainly(problem, wait))
        self.status = status


def plainly(problem: Answer, wait: str) -> str:
    """Return a problem of the API as sentences for a reader."""
    said = [str(problem.get(name, "")) for name in ("title", "detail")]
    said += [f"{each.get('parameter')}: {each.get('message')}." for each in problem.get("errors", ())]
    if problem.get("became") == "withdrawn":
        said.append(f"Programme: {problem.get('programme_title')}. Reason: {problem.get('reason')}")
    if problem.get("became") == "gone":
        said.append(f"It once read «{problem.get('text')}», in {problem.get('programme_title')}: do not quote it.")
    if wait:
        said.append(f"Ask again in {wait} seconds.")
    return " ".join(filter(None, said))
