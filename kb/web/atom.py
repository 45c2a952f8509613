"""Atom (RFC 4287): feeds as XML, written by the standard library, so that no title can be anything but text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from uuid import NAMESPACE_OID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from flask_babel import gettext as _

from kb.services.feeds import Feed, FeedEntry

NAMESPACE = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/atom+xml"
AUTHOR = "Casebook"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, even escaped (XML 1.0, 2.2)."""


def atom(feed: Feed, *, address: str, address_of: Callable[[FeedEntry], str], language: str) -> bytes:
    """Give the document. `address` is the feed's own, `address_of` gives an entry's page; both are whole addresses."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _add(root, "id", _id(feed.search))
    _add(root, "title", f"{AUTHOR}: {feed.name}")
    _add(root, "updated", _moment(feed.updated))
    _add(SubElement(root, "author"), "name", AUTHOR)
    SubElement(root, "link", {"rel": "self", "type": MIMETYPE, "href": address})
    for entry in feed.entries:
        _add_entry(SubElement(root, "entry"), feed, entry, address_of(entry))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(element: Element, feed: Feed, entry: FeedEntry, address: str) -> None:
    title = _("[Example] %(title)s", title=entry.title) if entry.illustrative else entry.title
    _add(element, "id", _id(feed.search, entry.id))
    _add(element, "title", title)
    _add(element, "updated", _moment(entry.updated))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": address})


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


def _id(*parts: str) -> str:
    """Give a name that stays the same for good and tells nothing: a digest of random ids."""
    return uuid5(NAMESPACE_OID, " ".join(parts)).urn


def _moment(time: dt.datetime) -> str:
    """Give a time as RFC 3339 writes it, in UTC."""
    return time.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
