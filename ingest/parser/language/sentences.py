"""Sentences: whether a text ends one or breaks one off."""

from __future__ import annotations

import re

from ingest.parser.language.rules import OPEN_ENDS

_END = re.compile(r"[.!?…][»”\")\d]{0,3}$")
_ADDRESS = re.compile(r"[\w-]{4,}\.\w{2,}|\S+@\w")


def ends_sentence(text: str) -> bool:
    """Return whether a text ends in a stop, maybe with a quotation mark or a note's number after it."""
    end = text[-4:]
    return not end[-1:].isalpha() and bool(_END.search(end))


def is_complete(text: str) -> bool:
    """Return whether a text ends in a stop or a colon, so that something else begins below it."""
    return text.endswith(":") or ends_sentence(text)


def may_end_sentence(line: str) -> bool:
    """Return whether a line can be the last of its sentence: what a colon or a bracket closes can be whole, too."""
    return line[-1:] in {*".:!?…»)”"}


def breaks_off(text: str) -> bool:
    """Return whether a text breaks off in the middle of a sentence."""
    last = text.rpartition(" ")[2]  # `3 Mot` is whole
    return text[-1:] in {",", "-", "–"} or (last.casefold() in OPEN_ENDS and (last.islower() or last.isupper()))


def can_end_title(text: str) -> bool:
    """Return whether a text ends as a title can; question and exclamation marks are for the caller to judge."""
    return text[-1:] not in {*".,;…–-"}


def begins_with_address(text: str) -> bool:
    """Return whether a text begins with the address of a page or a mailbox, and so goes on with nothing."""
    return bool(_ADDRESS.match(text))
