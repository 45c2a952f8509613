"""Questions in SQL. Who may see what is part of every statement, never a filter afterwards.

Lists of tokens, kinds and statuses travel as one JSON parameter each, so that a statement's text depends on which
questions are asked alone, and SQLite can keep it prepared.
"""
# ruff: noqa: S608 - statements are joined of this module's constants; every value travels as a parameter

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.adapters.catalogue.schema import sortable
from kb.domain.entry import Listing, Order
from kb.domain.marking import Viewer, of_account
from kb.domain.record import Kind
from kb.domain.revision import RecordRef

Parameters = Mapping[str, str | int | None]

VISIBLE = """EXISTS (
    SELECT 1 FROM reader AS r WHERE r.entry = e.id AND r.token IN (SELECT value FROM json_each(:tokens)))"""
ORIGIN_KNOWN = """(e.chatham_house = 0 OR e.owner = :organisation OR e.kind = 'submission' AND EXISTS (
    SELECT 1 FROM author AS a WHERE a.entry = e.id AND a.token IN (SELECT value FROM json_each(:tokens))))"""
"""Under the Chatham House flag a question about origin finds nothing for those who are not told the origin."""

CONDITIONS: dict[str, str] = {
    "only_kind": "e.kind = :only_kind",
    "kinds": "e.kind IN (SELECT value FROM json_each(:kinds))",
    "only_status": "e.status = :only_status",
    "statuses": "e.status IN (SELECT value FROM json_each(:statuses))",
    "reviewer": "e.reviewer = :reviewer",
    "target": "e.target = :target",
    "targets": "e.target IN (SELECT value FROM json_each(:targets))",
    "naming": "e.id IN (SELECT n.entry FROM named AS n WHERE n.record = :naming)",
    "review_from": "e.review_by >= :review_from",
    "review_until": "e.review_by <= :review_until",
    "changed_since": "e.saved_at >= :changed_since",
}
ORIGIN_CONDITIONS: dict[str, str] = {
    "author": "EXISTS (SELECT 1 FROM author AS w WHERE w.entry = e.id AND w.token = :author)",
    "owner": "e.owner = :owner",
    "event": "e.event = :event",
    "source_key": "e.source_key = :source_key",
}
"""Asked of the form shown to the viewer."""

ORDERS: dict[Order, str] = {
    Order.NEWEST: "e.created_at DESC, e.kind, e.record",
    Order.CHANGED: "e.saved_at DESC, e.kind, e.record",
    Order.OLDEST: "e.saved_at, e.kind, e.record",
    Order.TITLE: "e.title_key, e.kind, e.record",
    Order.REVIEW: "e.review_by IS NULL, e.review_by, e.kind, e.record",
}

HAS_UNITS = "EXISTS (SELECT 1 FROM unit AS u WHERE u.entry = e.id)"
CREATED_AT = "SELECT created_at FROM entry WHERE kind = :kind AND record = :record"
MANIFEST = "SELECT kind, record, revision FROM entry"
UNITS_MANIFEST = f"SELECT kind, record, revision FROM entry AS e WHERE {HAS_UNITS}"
STAMP = "SELECT number FROM stamp WHERE kind = :kind"
DIGESTS = "SELECT kind, record, revision, digest FROM entry ORDER BY kind, record"
AMONG = """(e.kind, e.record) IN (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:refs))"""
UNITS_OF = """
    SELECT u.entry, u.document FROM unit AS u
    WHERE u.entry IN (SELECT value FROM json_each(:entries)) ORDER BY u.entry, u.position"""


class Question(NamedTuple):
    """A statement and its parameters."""

    statement: str
    parameters: Parameters


def one(viewer: Viewer, ref: RecordRef) -> Question:
    """Ask for one entry."""
    where = f"e.kind = :kind AND e.record = :record AND {_visible(viewer)}"
    parameters = {**_who(viewer), "kind": ref.kind.value, "record": ref.id}
    return Question(f"SELECT e.document FROM entry AS e WHERE {where}", parameters)


def several(viewer: Viewer, refs: Iterable[RecordRef]) -> Question:
    """Ask for those of these entries that the viewer may see."""
    where = f"{AMONG} AND {_visible(viewer)}"
    return Question(f"SELECT e.document FROM entry AS e WHERE {where}", {**_who(viewer), **_among(refs)})


