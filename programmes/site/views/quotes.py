"""Checking the quotations of an article that a reader pastes: answered at once, and nothing of it kept."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from programmes.quotes import MOST_QUOTATIONS, MOST_SIGNS, check_article
from programmes.site.body_limit import receives
from programmes.site.quote_cards import VERDICTS, article_of, cards_of

FIELD = "tekst"
MOST_BYTES = 200_000
"""Of the form: so many signs as are read, each escaped in the longest way."""


@receives(MOST_BYTES)
@sensitive_post_parameters(FIELD)
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def quote_check(request: HttpRequest) -> HttpResponse:
    """Show the form, and of what was sent every quotation with its verdict and the pledge beside it."""
    text = request.POST.get(FIELD, "").replace("\r\n", "\n")
    context = {"text": text, "most_signs": MOST_SIGNS, "field": FIELD}
    if request.method != "POST":
        return render(request, "quote_check.html", context)
    if not text.strip():
        return render(request, "quote_check.html", context | {"fault": _("Lim inn en tekst først.")}, status=400)
    if len(text) > MOST_SIGNS:
        fault = _("Teksten er %(signs)s tegn lang. Grensen er %(most)s: sjekk den i flere deler.")
        said = fault % {"signs": len(text), "most": MOST_SIGNS}
        return render(request, "quote_check.html", context | {"fault": said}, status=400)
    checked = check_article(text)
    counts = Counter(each.verdict for each in checked)
    context |= {
        "is_checked": True,
        "cards": cards_of(checked),
        "article": article_of(text, checked),
        "sums": [
            (counts[verdict], str(called), sign)
            for verdict, (called, sign, _style) in VERDICTS.items()
            if counts[verdict]
        ],
        "is_full": len(checked) >= MOST_QUOTATIONS,
        "most_quotations": MOST_QUOTATIONS,
    }
    return render(request, "quote_check.html", context)
