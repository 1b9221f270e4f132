"""Words that mean the same, or that a wider word takes in: the archive's own small list, to be read and argued with.

`SAME`: each row means one thing, whichever word is typed. `WIDER`: a search for the first finds the
others as well, ranked below, but not the other way round;
with a hyphen, only within compounds. Several words in one entry must all be in the pledge.
"""

from __future__ import annotations

SAME: tuple[tuple[str, ...], ...] = (
    ("skolefritidsordning", "sfo"),
    ("aktivitetsskole", "aks"),
    ("helsesykepleier", "helsesøster"),
    ("kollektivtransport", "kollektivtrafikk", "kollektivtilbud"),
    ("kunstig intelligens", "ki", "ai"),
    ("funksjonshemmet", "funksjonsnedsettelse", "nedsatt funksjonsevne", "funksjonshemning", "funksjonsnedsatt"),
    ("nav", "arbeids- og velferdsforvaltning"),
    ("sykehjem", "sjukeheim"),
    ("elbil", "elektrisk bil"),
    ("eu", "den europeiske union"),
    ("eøs", "eøs-avtale"),
    ("lhbt", "lhbti", "lhbtiq", "skeiv"),
    ("mva", "moms", "merverdiavgift"),
    ("u-hjelp", "bistand", "utviklingshjelp"),
    ("fengsel", "kriminalomsorg"),
    ("asylsøker", "asyl"),
    ("pst", "politiets sikkerhetstjeneste"),
    ("fn", "forente nasjoner"),
    ("innvandring", "immigrasjon"),
    ("spesialundervisning", "individuelt tilrettelagt opplæring"),
    ("gang- og sykkelvei", "sykkelvei"),
    ("bpa", "brukerstyrt personlig assistanse"),
    ("ppt", "pedagogisk-psykologisk tjeneste"),
    ("bup", "barne- og ungdomspsykiatri"),
    ("dps", "distriktspsykiatrisk senter"),
    ("fou", "forskning og utvikling"),
    ("vindkraft", "vindmølle"),
    ("atomkraft", "kjernekraft"),
    ("oppdrettsnæring", "fiskeoppdrett", "havbruk", "akvakultur"),
    ("lege", "doktor"),
    ("fastlege", "fastlegeordning"),
)

WIDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("skolefritidsordning", ("aktivitetsskole", "aks")),
    ("aktivitetsskole", ("skolefritidsordning", "sfo")),
    ("kollektivtransport", ("kollektiv-", "buss", "-buss", "trikk", "t-bane", "bybane", "tog")),
    ("videregående skole", ("videregående opplæring", "videregående elev", "videregående utdanning")),
    ("rusmiddel", ("alkohol", "narkotika")),
    ("rovdyr", ("ulv", "bjørn", "gaupe", "jerv")),
)
