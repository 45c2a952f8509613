"""The words by which headings tell what stands below them, in the languages of the interface.

Beginnings of words, without case and accents, so that one line serves every ending; a line of two words is a phrase.
"""

from __future__ import annotations

import re
from enum import StrEnum

from kb.domain.folding import fold


class Use(StrEnum):
    """What a section of a document becomes."""

    SUMMARY = "summary"
    """What the case is about; several are joined."""
    DIFFICULTY = "difficulty"
    SOLUTION = "solution"
    GOOD_PRACTICE = "good-practice"
    CROSS_BORDER_ISSUE = "cross-border-issue"
    CONTINUES = "continues"
    """Belongs to the section above."""
    FIELD = "field"
    """What was filled into a field of the form without a connection; its name says which."""
    LEAVE_OUT = "leave-out"


LESSONS = frozenset({Use.DIFFICULTY, Use.SOLUTION, Use.GOOD_PRACTICE, Use.CROSS_BORDER_ISSUE})
"""The uses that become lessons; they are spelt as the kinds of lesson are."""

_WORDS: dict[Use, tuple[str, ...]] = {
    Use.SUMMARY: (
        "summary|abstract|background|introduction|overview|the case|case description|facts|context|what happened|synopsis|situation",
        "zusammenfassung|hintergrund|einleitung|einführung|überblick|sachverhalt|ausgangslage|kurzfassung|der fall",
        "resumen|antecedentes|introducción|contexto|el caso|hechos",
        "résumé|contexte|l'affaire|l’affaire|faits|présentation|aperçu|synthèse",
        "riassunto|sintesi|introduzione|contesto|il caso|fatti|premessa|antefatto",
        "резюме|аннотаци|введени|обзор|кратк|обстоятельств|предыстори|описание дела|контекст|суть дела",
    ),
    Use.DIFFICULTY: (
        "difficult|challeng|obstacle|problem|barrier|hurdle|went wrong|stood in the way|constraint|shortcoming|pitfall|trouble",
        "schwierigkeit|hindernis|hürde|herausforderung|im weg|hemmnis|stolperstein",
        "dificultad|obstáculo|reto|desafío|barrera",
        "difficulté|problème|défi|entrave|écueil",
        "difficoltà|ostacol|sfid|criticità",
        "трудност|сложност|проблем|препятстви|вызов|затруднен",
    ),
    Use.SOLUTION: (
        "solution|solv|measure|response|approach|what we did|what helped|was tried|we tried|steps taken|overc[ao]m|remed|workaround",
        "lösung|massnahm|maßnahm|vorgehen|bewältig|abhilfe|gelöst|lösten|was half|was geholfen|versucht",
        "solución|solucion|medida|respuesta|resolvi|resuelt|enfoque|intentamos|probamos",
        "mesure|réponse|approche|démarche|résolu|avons tenté|avons essayé",
        "soluzion|misur|risposta|risolt|approccio|abbiamo tentato|abbiamo provato",
        "решени|решил|принятые меры|меры|подход|что помогло|попробовали|пытались",
    ),
    Use.GOOD_PRACTICE: (
        "practice|lesson|recommend|take-?away|conclusion|advice|for others|differently|tips|we would do",
        "praxis|praktik|empfehlung|empfehlen|erkenntnis|lehre|schlussfolgerung|fazit|ratschl",
        "práctica|practica|recomendaci|lección|leccion|conclusi|enseñanza",
        "pratique|recommand|leçon|enseignement|conseil",
        "pratic|prassi|raccomanda|lezion|insegnament",
        "практик|рекомендац|урок|вывод|заключени|совет",
    ),
    Use.CROSS_BORDER_ISSUE: (
        "cross[- ]?border|border|international|abroad|mutual legal|foreign|other countr|transnational",
        "grenz|ausland|ausländ|rechtshilfe|zwischenstaatlich",
        "transfronteriz|fronter|internacional|extranjer|asistencia judicial",
        "transfrontal|frontiere|frontalier|étranger|entraide",
        "confin|internazional|estero|rogatori",
        "трансгранич|границ|международн|зарубеж|правовая помощь|иностран|за рубеж",
    ),
    Use.LEAVE_OUT: (
        "reference|bibliograph|acknowledg|author|contact|annex|appendi|agenda|thank|questions[?!. ]*$|contents|disclaimer",
        "literatur|quellen|danksagung|anhang|kontakt|inhalt|vielen dank|fragen[?!. ]*$|verzeichnis|autor",
        "referencias|bibliograf|agradecimiento|anexo|contacto|índice|gracias|preguntas[?!. ]*$",
        "remerciement|annexe|sommaire|merci|table des",
        "riferiment|ringraziament|allegat|contatt|grazie|domande[?!. ]*$",
        "литератур|список|благодарност|приложени|контакт|содержани|спасибо|вопросы[?!. ]*$|источник",
    ),
}  # fmt: skip


def _pattern(lines: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(fold(line) for line in lines)})")


_PATTERNS = {use: _pattern(lines) for use, lines in _WORDS.items()}
_MOST_WORDS_LEFT_OUT = 4
"""A longer heading with such a word tells something: “Questions that we could not answer”."""


def use_of_heading(heading: str) -> Use | None:
    """Give what a heading says of its section by the first telling word in it, or None."""
    words = fold(heading)
    matches = {use: pattern.search(words) for use, pattern in _PATTERNS.items()}
    if len(words.split()) > _MOST_WORDS_LEFT_OUT:
        matches[Use.LEAVE_OUT] = None
    found = [(match.start(), use) for use, match in matches.items() if match]
    return min(found, key=lambda each: each[0])[1] if found else None


def use_of_words(text: str) -> Use | None:
    """Give the kind of lesson of which a text speaks, where it speaks of one far more than of any other."""
    words = fold(text)
    counts = sorted((len(_PATTERNS[use].findall(words)), use) for use in LESSONS)
    (second, _), (most, best) = counts[-2:]
    return best if most >= 2 and most >= 2 * second else None
