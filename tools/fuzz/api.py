"""Questions to the API made from its own description, right ones and wrong ones, and what is wrong with its answers.

schemathesis makes them and judges: no 5xx, only answers that are described, wrong input refused, right input taken.
What names something of the archive is named half of the time as it is there: nearly all that is made up is nowhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, strategies
from schemathesis.core.failures import FailureGroup

from programmes.site.odd_input import cleaned

SETTINGS = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", "301", "404", "410", "413", "414", "429"]},
        "negative_data_rejection": {
            "expected-statuses": ["301", "400", "404", "405", "410", "413", "414", "415", "422", "429"]
        },
    }
}
"""An id that is well formed may be one that nothing has, or that is gone; an address or article may be too long."""
AT_ONCE = 25
"""Cases of one address at most before the next one is asked."""
SUBJECT = "skole"
PLAIN = {"Accept-Encoding": "identity"}
"""What answers without a server between is read as it comes."""
PARTS = ("party", "branch", "programme")
"""Of a programme's id."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, how it was answered, and what was wrong with that."""

    operation: str
    is_right: bool
    """Whether the question keeps to the description."""
    status: int
    failure: str


def known_of(fetch: Callable[[str], Any]) -> dict[str, list[Any]]:
    """Return values that the archive has, by the name of the parameter; `fetch` gets an address as JSON."""
    programmes = fetch("/api/v1/programmes?limit=50")["items"]
    ids = [each["id"].split("/") for each in programmes]
    passages = [each["id"] for each in fetch("/api/v1/passages?limit=100&fields=id")["items"]]
    sections = [each["id"] for each in fetch("/api/v1/sections?limit=100&fields=id")["items"]]
    themes = fetch("/api/v1/themes?limit=50&is_main=true")["items"]
    areas = fetch("/api/v1/areas?limit=50")["items"]
    return {
        "party/branch/programme": ids,
        "passage_id": passages,
        "section_id": sections,
        "section": sections,
        "programme": ["/".join(each) for each in ids],
        "code": [each["party"] for each in programmes],
        "theme": [each["uri"] or each["id"] for each in themes],
        "area": [each["id"] for each in areas],
        "number": [[each["number"]] for each in areas],
        "year": [[each["period_start"]] for each in programmes],
        "side": [[ids[0][0], f"{each[0]}/{each[1]}"] for each in ids] or [["a", "b"]],
    }


def fuzz_api(
    schema: schemathesis.BaseSchema,
    known: Mapping[str, list[Any]],
    *,
    cases: int,
    seed: int,
    base_url: str | None = None,
) -> Iterator[Asked]:
    """Yield so many cases, some of each address in turn, right ones and wrong ones; the same for the same seed."""
    described: Any = schema.get_all_operations()
    operations = [each.ok() for each in described]
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    turns = cycle([(operation, mode) for operation in operations for mode in modes])
    at_once = max(1, min(AT_ONCE, cases // (2 * len(operations))))
    made = 0
    for turn, (operation, mode) in enumerate(turns):
        if made >= cases:
            return
        found: list[Asked] = []
        strategy = operation.as_strategy(generation_mode=mode)
        _ask(strategy, known, min(at_once, cases - made), f"{seed} {turn}", found, base_url)
        made += max(len(found), 1)
        yield from found


def _ask(
    strategy: Any, known: Mapping[str, list[Any]], most: int, seed: str, found: list[Asked], base_url: str | None
) -> None:
    """Ask some cases of one address."""
    chance = random.Random(seed)  # noqa: S311 - no secret

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=most,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=strategy, instead=strategies.booleans())
    def ask(case: schemathesis.Case, instead: bool) -> None:
        is_right = case.meta is not None and case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE
        _say_what_is_seen(case)
        if is_right:
            _name_what_there_is(case, known, chance, instead=instead)
        response = case.call(base_url=base_url, headers=PLAIN)
        failure = ""
        try:
            case.validate_response(response)
        except FailureGroup as failures:
            failure = "\n".join(f"{type(each).__name__}: {each}" for each in failures.exceptions)
            failure += f"\n{case.as_curl_command()}"
        found.append(Asked(f"{case.method} {case.operation.path}", is_right, response.status_code, failure))

    ask()


def _say_what_is_seen(case: schemathesis.Case) -> None:
    """Put a letter for each character of a query that is dropped before any page sees it, so that it is as long."""
    for name, value in case.query.items():
        case.query[name] = [*map(_as_seen, value)] if isinstance(value, list) else _as_seen(value)


def _as_seen(value: Any) -> Any:
    return "".join(each if cleaned(each) == each else "x" for each in value) if isinstance(value, str) else value


def _name_what_there_is(
    case: schemathesis.Case, known: Mapping[str, list[Any]], chance: random.Random, *, instead: bool
) -> None:
    """Let a case name what the archive has; a cursor can't be made up, and a comparison is on something."""
    case.query.pop("cursor", None)
    if case.operation.path.endswith("/compare") and not case.query.keys() & {"q", "theme"}:
        case.query["q"] = SUBJECT
    if not instead:
        return
    for values in (case.path_parameters, case.query):
        if values.keys() >= set(PARTS) and values is case.path_parameters:
            values.update(zip(PARTS, chance.choice(known["party/branch/programme"]), strict=True))
            continue
        for name in values.keys() & known.keys():
            if known[name] and isinstance(values[name], type(known[name][0])):
                values[name] = chance.choice(known[name])
