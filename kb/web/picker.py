"""The picker: concepts to choose from by group, found by any label or synonym in any language."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from flask import request
from flask_babel import gettext as _

from kb.domain.concept import Concept, Scheme
from kb.services.concepts import has_words
from kb.web.forms.choices import Choice, ChoiceGroup
from kb.web.presenting import reader


class Picker(NamedTuple):
    """What a picker shows; `words` are those by which it was narrowed without JavaScript."""

    scheme: Scheme
    name: str
    """Of the field."""
    groups: tuple[ChoiceGroup, ...]
    chosen: frozenset[str] = frozenset()
    words: str = ""
    single: bool = False
    none: bool = False
    """Whether nothing may be chosen of a single choice."""
    find: str = "find"
    """The name of the box; a form with two pickers has two."""


def picker(
    scheme: Scheme,
    name: str,
    *,
    chosen: Collection[str] = (),
    without: Collection[str] = (),
    words: str = "",
    single: bool = False,
    none: bool = False,
    headings: bool = False,
) -> Picker:
    """Give the concepts of a scheme that are in use, but those in `without`; what is chosen stays, whatever the words are.

    Headings, under which something may be put, can be chosen only where that is asked for.
    """
    vocabulary, language = reader()
    known = {each.key: each for each in vocabulary.thesaurus.standing if each.scheme is scheme}
    standing = frozenset(vocabulary.standing(scheme, key) for key in chosen)

    def wanted(concept: Concept) -> bool:
        return concept.key not in without and (
            concept.key in standing or has_words(known[concept.key], words)
        )

    grouped = (
        ChoiceGroup(
            head.label(language) if head else "",
            tuple(
                Choice(each.key, each.label(language), _words(known[each.key]))
                for each in concepts
                if wanted(each)
            ),
        )
        for head, concepts in vocabulary.grouped(scheme, language)
    )
    heads = (each for each in vocabulary.members(scheme, language) if each.is_group and wanted(each))
    first = ChoiceGroup(_("Headings"), tuple(Choice(each.key, each.label(language)) for each in heads))
    offered = (*((first,) if headings else ()), *grouped)
    known_keys = {each.value for group in offered for each in group.choices}
    kept = tuple(
        Choice(key, vocabulary.label(scheme, key, language))
        for key in sorted(standing - known_keys)
        if vocabulary.get(scheme, key)
    )
    groups = (*offered, ChoiceGroup(_("Kept from before"), kept))
    return Picker(scheme, name, tuple(each for each in groups if each.choices), standing, words, single, none)


def picker_in_form(scheme: str, name: str, chosen: Collection[str]) -> Picker:
    """Give a picker among others of a form, narrowed by the words of its own box."""
    find = f"find-{name}"
    shown = picker(Scheme(scheme), name, chosen=chosen, words=request.form.get(find, ""))
    return shown._replace(find=find)


def _words(concept: Concept) -> str:
    return " ".join(word for labels in concept.labels for word in (labels.preferred, *labels.alternative))
