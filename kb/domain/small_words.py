"""Small words: what stands in every text and tells nothing of what it is about, in the languages of the interface.

They are no hint at a concept in whose label they stand ("without", "nella"). In other matters they are left alone: a small word of one
language may be a telling one of another.
"""

from __future__ import annotations

import re
from collections import Counter

from kb.domain.folding import fold

_BY_LANGUAGE = {
    "en": "a about above after again all also an and another any are as at back be because been before behind being below between "
    "both but by can could did do does down during each every few for from get gets got had has have he her here him his how i if "
    "in into is it its just many me more most much my near no nobody nor not now of off on once one only or other our out over own "
    "same she should so some still such than that the their them then there these they thing things this those through to too "
    "under until up us very was we were what when where whether which while who whole whom whose why will with within without "
    "would yet you your",
    "de": "aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin bis da damit "
    "dann das dass dem den denn der des die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer "
    "eines er es etwas für gegen habe haben hat hatte hier hinter ich ihm ihn ihr ihre ihren im in ins ist ja jede jeden jeder jedes "
    "kann kein keine keinen können man mehr mehrere mit muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine sich "
    "sie sind so solche soll sondern über um und uns unser unter viel viele vom von vor war was weg weil welche wenn wer werden wie "
    "wieder will wir wird wo wurde zu zum zur zwei zwischen",
    "es": "a al algo algún ante antes aquí así aún cada como con contra cual cuál cuando de del desde después donde dos durante el él "
    "ella ellos en entre era es esa ese eso esta está están este esto fue ha hace han hasta hay la las le les lo los más me mi "
    "mientras mucho muchos muy nada ni no nos nuestra nuestro o otra otras otro otros para pero poco por porque que qué quien se "
    "según ser si sí sin sobre son su sus también tan tiene todo todos tras un una uno unos y ya",
    "fr": "à ai alors après au aucun aussi autre autres aux avant avec beaucoup car ce ceci cela celle celui ces cet cette chaque chez "
    "ci comme comment contre dans de depuis des deux donc du elle elles en encore entre est et été être eu eux fait il ils je "
    "jusque la là le les leur leurs lui ma mais même mes moi moins mon ne ni non nos notre nous on ont ou où par pas pendant peu "
    "peut plus plusieurs pour pourquoi qu quand que quel quelle qui quoi sa sans se sera ses si son sont sous sur ta te tes toi ton "
    "tous tout toute très trop tu un une vers vos votre vous y",
    "it": "a ad ai al alcuni alla alle allo altra altre altri altro anche ancora appena avere c che chi ci ciò col come con contro cui "
    "da dai dal dalla dalle dallo degli dei del dell della delle dello deve di dopo dove due durante e è ed era essere fa fino fra "
    "fu già gli ha hanno ho i il in io l la le lei li lo loro lui ma mentre mi mia mio molto ne negli nei nel nella nelle nello noi "
    "non nostra nostro o ogni per perché più poco può prima quale quando quanto quella quello questa questo se sei senza si sia sono "
    "sopra sotto su sua sue sui sul sulla suo suoi tra tutti tutto un una uno verso vi voi",
    "ru": "а без более бы был была были было быть в вам вас весь во вот все всё вы где да даже для до другая другие другого другой его "
    "ее её ей ему если есть еще ещё же за здесь и из или им их к как какой когда кого которая которые который кто куда ли между "
    "меня мне много можно мы на над надо нам нас не него нее неё нет ни них но о об один он она они оно от очень перед по под после "
    "потому почему при про с себя со так также там то того тоже только том тот у уже чего чем через что чтобы эта эти это этого "
    "этой этот я",
}  # fmt: skip

SMALL = frozenset(fold(word) for words in _BY_LANGUAGE.values() for word in words.split())

_WORDS_OF = {language: frozenset(words.split()) for language, words in _BY_LANGUAGE.items()}
_LETTERS = re.compile(r"[^\W\d_]+")
FEWEST = 20
"""Small words of a text that tell its language."""


def likely_language(text: str) -> str:
    """Give the language of which a text holds most small words, or nothing where there are too few to tell."""
    words = Counter(_LETTERS.findall(text.lower()))
    counts = {language: sum(words[each] for each in own) for language, own in _WORDS_OF.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= FEWEST else ""
