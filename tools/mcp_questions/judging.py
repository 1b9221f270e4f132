"""What the answers of the tools are worth: letter for letter, with its source, and no zero without its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from programmes.models import Passage
from programmes.standing import cautions_of
from tools.mcp_questions.making import Question

SOURCE = ("party", "branch", "programme", "period", "status", "section", "page", "url", "file_sha256", "source")
"""What has to stand with every text; a heading may be empty in the source."""
MAY_BE_EMPTY = {"section"}
REASONS = ("why_nothing", "missing")
LISTS = ("found", "programmes", "changes", "quotations")


class Judge:
    """Counts what is right and wrong with answers."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    def judge(self, question: Question, answer: dict[str, Any]) -> None:
        """Count one answer."""
        self.counts["questions"] += 1
        texts = list(texts_of(answer))
        kept = Passage.objects.published().with_source().in_bulk({each["id"] for each in texts}, field_name="public_id")
        for each in texts:
            self._text(question, each, kept.get(each["id"]))
        if is_nothing(answer) or question.must_be_nothing:
            self.counts["zeros"] += 1
            reasons = " ".join(reason for name in REASONS for reason in answer.get(name, ()))
            passed = (
                is_nothing(answer) and reasons and (not question.names or any(n in reasons for n in question.names))
            )
            self._count("zeros passed on", bool(passed), question, str(answer)[:200])

    def _text(self, question: Question, said: dict[str, Any], kept: Passage | None) -> None:
        self.counts["texts"] += 1
        is_same = kept is not None and (said["text"], said.get("lead_in", "")) == (
            kept.readable_text,
            " ".join(kept.introductions),
        )
        self._count("verbatim", is_same, question, said["text"])
        lacks = [name for name in SOURCE if not said.get(name) and name not in MAY_BE_EMPTY]
        is_right = kept is not None and said["file_sha256"] == kept.programme.sha256 and kept.public_id in said["url"]
        self._count("with source", is_right and not lacks, question, f"{said['id']} {lacks}")
        is_told = kept is not None and len(said.get("cautions", ())) == len(cautions_of(kept))
        self._count("with all cautions", is_told, question, said["id"])

    def _count(self, name: str, is_so: bool, question: Question, what: str) -> None:
        self.counts[name] += is_so
        if not is_so:
            self.faults.append(f"not {name}: {question.kind}: {question.arguments}: {what}")


def texts_of(answer: Any) -> Iterator[dict[str, Any]]:
    """Yield every passage that stands anywhere in an answer."""
    if isinstance(answer, dict):
        if isinstance(answer.get("text"), str) and "kind" in answer and "id" in answer and answer["kind"] != "section":
            yield answer
        for value in answer.values():
            yield from texts_of(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from texts_of(value)


def is_nothing(answer: dict[str, Any]) -> bool:
    """Return whether an answer has found nothing of what was asked for."""
    lists = [answer[name] for name in LISTS if name in answer]
    if "alone" in answer:  # a comparison: a side of which there is nothing
        return any(not side["pledges"] for side in answer["sides"])
    return bool(lists) and not any(lists)
