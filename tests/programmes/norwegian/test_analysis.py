"""The analysis of Norwegian: which forms are one word to readers, and which must be kept apart."""

import pytest

from programmes.norwegian.analysis import analyse

ONE_FAMILY = [
    "skole skoler skolen skolene skule skulen skular",
    "lærer lærere lærerne lærar",
    "jernbane jernbanen jernbaner",
    "vei veg veier vegen veien vegar",
    "bok bøker bøkene boka",
    "museum museer museet museene musea",
    "virkemiddel virkemidler virkemidlene verkemiddel verkemidla",
    "mann menn mennene menns",
    "strand strender stranda",
    "sykehus sjukehus sykehuset",
    "ikke ikkje",
    "kirke kyrkje kirken kyrkja",
    "mangfold mangfald",
    "eiendomsskatt eigedomsskatt eiendomsskatten",
    "selvforsyning sjølvforsyning",
    "regel regler reglene",
    "senter sentre sentrene senteret",
    "sykepleier sykepleiere sjukepleiar sjukepleiarar",
    "avgift avgifter avgiftene avgifta",
    "høyskole høyskoler høgskole høgskoler",
    "ferge ferja ferjer",
    "innvandrer innvandrere innvandrar innvandrarar",
    "vann vannet vatn vatnet",
    "tilskudd tilskuddet tilskot tilskota",
    "beitetilskudd beitetilskot",
    "virksomhet virksomheter verksemd verksemder verksemda",
    "oppgave oppgaver oppgåve oppgåver oppgåva oppgåvene",
    "løsning løsninger løysing løysingar",
    "norge norges noreg noregs",
    "funksjonsnedsettelse funksjonsnedsetjing funksjonsnedsettingar",
    "hensyn omsyn omsynet",
    "medvirkning medverknad medverknaden",
    "åpen open",
    "åpne opne",
    "bo bu",
    "trygghet tryggleik",
    "sikkerhet tryggleik",
    "samfunnssikkerhet samfunnstryggleik",
    "kirkelig kyrkjeleg kyrkjelege",
    "fengsel fengsler fengslene",
    "register registre registrene",
    "bank banker bankene",
    "vaksine vaksiner vaksinen",
    "asylsøker asylsøkere asylsøkjar",
    "arbeidstaker arbeidstager arbeidstakarar",
    "barnetrygd barnetrygden",
    "tre trær trærne",
    "mor mødre mødrene",
    "bror brødre brødrene",
    # joints
    "formueskatt formuesskatt formuesskatten",
    "barnevernlov barnevernslov barnevernsloven",
    "skattekort skattkort",
    "skogvei skogsvei skogsveier",
    "rettstat rettsstat rettsstaten",
    "barnehage barnhage barnehager",
    "regionsjef regionssjef",
    # accents that tell nothing apart
    "idé ide ideer idéer idéene",
    "kafé kafe kafeer kaféen",
    "komité komite komiteer",
    "museum muséer muséet",
    "en én",
    "og òg óg",
    "ein éin",
    "sápmi sapmi",
    "vær vêr",
    # a letter by itself
    "u-land u-landene",
    "p-plass p-plasser",
]
STRANGERS = [
    ("lærer", "lære"),
    ("fastlege", "fast"),
    ("får", "far"),
    ("våre", "vare"),
    ("mann", "menneske"),
    ("by", "bygd"),
    ("eldre", "gammel"),
    ("selvforsyning", "selvforsørget"),
    ("gjeld", "gjelder"),
    ("trygd", "trygg"),
    ("handel", "handler"),
    ("mottak", "mottaker"),
    ("la", "legge"),
    ("fôr", "for"),
    ("vêr", "er"),
    ("allé", "alle"),
    ("passé", "passe"),
    ("idé", "heleide"),
    ("hjertelag", "hjerteslag"),
    ("forstå", "forestå"),
    ("e-helse", "er"),
    ("e-helse", "helse"),
    ("ehelse", "er"),
]
HAS_PART = [
    ("skolehelsetjenesten", "helsetjeneste"),
    ("utleieboliger", "bolig"),
    ("byutvikling", "by"),
    ("fylkeskommunen", "fylke"),
    ("strandsonen", "strand"),
    ("lærebøker", "bok"),
    ("barnehageplasser", "barnehage"),
    ("nattoget", "tog"),
    ("elbilen", "bil"),
    ("drikkevatn", "vann"),
    ("kirkelige", "kirke"),
    ("pensjonister", "pensjon"),
    ("bydelene", "by"),
    ("klimagassutslipp", "utslipp"),
    ("klimagassutslipp", "gass"),
    ("klimagassutslepp", "klimagass"),
    ("hageavfall", "avfall"),
    ("hovedregelen", "regel"),
    ("tannhelsetjenesten", "helsetjeneste"),
    ("paraidrett", "idrett"),
    ("sykepengene", "penger"),
    ("gjeldsproblemer", "gjeld"),
    ("folketrygden", "trygd"),
    ("lavsikkerhetsfengsler", "fengsel"),
    ("beitetilskot", "tilskudd"),
    ("vertskommuner", "kommune"),
    ("havneplan", "havn"),
    ("statsborgerskap", "statsborger"),
    ("kulturelle", "kultur"),
    ("skuibanen", "bane"),
    ("utslippskutt", "utslipp"),
    ("utsleppskutt", "utslipp"),
    ("arbeidstakere", "arbeid"),
    ("kraftfôr", "kraft"),
    ("forretningsidé", "idé"),
    ("forretningsideer", "ide"),
    ("formueskatten", "skatt"),
    ("gradersmålet", "grader"),
    ("e-helseløsninger", "løsning"),
    ("e-helse", "helse"),
]
LACKS_PART = [
    ("foreldre", "eldre"),
    ("nabokommune", "bokommune"),
    ("nabokommune", "bok"),
    ("forby", "by"),
    ("tilby", "by"),
    ("byrå", "by"),
    ("bemanning", "mann"),
    ("allmenn", "mann"),
    ("transporten", "port"),
    ("elever", "el"),
    ("budsjettet", "bud"),
    ("kompetanse", "anse"),
    ("folketrygden", "trygg"),
    ("arbeidstakere", "stake"),
    ("kyrkjelege", "lege"),
    ("føreseielege", "lege"),
    ("jordmødre", "jord"),
    ("billett", "bil"),
    ("registrering", "ring"),
    ("bosetting", "ting"),
    ("trossamfunn", "tross"),
    ("gjeldende", "gjeld"),
    ("landskap", "land"),
    ("helsepersonell", "person"),
    ("russland", "rus"),
    ("sender", "sand"),
    ("e-helse", "er"),
    ("heleide", "idé"),
    ("formueskatt", "katt"),
]


@pytest.mark.parametrize("forms", ONE_FAMILY)
def test_forms_of_one_word_share_a_family(forms):
    first, *others = forms.split()
    apart = [form for form in others if not analyse(first).families & analyse(form).families]
    assert apart == []


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_strangers_are_kept_apart(one, other):
    assert not analyse(one).families & analyse(other).families


@pytest.mark.parametrize(("compound", "part"), HAS_PART)
def test_a_compound_is_found_by_its_parts(compound, part):
    assert analyse(part).families & analyse(compound).parts


@pytest.mark.parametrize(("word", "lookalike"), LACKS_PART)
def test_letters_that_happen_to_stand_there_are_no_part(word, lookalike):
    assert not analyse(lookalike).families & analyse(word).parts
