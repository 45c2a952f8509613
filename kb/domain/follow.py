"""Follows: a concept, a practice or a country of which somebody wants to be told what is new.

What is told is what a search by the concept or country would newly find, for this follower, in the form shown to them: so a case whose country
is withheld is told to nobody as one of it, and a concept that was merged into another, or is broader, stands for all that search finds by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from kb.domain.account import Account
from kb.domain.application import Application, ApplicationStatus
from kb.domain.concept import Scheme, concept_id
from kb.domain.identifier import Identifier
from kb.domain.lexicon import BORNE
from kb.domain.marking import Viewer
from kb.domain.notice import Notice, Told
from kb.domain.permission import Permission, permits
from kb.domain.practice import Practice
from kb.domain.query import Filter, SearchRequest
from kb.domain.record import Kind
from kb.domain.record_units import group_of, units_in
from kb.domain.revision import Body, Header, RecordRef, Revision
from kb.domain.text import Value
from kb.domain.thesaurus import Thesaurus
from kb.domain.unit import LESSON_KINDS, ORIGIN_FACETS, Facet, SearchUnit
from kb.domain.workflow import Action

MOST_FOLLOWS = 100
"""Per account: more than anybody reads about."""


class Followed(StrEnum):
    """What can be followed."""

    CONCEPT = "concept"
    PRACTICE = "practice"
    COUNTRY = "country"


class Target(NamedTuple):
    """One thing that is followed: a concept or practice by its record's id, a country by its code."""

    kind: Followed
    id: str


class Follow(Value):
    """That an account follows something."""

    account: Identifier
    target: Target
    since: dt.datetime


class Scene(NamedTuple):
    """What an act is weighed against."""

    before: Body | None
    """The text that it changed."""
    subject: Body | None
    """What must exist for who is told: the text itself, of an application the practice, as it is now."""
    thesaurus: Thesaurus


FACET_OF: Mapping[Scheme, Facet] = {scheme: facet for facet, scheme in reversed(BORNE.items())}
"""The facet by which units that bear a concept of a scheme are found; of other schemes nothing can be followed."""
TOLD_KINDS = frozenset({Kind.CASE_STUDY, Kind.PRACTICE, Kind.APPLICATION})
SILENT = frozenset({Action.IMPORT, Action.CONFIRM})
"""Acts of which followers are not told: many texts at once, and that nothing has changed."""


def tells_followers(header: Header) -> bool:
    """Say whether followers may be told of such an act."""
    return header.kind in TOLD_KINDS and header.action not in SILENT


def targets_of(revision: Revision, thesaurus: Thesaurus) -> frozenset[Target]:
    """Give everything whose followers an act may concern, whoever they are."""
    body, own = revision.body, set[Target]()
    if isinstance(body, Practice):
        own.add(Target(Followed.PRACTICE, revision.ref.id))
    if isinstance(body, Application) and body.practice:
        own.add(Target(Followed.PRACTICE, body.practice))
    by_units = (_targets(unit.facets, thesaurus) for unit in _units(revision, body))
    return frozenset(own.union(*by_units))


def concept_name(target: Target) -> tuple[Scheme, str] | None:
    """Give the scheme and key of a concept that units can bear; None for what is no such concept."""
    scheme, _, key = target.id.partition(".")
    known = next((each for each in FACET_OF if each == scheme), None)
    return (known, key) if target.kind is Followed.CONCEPT and known else None


def standing_target(target: Target, thesaurus: Thesaurus) -> Target:
    """Give what stands for something that was followed: most is itself, what was merged is another concept."""
    name = concept_name(target)
    if name is None:
        return target
    return Target(Followed.CONCEPT, concept_id(name[0], thesaurus.replacements.of(*name)))