def versions(refs: Iterable[RecordRef] | None) -> Question:
    """Ask of which version the records are that have units: all, or these."""
    where, parameters = _searched(refs)
    return Question(
        f"SELECT e.kind, e.record, e.revision, e.digest FROM entry AS e WHERE {where}", parameters
    )


def with_units(refs: Iterable[RecordRef] | None, after: tuple[str, str], limit: int) -> Question:
    """Ask for a batch of the entries that have units, all or these, that come after a kind and id."""
    where, parameters = _searched(refs)
    statement = f"""
        SELECT e.kind, e.record, e.id, e.document FROM entry AS e WHERE (e.kind, e.record) > (:kind, :record) AND {where}
        ORDER BY e.kind, e.record LIMIT :limit"""
    return Question(statement, {**parameters, "kind": after[0], "record": after[1], "limit": limit})


def _searched(refs: Iterable[RecordRef] | None) -> tuple[str, Parameters]:
    return (HAS_UNITS, {}) if refs is None else (f"{AMONG} AND {HAS_UNITS}", _among(refs))


def _among(refs: Iterable[RecordRef]) -> Parameters:
    return {"refs": json.dumps([[ref.kind.value, ref.id] for ref in refs])}


def hiding(viewer: Viewer, ref: RecordRef, revision: int) -> Question:
    """Ask whether there is an entry of this revision that the viewer may not see."""
    where = f"e.kind = :kind AND e.record = :record AND e.revision = :revision AND NOT {_visible(viewer)}"
    named = {"kind": ref.kind.value, "record": ref.id, "revision": revision}
    return Question(f"SELECT 1 FROM entry AS e WHERE {where}", {**_who(viewer), **named})


def fitting(listing: Listing) -> Question:
    """Ask for the entries of a listing, in its order."""
    return _in_order("e.document", listing)


def times_of_fitting(listing: Listing) -> Question:
    """Ask when the entries of a listing were last saved, in its order."""
    return _in_order("e.kind, e.record, e.saved_at", listing)


def number_fitting(listing: Listing) -> Question:
    """Ask how many entries a listing has, whatever its limit and offset."""
    where, parameters = _conditions(listing)
    return Question(f"SELECT count(*) FROM entry AS e WHERE {where}", parameters)


def _in_order(columns: str, listing: Listing) -> Question:
    where, parameters = _conditions(listing)
    statement = f"""
        SELECT {columns} FROM entry AS e WHERE {where} ORDER BY {ORDERS[listing.order]} LIMIT :limit OFFSET :offset"""
    return Question(statement, {**parameters, "limit": listing.limit or -1, "offset": listing.offset})


def _visible(viewer: Viewer) -> str:
    return "1" if viewer.unrestricted else VISIBLE


def _who(viewer: Viewer) -> Parameters:
    return {"tokens": json.dumps(sorted(viewer.tokens)), "organisation": viewer.organisation}


def _conditions(listing: Listing) -> tuple[str, Parameters]:
    asked = _asked(listing)
    conditions = [_visible(listing.viewer), *(CONDITIONS[name] for name in asked if name in CONDITIONS)]
    about_origin = [ORIGIN_CONDITIONS[name] for name in asked if name in ORIGIN_CONDITIONS]
    if about_origin and not listing.viewer.unrestricted:
        about_origin.append(ORIGIN_KNOWN)
    return " AND ".join((*conditions, *about_origin)), {**_who(listing.viewer), **asked}


def _asked(listing: Listing) -> dict[str, str]:
    given = {
        **_any_of("kind", "kinds", listing.kinds),
        **_any_of("status", "statuses", listing.statuses),
        "reviewer": listing.reviewer,
        "target": listing.target,
        "targets": json.dumps(sorted(listing.targets)) if listing.targets else None,
        "naming": listing.naming,
        "author": of_account(listing.author) if listing.author else None,
        "owner": listing.owner,
        "event": listing.event,
        "source_key": listing.source_key,
        "review_from": listing.review_from.isoformat() if listing.review_from else None,
        "review_until": listing.review_until.isoformat() if listing.review_until else None,
        "changed_since": sortable(listing.changed_since) if listing.changed_since else None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _any_of(one: str, several: str, values: frozenset[str] | frozenset[Kind]) -> dict[str, str]:
    """Ask for any of these values; a single one by equality, so that an index can give its entries in their order."""
    if len(values) == 1:
        return {f"only_{one}": str(*values)}
    return {several: json.dumps(sorted(values))} if values else {}
