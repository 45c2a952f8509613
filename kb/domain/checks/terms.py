"""Terminology: English terms for which the field has better ones, with what is better about them.

The list follows the Terminology Guidelines for the Protection of Children from Sexual Exploitation and Sexual Abuse
(Luxembourg, 2016, and its later edition); the explanations are ours. A term may stand in a quotation, in the title of a law
or treaty, and in the name of an organisation: there it is not the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kb.domain.checks.plain import sentence_at

CSAM = "child sexual abuse material (CSAM)"
_OF_CHILD = r"(?:a|the|an underage|his|her|their)? ?(?:child|children|minors?)"
_CHILD = re.compile(
    r"\b(?:child\w*|minors?|girls?|boys?|teenagers?|victims?|prostitut\w+|abus\w+|exploit\w+|trafficked)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:bank\w*|providers?|isps?|telecom\w*|operators?|compan(?:y|ies)|subscribers?|software|servers?|shops?|card|platforms?|"
    r"accounts?|e-?mail|peer-to-peer|p2p|lawyers?|attorneys?|legal|firms?|services?|installed|version|app|program)\b",
    re.IGNORECASE,
)
_CLINICAL = re.compile(
    r"\b(?:disorder\w*|diagnos\w+|psychiatr\w+|clinical\w*|dsm|icd|therap\w+|patients?|treatment)\b",
    re.IGNORECASE,
)


def always(_: re.Match[str]) -> bool:
    """Take the term wherever it stands."""
    return True


def of_a_child(match: re.Match[str]) -> bool:
    """Take an everyday word only where its sentence is about a child, and not about trade."""
    sentence = sentence_at(match)
    return bool(_CHILD.search(sentence)) and not _TRADE.search(sentence)


def not_clinical(match: re.Match[str]) -> bool:
    """Leave the clinical word to clinicians."""
    return not _CLINICAL.search(sentence_at(match))


class Term(NamedTuple):
    """What to avoid, as a pattern; what to write, and why."""

    avoid: str
    suggest: str
    why: str
    meant: Callable[[re.Match[str]], bool] = always


TERMS: tuple[Term, ...] = (
    Term(
        r"webcam child sex tourism",
        "live-streamed child sexual abuse",
        "It is abuse, committed through a camera; nobody travels, and nobody is on holiday.",
    ),
    Term(
        r"virtual child porn(?:ography)?",
        "computer-generated CSAM",
        "“Virtual” sounds as if there were no harm; say how it was made.",
    ),
    Term(
        r"AI(?:[ -]generated)? child porn(?:ography)?",
        "AI-generated CSAM",
        "Say how it was made, and call it what it shows: abuse.",
    ),
    Term(
        r"(?:users?|consumers?|viewers?) of (?:CP|child porn(?:ography)?|CSAM|child (?:sexual )?abuse (?:images|material))",
        "offender who accessed CSAM",
        "A user or consumer sounds like a customer of something legal; say what was done.",
    ),
    Term(
        r"child porn(?:ography)?|(?-i:(?<![\w-])CP) (?:images?|videos?|material|files?|forums?|sites?|users?|collections?|trading|"
        r"distribution|possession|offences?|cases?)|(?<=possession of )(?-i:CP)|(?<=distribution of )(?-i:CP)"
        r"|(?<=trading in )(?-i:CP)|(?<=downloading )(?-i:CP)|(?<=sharing )(?-i:CP)|(?<=trading )(?-i:CP)|(?<=containing )(?-i:CP)",
        CSAM,
        "Pornography is made by adults who consent; this material records abuse.",
    ),
    Term(
        r"child prostitution",
        "exploitation of children in prostitution",
        "A child cannot choose it: others exploit the child.",
    ),
    Term(
        r"child (?:prostitutes?|sex workers?)",
        "child victim of sexual exploitation",
        "The words make the child the one who acts; the child is a victim.",
    ),
    Term(
        r"child sex tourism",
        "sexual exploitation of children in travel and tourism",
        "It is no kind of tourism, and those who travel for work commit it too.",
    ),
    Term(
        r"child sex tourists?",
        "travelling child sex offender",
        "Who travels to abuse a child is an offender, not a tourist.",
    ),
    Term(
        r"sextortion of (?:a |the )?(?:child|children|minors?)|child sextortion",
        "sexual extortion of a child",
        "The short word hides that a child is abused, and that it is extortion.",
    ),
    Term(
        rf"(?:having |have |had )?sex with {_OF_CHILD}\b",
        "sexual abuse of a child",
        "Sex takes two who can consent; a child cannot.",
    ),
    Term(
        r"(?:(?:sexual |romantic |intimate )?(?:relationships?|affairs?) with (?:a |an underage |the )?minors?"
        r"|(?:sexual|romantic|intimate) (?:relationships?|affairs?) with (?:a |the )?(?:child|children|girl|boy|pupil))",
        "abuse, grooming",
        "The words suggest two equals; say what the adult did.",
    ),
    Term(
        r"under-?age(?:d)? (?:wom[ae]n|girls?|females?|ladies|lady)",
        "child, girl under 18",
        "A person under 18 is a child, whatever the law of the place says of consent.",
    ),
    Term(
        r"(?<!non-)(?<!un)\b(?:consenting|willing|compliant) (?:child|children|minors?|girls?|boys?|child victims?)",
        "the offender's conduct",
        "A child cannot consent to abuse: describe what the offender did to bring it about.",
    ),
    Term(
        r"pa?edophiles?",
        "child sex offender, suspect",
        "The word is a diagnosis; most who offend against children have none. Say what the person did or is suspected of.",
        not_clinical,
    ),
    Term(
        r"juvenile sex(?:ual)? offenders?",
        "child who has displayed harmful sexual behaviour",
        "Who is under 18 is a child first, often one who was harmed.",
    ),
    Term(
        r"minor sex trafficking",
        "trafficking of children for sexual exploitation",
        "Read quickly it sounds like a small matter; say that it is about children.",
    ),
    Term(
        r"(?:clients?|customers?)",
        "offender",
        "Who pays for the abuse of a child is an offender; client and customer belong to trade.",
        of_a_child,
    ),
    Term(
        r"punters?",
        "offender who paid",
        "The word belongs to betting and trade; who pays for abuse is an offender.",
        of_a_child,
    ),
    Term(
        r"pimps?",
        "exploiter, trafficker",
        "The word sounds like a trade with a role; say that the person exploits others.",
    ),
)
"""The longer before the shorter that stands in it."""
SHAPE = (
    r"(?i:(?<![\w-])(?P<it>"
    + "|".join(f"(?P<t{place}>{term.avoid})" for place, term in enumerate(TERMS))
    + r")(?![\w-]))"
)
"""All at once; the group that holds the match says which."""
WHY = {term.suggest: term.why for term in TERMS}

_QUOTED = re.compile(
    r"\"[^\"\n]{1,600}\"|“[^”\n]{1,600}”|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»|‘[^’\n]{1,600}’|`[^`\n]{1,600}`"
    r"|(?m:^ {0,3}>[^\n]*$)"
)
_LAW_AHEAD = re.compile(
    r"\b(?:Protocols?|Conventions?|Directives?|Decisions?|Regulations?|Acts?|Laws?|Bill|Code|Treaty|Statute|Constitution|"
    r"Recommendation|Resolution|(?:[Aa]rticles?|[Ss]ections?|[Tt]itle|[Cc]hapters?|[Pp]aragraphs?|Art\.|Sec\.|§§?) ?\d)[^.;!?\n]{0,160}$"
)
_LAW_BEHIND = re.compile(
    r"(?:,? (?:[A-Z][\w-]*|and|of|or|the|in|on|for|to)){0,8} (?:Act|Law|Code|Bill|Statute|Ordinance|Convention|Protocol)\b"
)
_CAPITAL_BESIDE = re.compile(r"[A-Z][\w-]* (?:(?:and|of|against|the|for|on|to|in) ){0,2}$")
_CAPITAL_AFTER = re.compile(r" (?:(?:and|of|against|the|for|on|to|in) ){0,2}[A-Z]")
FARTHEST = 200


def term_of(match: re.Match[str]) -> Term | None:
    """Give the term that was met, or None where it is not the writer's or not meant so."""
    found = next(term for place, term in enumerate(TERMS) if match[f"t{place}"])
    return found if found.meant(match) and not is_in_a_name(match) else None


def quotations(text: str) -> list[tuple[int, int]]:
    """Give where the words of others stand in a text: quotations, code, and lines that begin with >."""
    return (
        [match.span() for match in _QUOTED.finditer(text)] if any(each in text for each in '"“„«‘`>') else []
    )


def is_in_a_name(match: re.Match[str]) -> bool:
    """Say whether a term stands in the title of a law or treaty, or in the name of an organisation."""
    start, end = match.span("it")
    ahead, behind = match.string[max(0, start - FARTHEST) : start], match.string[end : end + FARTHEST]
    if _LAW_AHEAD.search(ahead):
        return True
    words = match["it"].split()
    is_titled = len(words) > 1 and all(word[0].isupper() for word in words)
    return is_titled and bool(
        _LAW_BEHIND.match(behind) or _CAPITAL_BESIDE.search(ahead) or _CAPITAL_AFTER.match(behind)
    )
