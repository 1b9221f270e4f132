"""Paragraphs of invented running text, to stand between a heading and its list: they tell, and list nothing."""

from __future__ import annotations

PARAGRAPHS = {
    "nb": (
        "Bygda har endret seg mye de siste tjue årene. Der det før var butikk og bank, er det nå ferieboliger.",
        "Vi som bor her, vet hvor skoen trykker. Likevel er det altfor ofte andre som bestemmer, langt unna og uten å"
        " kjenne forholdene.",
        "Kommunen bruker hver femte krone på dette området, og regningen har vokst raskere enn inntektene. Fjoråret"
        " endte med et underskudd på elleve millioner kroner.",
        "Undersøkelsen i fjor høst viste at de fleste er fornøyd.",
        "Slik har det ikke alltid vært. I 1978 ble det første kontoret åpnet i kjelleren på rådhuset, og siden har"
        " tjenesten flyttet fem ganger.",
        "Det finnes ikke noe enkelt svar. Men erfaringene fra Elvebyen og Nordvika peker i samme retning, og de har"
        " kommet billig fra det.",
        "De ansatte gjør en formidabel innsats hver eneste dag, ofte under vanskelige forhold og med knappe midler.",
        "Nærmere 400 mennesker engasjerer seg frivillig, og uten dem hadde mye stoppet opp. Verdien er regnet til"
        " 23 millioner kroner i året.",
        "Fjorden er grunnen til at folk slo seg ned her.",
        "Mange unge forteller at de savner noe å gjøre på kveldstid. Samtidig står flere av lokalene tomme etter klokka"
        " fire.",
        "Forskning viser at tidlig innsats betaler seg, både for den enkelte og for fellesskapet. Det er også vår"
        " erfaring.",
        "Prisene har steget, lønningene har ikke fulgt etter, og køene er lange. For en vanlig familie er forskjellen"
        " på 2 800 kroner i måneden.",
        "Storfjell er en langstrakt kommune. Fra Skjer til Ytre Holmøya er det to timers kjøring, og det merkes i alt"
        " vi driver med.",
        "I dag er ansvaret delt mellom tre etater. Ingen av dem ser helheten.",
        "Det var et bredt flertall bak planen da den ble vedtatt i 2021. Lite har skjedd siden.",
        "Kunnskap, trygghet og fellesskap er grunnlaget for alt annet.",
    ),
    "nn": (
        "Bygda har endra seg mykje dei siste tjue åra. Der det før var butikk og bank, er det no feriehus.",
        "Vi som bur her, veit kvar skoen trykkjer. Likevel er det altfor ofte andre som bestemmer, langt unna og utan å"
        " kjenne tilhøva.",
        "Kommunen brukar kvar femte krone på dette området, og rekninga har vakse raskare enn inntektene.",
        "Undersøkinga i fjor haust viste at dei fleste er nøgde.",
        "Slik har det ikkje alltid vore. I 1978 opna det første kontoret i kjellaren på rådhuset, og sidan har tenesta"
        " flytta fem gonger.",
        "Det finst ikkje noko enkelt svar. Men røynslene frå Elvebyen og Bergheim peikar i same lei.",
        "Dei tilsette gjer ein stor innsats kvar dag, ofte under vanskelege tilhøve og med knappe midlar.",
        "Om lag 400 menneske er med i frivillig arbeid, og utan dei hadde mykje stogga opp.",
        "Fjorden er grunnen til at folk slo seg ned her.",
        "Mange unge fortel at dei saknar noko å gjere på kveldstid. Samstundes står fleire av lokala tomme etter"
        " klokka fire.",
        "Prisane har stige, lønene har ikkje følgt etter, og køane er lange.",
        "Frå Skjer til Ytre Havn er det to timar å køyre, og det merkast i alt vi driv med.",
        "I dag er ansvaret delt mellom tre etatar. Ingen av dei ser heilskapen.",
    ),
}
