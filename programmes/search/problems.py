"""What is wrong with a query or its answer, as sentences in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from programmes.search.query import MIN_PREFIX, QueryProblem


def explained(problem: QueryProblem) -> str:
    """Return a problem as a sentence: how the query was read, or what to write instead."""
    wordings = {
        "too-long": _("Søket er lengre enn %(value)s tegn; bare begynnelsen er brukt."),
        "too-many-words": _("Søket har flere enn %(value)s ord; bare de første er brukt."),
        "or-alone": _("OR må stå mellom to ord."),
        "and-alone": _("AND må stå mellom to ord."),
        "not-alone": _("Det må stå et ord etter NOT (IKKE)."),
        "and-or-mixed": _("OR (ELLER) binder sterkere enn AND (OG). Sett parenteser om det som hører sammen."),
        "bracket-open": _("En parentes er ikke lukket; den er lest som om den sluttet sist i søket."),
        "bracket-close": _("En parentes er lukket uten å være åpnet; søket er lest uten den."),
        "bracket-deep": _(
            "Parenteser kan stå inni hverandre %(value)s ganger; de innerste er lest som om de ikke sto der."
        ),
        "bracket-minus": _("Minus foran en parentes er lest som minus foran hvert ord i den."),
        "or-with-field": _("OR virker mellom ord, ikke mellom ord og filter."),
        "or-with-minus": _("OR kan ikke stå ved et ord med minus foran."),
        "field-empty": _("Det mangler noe etter «%(value)s:»."),
        "field-unknown": _(
            "«%(value)s:» er ikke et felt. Feltene er parti:, lag:, sted:, år:, tema:, nivå:, kapittel: og ord:."
        ),
        "no-words": _("«%(value)s» har ingen ord å søke etter. Skriv minst ett ord eller tall."),
        "only-without": _("Søket sier bare hva som ikke skal være med. Skriv minst ett ord som skal være med."),
        "quote-open": _("Et anførselstegn mangler; ordene etter det første er lest som en frase."),
        "quote-empty": _("Det står ingen ord mellom anførselstegnene."),
        "star-alone": _("Stjernen må stå rett etter begynnelsen av et ord, som i barnehage*."),
        "star-inside": _("Stjernen kan bare stå sist i et ord, som i barnehage*."),
        "star-short": _("«%(value)s»: før stjernen må det stå ett ord på minst %(letters)s bokstaver."),
        "unknown-value": _("Arkivet har ingenting for «%(value)s»."),
    }
    return wordings[problem.code] % {"value": problem.value, "letters": MIN_PREFIX}


def said_behind() -> str:
    """Return the sentence for an index that does not have the latest changes yet."""
    return _("De siste endringene i arkivet er ikke med i søket ennå. Prøv igjen om litt.")
