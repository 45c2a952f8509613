"""Places in a text. No list of the world's towns is to be had, so a place is one of three things:

the capital of a state or another large town of the community, in the spellings of the six languages of the product; in an
English text, a capitalised word after "in", "near", "outside" or "from" that is known for nothing else; a street with a number.
A country is no place: every case names its countries.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

TOWNS = frozenset(
    part.casefold()
    for part in """
    Aarhus;Almaty;Amsterdam;Andorra la Vella;Ankara;Antwerp;Antwerpen;Anvers;Ashgabat;Astana;Athens;Athen;Athènes;Atenas;Atene;
    Baku;Bakou;Barcelona;Basel;Belgrade;Belgrad;Belgrado;Beograd;Berlin;Bern;Berne;Bilbao;Birmingham;Bishkek;Bologna;Bonn;
    Bordeaux;Boston;Bratislava;Bregenz;Bremen;Brno;Bruges;Brussels;Brüssel;Bruxelles;Bruselas;Bucharest;Bukarest;Bucarest;
    Budapest;Bursa;Calgary;Cardiff;Chicago;Chisinau;Chişinău;Cologne;Köln;Copenhagen;Kopenhagen;Copenhague;Copenaghen;Cork;
    Dallas;Denver;Detroit;Dortmund;Dresden;Dublin;Dushanbe;Düsseldorf;Edinburgh;Espoo;Essen;Florence;Firenze;Frankfurt;Gdansk;
    Gdańsk;Geneva;Genf;Genève;Ginebra;Ginevra;Genoa;Genova;Ghent;Gent;Glasgow;Göteborg;Gothenburg;Graz;Hamburg;Hannover;
    Helsinki;Houston;Innsbruck;Istanbul;Izmir;Kazan;Kharkiv;Kiev;Kyiv;Klagenfurt;Kraków;Krakow;Lausanne;Leeds;Leipzig;Leuven;
    Liège;Lille;Linz;Lisbon;Lissabon;Lisboa;Lisbonne;Liverpool;Ljubljana;London;Londres;Londra;Los Angeles;Lugano;Lviv;Lyon;
    Madrid;Málaga;Malmö;Manchester;Mannheim;Mariupol;Marseille;Miami;Milan;Milano;Mailand;Minsk;Montreal;Montréal;Moscow;
    Moskau;Moscou;Moscú;Mosca;Munich;München;Monaco di Baviera;Münster;Nantes;Naples;Napoli;Neapel;New York;Nice;Nicosia;
    Nikosia;Novosibirsk;Nuremberg;Nürnberg;Odesa;Odessa;Oslo;Ottawa;Palermo;Paris;Philadelphia;Plovdiv;Podgorica;Porto;
    Poznan;Poznań;Prague;Prag;Praha;Praga;Pristina;Prishtina;Reykjavik;Riga;Rome;Rom;Roma;Rotterdam;Salzburg;Samarkand;San
    Francisco;San Marino;Sarajevo;Sankt Pölten;St. Pölten;Seattle;Seville;Sevilla;Skopje;Sofia;Split;Stockholm;Strasbourg;
    Straßburg;St. Petersburg;Saint Petersburg;Stuttgart;Tallinn;Tampere;Tashkent;Taschkent;Tbilisi;Tiflis;The Hague;Den Haag;
    La Haye;Thessaloniki;Tirana;Toronto;Toulouse;Trieste;Turin;Torino;Turku;Ulaanbaatar;Utrecht;Vaduz;Valencia;Valletta;
    Vancouver;Varna;Venice;Venezia;Vienna;Wien;Vienne;Viena;Vilnius;Villach;Warsaw;Warschau;Warszawa;Varsovie;Varsovia;
    Washington;Winnipeg;Wrocław;Yekaterinburg;Yerevan;Eriwan;Zagreb;Zaragoza;Zürich;Zurich;
    Алматы;Астана;Баку;Берлин;Бишкек;Брюссель;Варшава;Вена;Вене;Екатеринбург;Екатеринбурге;Ереван;Казань;Казани;Киев;Киеве;
    Лондон;Лондоне;Мадрид;Минск;Минске;Москва;Москве;Новосибирск;Новосибирске;Париж;Париже;Рим;Риме;Санкт-Петербург;
    Санкт-Петербурге;Ташкент;Тбилиси
    """.replace("\n", "").split(";")
    for part in [" ".join(part.split())]
)
"""As they stand in texts; the nominative and the locative in Russian."""
LONGEST = max(len(town.split()) for town in TOWNS)
_WORD = re.compile(r"[^\W\d_][\w.-]*[\w]|[^\W\d_]")
_AFTER_PREPOSITION = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Ff]rom) (?:the )?(?:St\. )?(?P<town>[A-Z][a-zà-ž]{2,30})(?![\w-]*[A-Z])"
)
_STREET = re.compile(
    r"(?i:\b\d{1,4}[a-z]? (?:[a-z]{2,20} ){1,2}(?:street|road|avenue|lane|square)\b)"
    r"|\b[A-ZÄÖÜ][a-zäöüß]{2,30}(?:straße|strasse|gasse|platz|weg) \d{1,4}\b"
    r"|\b(?:rue|via|calle|piazza|plaza|ulica|улица|ул\.) (?:\w{1,20} ){0,3}\w{2,20},? \d{1,4}\b"
)
NO_TOWN = frozenset({
    "annex", "appendix", "april", "arabic", "article", "august", "autumn", "bitcoin", "case", "chapter", "christmas",
    "december", "discord", "easter", "english", "ethereum", "excel", "facebook", "february", "figure", "french", "friday",
    "german", "instagram", "internet", "italian", "january", "july", "june", "kik", "linux", "march", "may", "monday",
    "november", "october", "office", "outlook", "paragraph", "part", "phase", "roblox", "russian", "saturday", "schedule",
    "section", "september", "session", "signal", "skype", "snapchat", "spanish", "spring", "stage", "step", "summer",
    "sunday", "table", "telegram", "threema", "thursday", "title", "tor", "tuesday", "viber", "wednesday", "windows",
    "winter", "word", "world", "africa", "asia", "balkans", "caucasus", "scandinavia",
})  # fmt: skip
"""Capitalised words after "in" that are no place: days, parts of a text, languages, programs and services; continents."""
_OF_A_PEOPLE = re.compile(r"(?:ian|ish|ese|ean|can|tch|nch|zech|reek|wiss|uropean)$")
"""How adjectives of countries end: "in Austrian law"."""


def places(text: str, language: str, known: Container[str]) -> list[int]:
    """Give where places stand in a text, in order; `known` are the words of names that are none."""
    found = [*_towns(text), *(match.start() for match in _STREET.finditer(text))]
    if language == "en":
        found += [
            match.start("town")
            for match in _AFTER_PREPOSITION.finditer(text)
            if _is_town(match["town"].casefold(), known)
        ]
    return sorted(found)


def _towns(text: str) -> Iterator[int]:
    words = [(match.start(), match[0].casefold()) for match in _WORD.finditer(text)]
    for place, (start, _) in enumerate(words):
        run = [word for _, word in words[place : place + LONGEST]]
        if any(" ".join(run[:length]) in TOWNS for length in range(1, len(run) + 1)):
            yield start


def _is_town(word: str, known: Container[str]) -> bool:
    return word not in NO_TOWN and word not in known and not _OF_A_PEOPLE.search(word)
