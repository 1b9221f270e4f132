"""A person at the desk: does in a browser what people do, and keeps the account of how long it takes.

The machine's time is measured: all that passes while the browser works and waits. The person's is estimated by the
keystroke-level model (Card, Moran and Newell: The keystroke-level model for user performance time with interactive
systems, Communications of the ACM 23, 1980) for an average typist, and by the rate at which adults read silently (238
words a minute in English by Brysbaert: How many words do we read per minute?, Journal of Memory and Language 109,
2019; 230 here, for Norwegian's words are a little longer). Nothing sleeps for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

KEY = 0.28
"""Seconds for each key, and each click of the mouse."""
POINT = 1.1
"""To move the mouse to what is to be clicked."""
MOVE_HAND = 0.4
"""From the mouse to the keyboard."""
THINK = 1.35
"""To make up one's mind before an action."""
WORDS_A_SECOND = 230 / 60
GLANCE = 3.0
"""To look over a page for anything odd, without reading it."""


@dataclass(slots=True)
class Part:
    """A part of the work, with the seconds that it took the machine and takes a person."""

    name: str
    machine: float = 0.0
    person: float = 0.0
    words: int = 0
    """Words that were read."""
    decisions: int = 0
    """Keys and clicks that a person thinks before."""


class Person:
    """Somebody who works in a browser page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.parts: list[Part] = []

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Do a part of the work."""
        self.parts.append(Part(name))
        began = time.perf_counter()
        yield
        self.parts[-1].machine = time.perf_counter() - began

    def takes(self, seconds: float) -> None:
        """Count time that the person takes for what the browser doesn't see."""
        self.parts[-1].person += seconds

    def click(self, what: Locator) -> None:
        """Decide, point and click."""
        what.click()
        self.parts[-1].decisions += 1
        self.takes(THINK + POINT + KEY)

    def write(self, where: Locator, text: str) -> None:
        """Point at a field and type what it lacks of a text."""
        before = where.input_value()
        where.fill(text)
        typed = len(text) - len(before) if before and text.startswith(before) else len(text)
        self.takes(THINK + POINT + KEY + MOVE_HAND + typed * KEY)

    def choose(self, field: Locator, value: str) -> None:
        """Choose in a list, which takes two clicks."""
        field.select_option(value)
        self.takes(THINK + 2 * (POINT + KEY))

    def press(self, key: str) -> None:
        """Decide and press one key."""
        self.page.keyboard.press(key)
        self.parts[-1].decisions += 1
        self.takes(THINK + KEY)

    def follow(self, link: Locator) -> None:
        """Decide, point and click what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.click(link)

    def press_through(self, key: str) -> None:
        """Decide and press a key that leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.press(key)

    def read(self, text: str) -> None:
        """Read a text from beginning to end."""
        words = sum(any(map(str.isalnum, piece)) for piece in text.split())  # an arrow or a dash is no word
        self.parts[-1].words += words
        self.takes(words / WORDS_A_SECOND)

    def account(self) -> str:
        """Return the account as a table."""
        rows = [f"{'':32}{'machine':>10}{'person':>10}"]
        total = Part("together", sum(part.machine for part in self.parts), sum(part.person for part in self.parts))
        rows += [f"{part.name:32}{part.machine:8.1f} s{part.person:8.1f} s" for part in [*self.parts, total]]
        return "\n".join([*rows, f"{(total.machine + total.person) / 60:.1f} minutes"])
