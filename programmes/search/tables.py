"""The rules of the language as data: each row with an example. `norwegian.py` applies them."""

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

SHORT_PARTS = frozenset({"by", "øy", "el", "bo", "sjø", "bil", "båt", "tog", "hav", "ski", "mat", "liv", "dyr", "eu"})
"""Words of two or three letters that begin compounds: `byutvikling`, `elbil`, `matjord`."""

SHORT_HEADS = frozenset({"by", "øy", "fri", "nær", "rik"})
"""Words of two or three letters that end compounds: `sykkelby`, `bilfri`, `bynær`."""

NOT_FIRST = frozenset({"gjen", "mang", "mis", "sam", "van", "for", "små", "kunn", "vel", "like", "tran", "lag"})
"""Beginnings that are words by chance: `gjenbruk` is not about genes, `mangfold` not about a mangle."""

DERIVED: tuple[tuple[str, str, int, str], ...] = (
    ("ister", "", 5, "pensjonister → pensjon"),
    ("ist", "", 5, "pensjonist → pensjon"),
    ("elig", "e", 4, "kirkelig → kirke"),
    ("elig", "", 4, "kristelig → krist"),
    ("lig", "", 4, "mannlig → mann"),
    ("ig", "", 6, "mangfoldig → mangfold"),
    ("e", "", 7, "gjenbruke → gjenbruk"),
)
"""Lemmas made from a shorter word, which counts as a part: ending, what it stands for, fewest letters of the base."""

