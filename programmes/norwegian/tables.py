"""The rules of the language as data: each row with an example."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    alle alt andre annen at av bak be bli blir ble bort både da de dei deg dem den denne der dere det dette di din disse
    du då eg ein ei eit eller en enn er et etter for fordi forbi fra frå før gjennom ha har han hans hun ho hva hver
    hvor i igjen ikke ikkje ikring imot inn innen ja jeg kan kun kva kvar man med meg mellom men mens mer mest mi min
    mot mye må når ned nei no noe nok nå og om opp oss over på sa samt seg selv sin sine sitt skal skulle slik so som så
    sånn til ut uten utan var ved vi vil ville vår våre være vera vert å
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Never a part of a compound (`forby` is no `by`) and never what a misspelling is corrected to."""

SHORT_PARTS = frozenset(
    """
    by øy el bo sjø bil båt tog hav ski mat liv dyr lag eu hus rus vei veg rov dag sak nær lys lyd vær
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words of two or three letters that begin compounds: `byutvikling`, `elbil`, `matjord`."""

SHORT_HEADS = frozenset("by øy fri nær rik tøy lang løs tett høy lav klar full tom syk åpen åpne".split())  # noqa: SIM905
"""Words of two or three letters that end compounds: `sykkelby`, `bilfri`, `bynær`."""

BOUND = frozenset("agro bio cyber elektro geo makro mikro multi nano para psyko tele verts øko".split())  # noqa: SIM905
"""Beginnings that are no words by themselves: `paraidrett`, `bioenergi`."""

AGENTS = frozenset("taker giver haver".split())  # noqa: SIM905
"""Who takes, gives, has: words that stand only at the end of others, `arbeidstaker`."""

NOT_FIRST = frozenset(
    """
    gjen gjenn gjenopp mang mis sam van for små kunn vel like tran per gen log trans kon porno under sammen
    tilbake frem fram kom rett be pro mid vil ny inter ring eks fors tils inns leve
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Beginnings that are words by chance: `gjenbruk` is not about genes, `mangfold` not about a mangle."""

DERIVED: tuple[tuple[str, str, int, str], ...] = (
    ("ister", "", 5, "pensjonister → pensjon"),
    ("ist", "", 5, "pensjonist → pensjon"),
    ("elig", "e", 4, "kirkelig → kirke"),
    ("elig", "", 4, "kristelig → krist"),
    ("lig", "", 4, "mannlig → mann"),
    ("ig", "", 6, "mangfoldig → mangfold"),
    ("e", "", 7, "gjenbruke → gjenbruk"),
    ("het", "", 5, "frivillighet → frivillig"),
    ("eri", "", 4, "fiskeri → fisk"),
    ("ell", "", 5, "kulturell → kultur"),
    ("skap", "", 5, "statsborgerskap → statsborger"),
)
"""Lemmas made from a shorter word, which counts as a part: ending, what it stands for, fewest letters of the base."""

NOT_HEADS = frozenset(
    """
    lig leik ring and ram smakt else sjon sjonen het heten het ende ing
    inger ingen isk iske ert ere eren erne are lege skap skapet som
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Endings that look like words: `vennlig` is no compound of `lig`; `skap` ends `samarbeidskap`."""

OPAQUE = frozenset(
    """
    allmenn bokmål bokstav byrå forby riksmål nynorsk menneske samfunn velstand framstand
    lærer leder lege eldre viktig barnslig vennlig menighet hovedstad håndverk selskap foreldre verksted
    bygd byge lokal skolen vilkår villa billett jordmor jordmødre forebygge forebygging landskap mannskap regnskap
    banebrytende forskrift kartlegge kartlegging utgangspunkt personell universell likestille likestilling bosette
    bosetting nærvær fartøy kjøretøy verktøy stavanger ungdom eiendom sykdom barndom kristendom rikdom visdom fattigdom
    domstol storting verdsette verdsetting verdiskaping hovedsak hovedsakelig kompetanse reform budsjett
    ansvar søknad trepart tredel russland vassdrag
    sykehus sykehjem sykepleie sykepleier bestand redaktør redaksjon paragraf drivstoff import eksport portefølje
    palestina nederland holdbarhet innebære leveranse fritid styresmakt program
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words whose parts no longer mean what they meant: `bokmål` is not about books."""

OWN_LEMMA: dict[str, str] = {
    "eldre": "eldre",  # people, not the comparative of `gammel`
    "mindre": "mindre",
    "flere": "flere",
    "fleire": "flere",
    "sentre": "senter",  # the dictionary says `sentrum`
    "sentra": "senter",
    "sentrene": "senter",
    "byen": "by",
    "byene": "by",
    "vann": "vann",
    "vannet": "vann",
    "vatnet": "vatn",
    "havene": "hav",
    "garden": "gard",
    "gardar": "gard",
    "gardane": "gard",
    "øyer": "øy",
    "øyene": "øy",
    "bygd": "bygd",
    "bygda": "bygd",
    "voksne": "voksen",
    "unge": "ung",
    "barna": "barn",
    "data": "data",
    "la": "la",
    "trær": "tre",
    "trærne": "tre",
    "trea": "tre",
    "handler": "handle",
    "taker": "taker",
    "fler": "fler",
    "giver": "giver",
    "haver": "haver",
    "studier": "studie",
    "studiene": "studie",
    "studium": "studie",
    "studiet": "studie",
}
"""Forms that the dictionaries give to another word than the one readers mean."""

IRREGULAR: tuple[tuple[str, str, str], ...] = (
    ("eene", "eum", "museene → museum"),
    ("eer", "eum", "museer → museum"),
    ("ea", "eum", "musea → museum"),
    ("eet", "eum", "museet → museum"),
    ("iene", "ium", "gymnasiene → gymnasium"),
    ("ier", "ium", "stipendier → stipendium"),
    ("ia", "ium", "stipendia → stipendium"),
    ("iet", "ium", "stipendiet → stipendium"),
    ("midla", "middel", "verkemidla → verkemiddel"),
    ("midlar", "middel", "hjelpemidlar → hjelpemiddel"),
)
"""Plurals and definite forms that the dictionaries often get wrong."""

CONTRACTED: tuple[tuple[str, str, str], ...] = (
    ("lenes", "el", "reglenes → regel"),
    ("lene", "el", "midlene → middel"),
    ("ler", "el", "fengsler → fengsel"),
    ("renes", "er", "sentrenes → senter"),
    ("rene", "er", "registrene → register"),
    ("re", "er", "sentre → senter"),
    ("nene", "en", "våpnene → våpen"),
)
"""Plurals that lose the vowel of the last syllable, and often one of two like consonants before it."""

ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("enes", "", "skolenes → skole"),
    ("enes", "e", "lærernes → lærer"),
    ("erne", "er", "lærerne → lærer"),
    ("ernes", "er", "lærernes → lærer"),
    ("arane", "ar", "lærarane → lærar"),
    ("arar", "ar", "lærarar → lærar"),
    ("ene", "e", "skolene → skole"),
    ("ene", "", "båtene → båt"),
    ("ane", "e", "skulane → skule"),
    ("ane", "", "bilane → bil"),
    ("ast", "e", "regulerast → regulere"),
    ("ar", "e", "skular → skule"),
    ("ar", "", "bilar → bil"),
    ("er", "e", "kommuner → kommune"),
    ("er", "", "båter → båt"),
    ("en", "e", "skolen → skole"),
    ("en", "", "båten → båt"),
    ("et", "e", "eplet → eple"),
    ("et", "", "huset → hus"),
    ("a", "e", "jenta → jente"),
    ("a", "", "bygda → bygd"),
    ("s", "", "Norges → Norge"),
    ("t", "", "grønt → grøn"),
    ("e", "", "norske → norsk"),
)
"""Inflections for forms that no dictionary has; the first one whose base is a known word counts."""

NYNORSK_ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("ande", "e", "veksande → vekse"),
    ("inga", "ing", "løysinga → løysing"),
)
"""More inflections, of the nynorsk words of `nynorsk.tsv` alone."""

NOUN_ENDINGS = ("er", "en", "et", "ene", "a")
"""What a noun of bokmål ends in, where a form may be a noun's as well as a verb's."""

BARE_ENDINGS = (
    *("", "a", "e", "n", "r", "s", "t"),
    *("en", "et", "er", "ar", "ne", "te", "de", "as", "es"),
    *("ene", "ane", "ers", "ens", "ets", "enes", "anes"),
)
"""What a Norwegian noun, adjective or verb may end in, nb and nn, where no dictionary is asked."""

UMLAUTS: tuple[tuple[str, str, str], ...] = (
    ("strend", "strand", "strender → strand"),
    ("bøk", "bok", "bøkene → bok"),
    ("bønd", "bond", "bøndene → bonde"),
    ("hend", "hånd", "hendene → hånd"),
    ("tenn", "tann", "tennene → tann"),
    ("røtt", "rot", "røttene → rot"),
    ("føtt", "fot", "føttene → fot"),
    ("nett", "natt", "nettene → natt"),
    ("krefter", "kraft", "kreftene → kraft"),
    ("stend", "stand", "stender → stand"),
    ("menn", "mann", "mennene → mann"),
    ("døtr", "datter", "døtrene → datter"),
    ("mødr", "mor", "mødre → mor"),
    ("fedr", "far", "fedrene → far"),
    ("brødr", "bror", "brødrene → bror"),
    ("tær", "tå", "tærne → tå"),
)
"""Stems that change their vowel in the plural."""
