"""Following a concept, a practice or a country: the buttons for it, and the feed of all that one follows."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.country import CODES
from kb.domain.errors import NotFound
from kb.domain.follow import Followed, Target, concept_name
from kb.services.follows import FollowedThing
from kb.web.country import country_name
from kb.web.current import current_account, services

pages = Blueprint("follows", __name__, url_prefix="/follows")


@pages.app_template_global("follows")
def follows(kind: str, identifier: str) -> bool:
    """Say whether the account follows it."""
    return services().follows.follows(current_account(), Target(Followed(kind), identifier))


@pages.app_template_global("followed_name")
def name_of(thing: FollowedThing) -> str:
    """Give what a followed thing is called."""
    if thing.concept:
        return thing.concept.label(current_account().language)
    return thing.practice.title if thing.practice else country_name(thing.target.id)


@pages.app_template_global("followed_address")
def address_of(target: Target) -> str:
    """Give where a followed thing is read: its own page, of a country the search by it."""
    if target.kind is Followed.PRACTICE:
        return url_for("practices.show", identifier=target.id)
    if name := concept_name(target):
        return url_for("tags.show", scheme=name[0].value, key=name[1])
    return url_for("search.index", country=target.id)


@pages.app_template_global("followable")
def followable(kind: str, identifier: str) -> bool:
    """Say whether there is anything to be told of it: of a scheme that no record bears, or a code that is none, there is not."""
    target = Target(Followed(kind), identifier)
    named = {Followed.CONCEPT: concept_name(target) is not None, Followed.COUNTRY: identifier in CODES}
    return named.get(target.kind, True)


@pages.post("")
def create() -> ResponseReturnValue:
    """Follow something, and go back to its page."""
    thing = services().follows.follow(current_account(), _target())
    flash(_("You follow “%(name)s” now. What is new comes into your inbox.", name=name_of(thing)), "success")
    return redirect(address_of(thing.target))


@pages.post("/stop")
def stop() -> ResponseReturnValue:
    """Follow something no more."""
    services().follows.stop(current_account(), _target())
    flash(_("You do not follow it any more."), "success")
    return redirect(url_for("saved.index", _anchor="follows"))


@pages.post("/feed")
def make_feed() -> ResponseReturnValue:
    """Make the feed of all that one follows, in place of an earlier one, and show its address, once."""
    key = services().follows.make_feed(current_account())
    address = f"{current_app.config['KB_ADDRESS']}{url_for('feeds.show', key=key)}"
    return render_template("saved/feed.html", name=_("What you follow"), anchor="follows", address=address)


@pages.post("/feed/revoke")
def revoke_feed() -> ResponseReturnValue:
    """Let nobody read that feed any more."""
    services().follows.revoke_feed(current_account())
    flash(_("The feed is revoked: its address leads nowhere any more."), "success")
    return redirect(url_for("saved.index", _anchor="follows"))


def _target() -> Target:
    """Read what is meant; what is none of the kinds leads nowhere."""
    kind = next((each for each in Followed if each == request.form.get("kind")), None)
    if kind is None:
        raise NotFound
    return Target(kind, request.form.get("id", "")[:200])
