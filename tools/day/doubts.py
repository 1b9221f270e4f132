"""How a person goes through the queue of a programme: reads every question that is open, and answers it."""

from __future__ import annotations

from collections import Counter

from ingest.desk import correct as editing
from ingest.desk.doubts.question import ACCEPT
from ingest.desk.doubts.queue import Asked, queue_of
from programmes.models import Programme
from tools.day.editor import Judge
from tools.day.person import GLANCE, Person

LIKE_A_PERSON = "[data-to-read]"
"""What of a question a person reads: the question itself, where it stands, and the words in doubt."""


def go_through(person: Person, site: str, programme: Programme, judge: Judge | None) -> Counter[str]:
    """Answer all that is in doubt about a programme, by the gold where there is one; count the answers."""
    page = person.page
    page.goto(f"{site}/redaksjon/program/{programme.pk}/")
    person.takes(GLANCE)
    given: Counter[str] = Counter()
    while page.locator("[data-doubt]").count():
        programme.refresh_from_db()
        queue = queue_of(programme)
        asked = queue.get(page.locator("[data-doubt]").get_attribute("data-doubt") or "")
        if asked is None or not asked.is_open:
            raise RuntimeError("the page asks what is not open")
        person.read(page.locator(LIKE_A_PERSON).inner_text())
        answer = _answer(programme, asked, judge)
        alike = queue.alike(asked)
        if alike and all(_answer(programme, each, judge) == answer for each in alike):
            person.click(page.locator(".alike summary"))
            person.read(page.locator("[data-alike]").inner_text())
            person.press("l")
        if answer == ACCEPT:
            person.press_through("a")
        else:
            person.follow(page.locator(f"[data-doubt] button[value={answer}]"))
        given[answer] += 1
    return given


def _answer(programme: Programme, asked: Asked, judge: Judge | None) -> str:
    return judge.answer(asked.question, editing.present_parse(programme).parsed) if judge else ACCEPT