def search_of(target: Target, thesaurus: Thesaurus) -> SearchRequest | None:
    """Give the search that finds what is followed; None for what is no concept that units can bear."""
    if target.kind is Followed.PRACTICE:
        return SearchRequest(cases=frozenset({group_of(RecordRef(kind=Kind.PRACTICE, id=target.id))}))
    if target.kind is Followed.COUNTRY:
        return _filtered(Facet.COUNTRY, {target.id})
    name = concept_name(standing_target(target, thesaurus))
    if name is None:
        return None
    scheme, key = name
    narrower = {
        each.key
        for each in thesaurus
        if each.scheme is scheme and key in thesaurus.ancestors(scheme, each.key)
    }
    return _filtered(FACET_OF[scheme], {key, *narrower})


def _filtered(facet: Facet, values: Iterable[str]) -> SearchRequest:
    return SearchRequest(filters=(Filter(facet=facet, values=frozenset(values)),))


def notices_to_follower(
    revision: Revision,
    scene: Scene,
    follower: Account,
    wanted: frozenset[Target],
) -> Iterator[Notice]:
    """Give what a follower of these is told of an act: one notice at most, and none of what they did themselves."""
    header, viewer = revision.header, follower.viewer
    if header.saved_by == follower.id or not permits(follower, Permission.FOLLOW):
        return
    if not all(body is not None and viewer.sees(body.readers) for body in (revision.body, scene.subject)):
        return
    if told := _told(revision, scene, viewer, wanted):
        act, lesson = told
        yield Notice(
            key=f"{header.ref}/{header.revision}",
            account=follower.id,
            at=header.saved_at,
            act=act,
            subject=header.ref,
            lesson=lesson,
        )


def _told(
    revision: Revision, scene: Scene, viewer: Viewer, wanted: frozenset[Target]
) -> tuple[Told, str] | None:
    """Give what is told, and of which lesson where it is of one alone."""
    body = revision.body
    if isinstance(body, Application):
        new = revision.number == 1 and body.status is ApplicationStatus.STANDING
        return (Told.APPLIED, "") if new else None
    if Target(Followed.PRACTICE, revision.ref.id) in wanted and isinstance(body, Practice):
        return Told.PRACTICE_CHANGED, ""
    known = _found(_units(revision, scene.before), scene, viewer, wanted).keys()
    now = _found(_units(revision, body), scene, viewer, wanted)
    fresh = [unit for name, unit in now.items() if name not in known]
    lessons = [unit.id.partition("/")[2] for unit in fresh if unit.kind in LESSON_KINDS]
    return (Told.FOLLOWED, lessons[0] if len(lessons) == 1 else "") if fresh else None


def _found(
    units: Iterable[SearchUnit], scene: Scene, viewer: Viewer, wanted: frozenset[Target]
) -> Mapping[str, SearchUnit]:
    """Give by id the units that searches by what is wanted find for a viewer."""
    return {
        unit.id: unit
        for unit in units
        if viewer.sees(unit.readers)
        and not wanted.isdisjoint(_targets(_shown(unit, viewer), scene.thesaurus))
    }


def _shown(unit: SearchUnit, viewer: Viewer) -> Iterable[tuple[Facet, str]]:
    """Give the facets of a unit as a viewer may know them."""
    known = not unit.chatham_house or (unit.owner is not None and viewer.organisation == unit.owner)
    return (pair for pair in unit.facets if known or pair[0] not in ORIGIN_FACETS)


def _units(revision: Revision, body: Body | None) -> tuple[SearchUnit, ...]:
    return units_in(revision.ref, revision.number, body) if body else ()


def _targets(facets: Iterable[tuple[Facet, str]], thesaurus: Thesaurus) -> frozenset[Target]:
    return frozenset(target for facet, value in facets for target in _by_value(facet, value, thesaurus))


def _by_value(facet: Facet, value: str, thesaurus: Thesaurus) -> Iterator[Target]:
    """Give what a value is of: a country; a concept with all that are broader, and all that were merged into these."""
    if facet is Facet.COUNTRY:
        yield Target(Followed.COUNTRY, value)
    if scheme := BORNE.get(facet):
        key = thesaurus.replacements.of(scheme, value)
        for each in (key, *thesaurus.ancestors(scheme, key)):
            merged = (concept.key for concept in thesaurus.merged_into(scheme, each))
            for name in (each, *merged):
                yield Target(Followed.CONCEPT, concept_id(scheme, name))
