"""Verdicts as JSON: for the command and for the API, in the shape of CONTRACT.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from programmes.models import Passage, Programme
from programmes.quotes.described import differs
from programmes.quotes.verdicts import Checked, Verdict


def verdicts_as_json(
    checked: Sequence[Checked], *, address: Callable[[str], str] = lambda path: path
) -> list[dict[str, Any]]:
    """Return verdicts in their order, in two queries; `address` makes of a path of the site what is told."""
    firsts = {each.passages[0].pk for each in checked if each.passages}
    passages = Passage.objects.only("public_id", "kind").in_bulk(firsts)
    programmes = (
        Programme.objects.with_branch().defer("parse_report").in_bulk({pk for each in checked for pk in each.owners})
    )
    return [_verdict(each, passages, programmes, address) for each in checked]


def _verdict(
    checked: Checked, passages: dict[int, Passage], programmes: dict[int, Programme], address: Callable[[str], str]
) -> dict[str, Any]:
    first = checked.passages[0] if checked.passages else None
    owners = [programmes[pk] for pk in checked.owners if pk in programmes]
    return {
        "verdict": checked.verdict.value,
        "held": checked.held,
        "quote": checked.quotation.text,
        "text": first.readable if first else None,
        "source": programmes[first.programme_id].filename if first else None,
        "url": address(passages[first.pk].get_absolute_url()) if first else None,
        "differs": differs(checked),
        "owners": [
            {"party": each.branch.party.code, "branch": each.branch.name, "period": each.period} for each in owners
        ],
    }


def nothing_quoted() -> dict[str, Any]:
    """Return the verdict on a passage in which nothing is quoted."""
    nothing = {"verdict": Verdict.NOT_FOUND.value, "held": True, "quote": "", "text": None, "source": None}
    return nothing | {"url": None, "differs": "", "owners": []}