NOT_HEADS = frozenset(
    """
    lig else sjon sjonen het heten het ende ing
    inger ingen isk iske ert ere eren erne are lege skap skapet som
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Endings that look like words: `vennlig` is no compound of `lig`; `skap` ends `samarbeidskap`."""

OPAQUE = frozenset(
    """
    allmenn bokmål bokstav byrå forby riksmål nynorsk menneske samfunn velstand framstand
    lærer leder lege eldre viktig barnslig vennlig menighet hovedstad håndverk selskap foreldre verksted
    bygd byge lokal skolen vilkår villa
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
    "bygd": "bygd",
    "bygda": "bygd",
    "voksne": "voksen",
    "unge": "ung",
    "barna": "barn",
    "data": "data",
}
"""Forms that the dictionaries give to another word than the one readers mean."""

ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("eene", "eum", "museene → museum"),
    ("eer", "eum", "museer → museum"),
    ("ea", "eum", "musea → museum"),
    ("eet", "eum", "museet → museum"),
    ("iene", "ium", "gymnasiene → gymnasium"),
    ("ier", "ium", "stipendier → stipendium"),
    ("ia", "ium", "stipendia → stipendium"),
    ("iet", "ium", "stipendiet → stipendium"),
    ("midler", "middel", "virkemidler → virkemiddel"),
    ("midlene", "middel", "virkemidlene → virkemiddel"),
    ("midla", "middel", "verkemidla → verkemiddel"),
    ("midlar", "middel", "hjelpemidlar → hjelpemiddel"),
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
"""Inflections for forms that no dictionary has, longest first; the base has to be a known word."""

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
    ("ender", "and", "endene → and"),
    ("menn", "mann", "mennene → mann"),
    ("døtr", "datter", "døtrene → datter"),
    ("brødr", "bror", "brødrene → bror"),
    ("tær", "tå", "tærne → tå"),
)
"""Stems that change their vowel in the plural."""

NYNORSK: tuple[tuple[str, str, str], ...] = (
    ("skule", "skole", "barneskule"),
    ("sjuke", "syke", "sjukepleiar"),
    ("sjuk", "syk", "sjukdom"),
    ("kyrkje", "kirke", "kyrkjebygg"),
    ("eigedom", "eiendom", "eigedomsskatt"),
    ("eigar", "eier", "huseigar"),
    ("eige", "eie", "eigenkapital"),
    ("eigen", "egen", "eigenandel"),
    ("verke", "virke", "verkemiddel"),
    ("verk", "virk", "samverke"),
    ("sjølv", "selv", "sjølvforsyning"),
    ("mangfald", "mangfold", "naturmangfald"),
    ("heim", "hjem", "sjukeheim"),
    ("teneste", "tjeneste", "helseteneste"),
    ("tenest", "tjenest", "tenesta"),
    ("veg", "vei", "sykkelveg"),
    ("hamn", "havn", "fiskerihamn"),
    ("straum", "strøm", "straumpris"),
    ("auke", "øke", "auke"),
    ("auk", "øk", "auking"),
    ("høg", "høy", "høgskule"),
    ("lågare", "lavere", "lågare"),
    ("låg", "lav", "låginntekt"),
    ("løyv", "bevilg", "løyve"),
    ("løyse", "løse", "løysing"),
    ("løys", "løs", "arbeidsløyse"),
    ("framtid", "fremtid", "framtid"),
    ("fram", "frem", "framtidsretta"),
    ("kvar", "hver", "kvardag"),
    ("kjelde", "kilde", "kjelde"),
    ("vidare", "videre", "vidaregåande"),
    ("gåande", "gående", "pågåande"),
    ("ande", "ende", "omfattande"),
    ("leg", "lig", "verkeleg"),
    ("elege", "elige", "offentlege"),
    ("leik", "lighet", "rettferdsleik"),
    ("heit", "het", "verdigheit"),
    ("tryggleik", "trygghet", "tryggleik"),
    ("tryggleik", "sikkerhet", "tryggleik"),
    ("rettferd", "rettferdighet", "rettferd"),
    ("moglegheit", "mulighet", "moglegheit"),
    ("mogleg", "mulig", "moglegheiter"),
    ("jamstill", "likestill", "jamstilling"),
    ("innvandrar", "innvandrer", "innvandrarar"),
    ("lærar", "lærer", "lærarutdanning"),
    ("pleiar", "pleier", "sjukepleiar"),
    ("brukar", "bruker", "brukarstyrt"),
    ("leiar", "leder", "leiar"),
    ("leiing", "ledelse", "leiing"),
    ("rettleiing", "veiledning", "rettleiing"),
    ("arbeidar", "arbeider", "helsearbeidar"),
    ("arar", "ere", "innbyggarar"),
    ("ar", "er", "innbyggjar"),
    ("byggjar", "bygger", "innbyggjar"),
    ("køyretøy", "kjøretøy", "køyretøy"),
    ("køyr", "kjør", "køyring"),
    ("røyst", "stemme", "røysterett"),
    ("born", "barn", "born"),
    ("mjølk", "melk", "mjølkeku"),
    ("vass", "vann", "vasskraft"),
    ("vatn", "vann", "drikkevatn"),
    ("avlaup", "avløp", "avlaup"),
    ("forureining", "forurensning", "forureining"),
    ("forurensing", "forurensning", "forurensing"),
    ("gjer", "gjør", "gjere"),
    ("stønad", "støtte", "stønad"),
    ("tilbod", "tilbud", "tilbod"),
    ("bod", "bud", "forbod"),
    ("løn", "lønn", "løn"),
    ("løns", "lønns", "lønsauke"),
    ("røynd", "virkelig", "røynd"),
    ("røynsle", "erfaring", "røynsle"),
    ("skilnad", "forskjell", "skilnad"),
    ("ulikskap", "ulikhet", "ulikskap"),
    ("einskap", "enhet", "einskap"),
    ("eining", "enhet", "eining"),
    ("ein", "en", "einsleg"),
    ("ferdigheit", "ferdighet", "ferdigheit"),
    ("grøn", "grønn", "grøn"),
    ("grøne", "grønne", "grøne"),
    ("burt", "bort", "burt"),
    ("bustad", "bolig", "bustad"),
    ("lyfte", "løfte", "lyfte"),
    ("følgje", "følge", "følgje"),
    ("søkjar", "søker", "asylsøkjar"),
    ("søkje", "søke", "søkje"),
    ("byggje", "bygge", "byggje"),
    ("leggje", "legge", "leggje"),
    ("tenkje", "tenke", "tenkje"),
    ("styrkje", "styrke", "styrkje"),
    ("merkje", "merke", "miljømerkje"),
    ("kj", "k", "kyrkje"),
    ("gj", "g", "innbyggjar"),
    ("noreg", "norge", "Noreg"),
    ("noregs", "norges", "Noregs"),
    ("verdas", "verdens", "verdas"),
    ("verd", "verden", "verda"),
    ("folkehøgskule", "folkehøyskole", "folkehøgskule"),
    ("høgskule", "høyskole", "høgskule"),
    ("høgskole", "høyskole", "høgskole"),
    ("spel", "spill", "speleavhengig"),
    ("spele", "spille", "spele"),
    ("opphald", "opphold", "opphaldsløyve"),
    ("hald", "hold", "vedlikehald"),
    ("halde", "holde", "halde"),
    ("avhald", "avhold", "avhald"),
    ("val", "valg", "stortingsval"),
    ("vald", "vold", "valdtekt"),
    ("valdtekt", "voldtekt", "valdtekt"),
    ("utbyte", "utbytte", "utbyte"),
    ("utslepp", "utslipp", "klimautslepp"),
    ("slepp", "slipp", "slepp"),
    ("veke", "uke", "arbeidsveke"),
    ("mengd", "mengde", "mengd"),
    ("forsking", "forskning", "forsking"),
    ("granskning", "gransking", "granskning"),
    ("fleir", "fler", "fleirtal"),
    ("tal", "tall", "fleirtal"),
    ("kjærleik", "kjærlighet", "kjærleik"),
    ("mjuk", "myk", "mjuk"),
    ("naud", "nød", "naudhjelp"),
    ("draum", "drøm", "draum"),
    ("raud", "rød", "raud"),
    ("daud", "død", "daud"),
    ("aust", "øst", "austlandet"),
    ("høyr", "hør", "høyring"),
    ("røyr", "rør", "røyr"),
    ("øyde", "øde", "øydelegge"),
    ("heil", "hel", "heilskap"),
    ("breiband", "bredbånd", "breiband"),
    ("brei", "bred", "brei"),
    ("reiskap", "redskap", "reiskap"),
    ("nokre", "noen", "nokre"),
    ("tru", "tro", "trudom"),
    ("bru", "bro", "bru"),
    ("sju", "syv", "sju"),
    ("ikkje", "ikke", "ikkje"),
    ("korleis", "hvordan", "korleis"),
    ("kva", "hva", "kva"),
    ("eg", "jeg", "eg"),
    ("frå", "fra", "frå"),
    ("meir", "mer", "meir"),
    ("vere", "være", "vere"),
    ("vera", "være", "vera"),
    ("gjere", "gjøre", "gjere"),
    ("berekraft", "bærekraft", "berekraftig"),
    ("bere", "bære", "bere"),
    ("ber", "bær", "berekraft"),
    ("lekam", "kropp", "lekam"),
    ("ulukke", "ulykke", "ulukke"),
    ("lukke", "lykke", "lukke"),
    ("lykel", "nøkkel", "lykel"),
    ("nykel", "nøkkel", "nykeltal"),
    ("sakshandsam", "saksbehandl", "sakshandsaming"),
    ("handsam", "behandl", "handsaming"),
    ("åtferd", "atferd", "åtferd"),
    ("forvalting", "forvaltning", "forvalting"),
    ("kommunesamanslåing", "kommunesammenslåing", "kommunesamanslåing"),
    ("saman", "sammen", "saman"),
    ("utan", "uten", "utan"),
    ("innan", "innen", "innan"),
    ("gamal", "gammel", "gamal"),
    ("fiskar", "fisker", "fiskar"),
    ("gard", "gård", "gardsbruk"),
    ("dotter", "datter", "dotter"),
    ("son", "sønn", "son"),
    ("syster", "søster", "syster"),
    ("soge", "historie", "soge"),
    ("vitskap", "vitenskap", "vitskap"),
    ("førebygg", "forebygg", "førebygging"),
    ("føre", "fore", "føreslå"),
    ("era", "ere", "redusera"),
    ("ast", "es", "aukast"),
    ("a", "e", "utvikla"),
)
"""Nynorsk (and radical bokmål) stems and endings with their bokmål: tried in any combination, and kept
only where the result is a more usual word of the dictionary."""
