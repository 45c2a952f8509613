"""What coordinators do to a concept, as pure functions from one text of it to the next, and how one such act is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.domain.checks import objections
from kb.domain.concept import UNADOPTED, Concept, ConceptStatus, Labels
from kb.domain.errors import Invalid, WrongState
from kb.domain.text import normal_line
from kb.domain.thesaurus import compared

Fact = tuple[str, ...]
"""The path of one thing that a concept says: `definition`, or `labels`, language, `alternative`, word."""

_LABELS, _RELATED = "labels", "related"
_PREFERRED, _ALTERNATIVE = "preferred", "alternative"
_PLAIN = tuple(name for name in Concept.model_fields if name not in {"scheme", "key", _LABELS, _RELATED})


def worded(concept: Concept, words: Iterable[Labels], definition: str) -> Concept:
    """Give the concept with other words in the languages of `words`; preferred labels of before stay as synonyms.

    One that the checks block goes: it came in before they looked, and is being mended.
    A language whose preferred label is left empty is left out; raises Invalid where that is English.
    """
    labels = {each.language: each for each in concept.labels}
    for each in words:
        before = labels.pop(each.language, None)
        if normal_line(each.preferred):
            former = (before.preferred,) if before and not objections(before.preferred) else ()
            labels[each.language] = sound(each, former)
        elif any(map(normal_line, each.alternative)):
            raise Invalid(
                (f"preferred_{each.language}", "Give the language a preferred label, or no synonyms either.")
            )
    if "en" not in labels:
        raise Invalid(("label", "Give the tag a name."))
    order = [each.language for each in concept.labels]
    ordered = sorted(
        labels.values(),
        key=lambda each: order.index(each.language) if each.language in order else len(order),
    )
    return _changed(concept, labels=tuple(ordered), definition=definition)


def sound(labels: Labels, former: Iterable[str] = ()) -> Labels:
    """Give the labels of one language with each word once, `former` among the synonyms (SKOS S13)."""
    preferred = normal_line(labels.preferred)
    words = {compared(word): normal_line(word) for word in (*former, *labels.alternative)}
    kept = {compared(word): words[compared(word)] for word in (*labels.alternative, *former)}
    alternative = tuple(word for form, word in kept.items() if form and form != compared(preferred))
    return Labels(language=labels.language, preferred=preferred, alternative=alternative)


class WordChange(NamedTuple):
    """What becomes of the words of a concept in one language; a label that is empty is none."""

    language: str
    before: str
    after: str
    gained: tuple[str, ...] = ()
    """Synonyms that it did not have."""
    lost: tuple[str, ...] = ()


def word_changes(before: Concept, after: Concept) -> Iterator[WordChange]:
    """Give the languages in which a concept gets other words, for who looks before it does."""
    one, two = ({each.language: each for each in concept.labels} for concept in (before, after))
    for language in {**one, **two}:
        nothing = Labels(language=language, preferred="")
        was, becomes = one.get(language, nothing), two.get(language, nothing)
        change = WordChange(
            language,
            was.preferred,
            becomes.preferred,
            tuple(word for word in becomes.alternative if word not in was.alternative),
            tuple(word for word in was.alternative if word not in becomes.alternative),
        )
        if change[1:] != (was.preferred, was.preferred, (), ()):
            yield change


def retired(concept: Concept, reason: str) -> Concept:
    """Give the concept as one that is no longer offered."""
    if concept.status is ConceptStatus.RETIRED:
        raise WrongState("It is retired already. Reload the page.")
    _demand_in_scheme(concept)
    return _changed(concept, status=ConceptStatus.RETIRED, status_reason=_needed(reason, _RETIRED))


def reinstated(concept: Concept) -> Concept:
    """Give a retired concept as one that is offered again, in its own right."""
    if concept.status is not ConceptStatus.RETIRED:
        raise WrongState("It is not retired. Reload the page.")
    return _changed(concept, status=ConceptStatus.ADOPTED, status_reason="", replaced_by=None)


def merged(concept: Concept, into: Concept, reason: str) -> Concept:
    """Give the concept as one for which another stands from now on."""
    _demand_in_scheme(concept)
    if concept.replaced_by is not None:
        raise WrongState("It is merged into another already. Reload the page.")
    if into.key == concept.key or into.scheme is not concept.scheme:
        raise Invalid(("into", "Choose another one of the same vocabulary."))
    if into.status is not ConceptStatus.ADOPTED:
        raise Invalid(("into", "Choose one that is in use: this one is not offered."))
    if concept.is_group or into.is_group:
        raise Invalid(("into", "A heading is never put on a lesson, so it is not merged."))
    return _changed(
        concept,
        status=ConceptStatus.RETIRED,
        status_reason=_needed(reason, _MERGED),
        replaced_by=into.key,
    )


def placed(concept: Concept, broader: Concept | None) -> Concept:
    """Give the concept under a broader one, or under none."""
    _demand_in_scheme(concept)
    if broader and (broader.scheme is not concept.scheme or broader.status is not ConceptStatus.ADOPTED):
        raise Invalid(("broader", "Choose one of the same vocabulary that is in use."))
    key = broader.key if broader else None
    if key == concept.broader:
        raise WrongState("It stands there already. Nothing was changed.")
    return _changed(concept, broader=key)


def adopted(concept: Concept) -> Concept:
    """Give a proposal as a concept of its scheme; who proposed it is told nowhere from now on."""
    _demand_proposal(concept)
    return _changed(concept, status=ConceptStatus.ADOPTED, status_reason="", proposer=None)


def refused(concept: Concept, reason: str) -> Concept:
    """Give a proposal as one that was not adopted, with the reason for its proposer."""
    _demand_proposal(concept)
    return _changed(concept, status=ConceptStatus.REFUSED, status_reason=_needed(reason, _REFUSED))


def taken_back(before: Concept, after: Concept, now: Concept) -> Concept:
    """Give `now` without what changed from `before` to `after`, and with everything that came since.

    Raises Invalid, naming what was changed again since: whoever takes back decides about nobody else's act.
    """
    if now == after:
        return before
    was, became, stands = facts_of(before), facts_of(after), facts_of(now)
    changed = [path for path in was.keys() | became.keys() if was.get(path) != became.get(path)]
    again = sorted(path for path in changed if stands.get(path) != became.get(path))
    if again:
        raise Invalid(*(("undo", CHANGED_SINCE[_family(path)]) for path in dict.fromkeys(again)))
    kept = {path: value for path, value in stands.items() if path not in changed}
    restored = _concept_of({**kept, **{path: was[path] for path in changed if path in was}}, before, now)
    if restored is None:
        raise Invalid(("undo", CHANGED_SINCE[_LABELS]))
    return restored


CHANGED_SINCE: Mapping[str, str] = {
    _LABELS: "Its words were changed again since. Change them by hand.",
    _RELATED: "What it is related to was changed again since.",
    "definition": "Its definition was changed again since. Change it by hand.",
    "broader": "It was put elsewhere since. Take that back first.",
    "replaced_by": "What stands for it was changed again since. Take that back first.",
    "status": "Whether it is offered was changed again since. Take that back first.",
    "other": "It was changed again since. Take the later change back first.",
}
"""Why an act cannot be taken back, by the family of what was changed again."""


def facts_of(concept: Concept) -> Mapping[Fact, object]:
    """Give everything that a concept says, in pieces that can change one by one."""
    facts: dict[Fact, object] = {
        (name,): value for name in _PLAIN if (value := getattr(concept, name)) not in (None, "", ())
    }
    facts |= {(_RELATED, key): True for key in concept.related}
    for labels in concept.labels:
        facts[_LABELS, labels.language, _PREFERRED] = labels.preferred
        facts |= {(_LABELS, labels.language, _ALTERNATIVE, word): True for word in labels.alternative}
    return facts


def _concept_of(facts: Mapping[Fact, object], *orders: Concept) -> Concept | None:
    """Put a concept together again, words in the order in which `orders` have them; None where a language has no label."""
    order = [labels for concept in orders for labels in concept.labels]
    languages = dict.fromkeys(path[1] for path in facts if path[0] == _LABELS)
    known = dict.fromkeys(each.language for each in order if each.language in languages)
    labels = []
    for language in known:
        preferred = facts.get((_LABELS, language, _PREFERRED))
        if preferred is None:
            return None
        words = dict.fromkeys(
            word for each in order if each.language == language for word in each.alternative
        )
        alternative = tuple(word for word in words if (_LABELS, language, _ALTERNATIVE, word) in facts)
        labels.append({"language": language, "preferred": preferred, "alternative": alternative})
    related = dict.fromkeys(key for concept in orders for key in concept.related)
    plain = {path[0]: value for path, value in facts.items() if len(path) == 1}
    return Concept.model_validate({
        **plain,
        "scheme": orders[0].scheme,
        "key": orders[0].key,
        "labels": labels,
        "related": tuple(key for key in related if (_RELATED, key) in facts),
    })  # fmt: skip


def _family(path: Fact) -> str:
    name = "status" if path[0].startswith("status") else path[0]
    return name if name in CHANGED_SINCE else "other"


def _changed(concept: Concept, **update: object) -> Concept:
    return Concept.model_validate({**dict(concept), **update})


def _demand_in_scheme(concept: Concept) -> None:
    if concept.status in UNADOPTED:
        raise WrongState("It is a proposal. Adopt or refuse it first.")


def _demand_proposal(concept: Concept) -> None:
    if concept.status is not ConceptStatus.PROPOSED:
        raise WrongState("It does not wait for a decision any more. Reload the page.")


_RETIRED = "Say why it is retired, so that others do not bring it back."
_MERGED = "Say why they are one, so that others can judge it later."
_REFUSED = "Say why, so that the proposer knows what to use instead."


def _needed(reason: str, sentence: str) -> str:
    if not normal_line(reason):
        raise Invalid(("reason", sentence))
    return reason
