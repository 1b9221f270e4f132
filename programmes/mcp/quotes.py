"""The tool that checks quotations."""

from __future__ import annotations

from programmes.mcp.archive import Answer, Archive
from programmes.mcp.quoting import quoted

MEANS = {
    "exact": "The words stand in the source as quoted.",
    "near": "The words differ from the source: see `differs` and `text`.",
    "other party": "The words are another party's than the text says: see `found`.",
    "not found": "No programme in the archive has these words.",
    "paraphrase of": "Not the party's words; a pledge that may be meant stands in `found`. Judge for yourself.",
}
NOT_HELD = "The archive has no programme of the party and period that the text names: this verdict says nothing of it."


def check_quotes(archive: Archive, text: str) -> Answer:
    """Return the verdict on each quotation of a text, with the source's own words beside it."""
    found = archive.post("/quote-check", {"text": text})
    told: Answer = {"quotations": [_told(each) for each in found["quotations"]]}
    if not found["quotations"]:
        told["why_nothing"] = [
            "No quotation was found in the text: put quoted words in «», and name the party and the years beside them."
        ]
    if found["is_full"]:
        told["note"] = "Only the first quotations were checked: send the rest by itself."
    return told


def _told(checked: Answer) -> Answer:
    told: Answer = {
        "quote": checked["quote"],
        "verdict": checked["verdict"],
        "means": MEANS[checked["verdict"]],
        "named_party": checked["named_party"],
        "named_period": checked["named_period"],
        "differs": checked["differs"],
        "notes": checked["notes"],
        "found": [quoted(each) for each in checked["passages"]],
        "nearest": quoted(checked["nearest"]) if checked["nearest"] else None,
        "others_with_the_same_words": [f"{each['branch']} {each['period']}" for each in checked["owners"][1:6]],
    }
    if not checked["held"]:
        told["why_nothing"] = [NOT_HELD]
    elif checked["verdict"] == "not found":
        told["why_nothing"] = ["The programmes that the archive has were searched word by word."]
    return {name: value for name, value in told.items() if value not in (None, "", [])}
