"""Who may do what, as one table; whether they may *see* it is the audience's business and is asked first."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kb.domain.account import OFFICER_ROLES, Account, Role
from kb.domain.errors import Forbidden, NotSignedIn


class Permission(StrEnum):
    """What can be allowed."""

    READ = "read"
    """Search, read and list what one's audience allows."""
    FOLLOW = "follow"
    """Keep searches of one's own, and be told what is new in them."""
    DISCUSS = "discuss"
    """Ask about what one may read, and answer."""
    MODERATE = "moderate"
    """Take a question or an answer out of view, with a reason."""
    SUBMIT = "submit"
    """Write a submission and send it in."""
    PROPOSE_CHANGE = "propose-change"
    """Write a change to a published case, for review."""
    EDIT_SUBMISSION = "edit-submission"
    """Change, submit or withdraw what is being written."""
    REVIEW = "review"
    """Read what waits for coordinators, and say what one thinks of it."""
    TAKE_SUBMISSION = "take-submission"
    """Take somebody else's submission into review."""
    DECIDE = "decide"
    """Publish, decline, send back or hand on the submission that one has taken."""
    COMMENT = "comment"
    """Talk about a submission in review."""
    RESOLVE = "resolve"
    """Say that a comment is dealt with, or take it up again."""
    NAME_CO_AUTHORS = "name-co-authors"
    """Let others write one's submission too."""
    TAG_CASE = "tag-case"
    """Change the tags of a published case at once."""
    RETIRE_CASE = "retire-case"
    """Retire or supersede a published case, take it from readers, or bring it back."""
    CONFIRM_CASE = "confirm-case"
    """Say that a published case is still true."""
    REMARK_CASE = "remark-case"
    """Widen or narrow the marking of a published case."""
    PROPOSE_CONCEPT = "propose-concept"
    """Propose a tag, which waits for a coordinator."""
    CURATE_CONCEPTS = "curate-concepts"
    """Create, rename, merge, split, place and retire tags, and decide about proposals."""
    WATCH_SEARCHES = "watch-searches"
    """See what was searched in vain, without who searched, and put it aside."""
    PROPOSE_PRACTICE = "propose-practice"
    """Propose a good practice for the register."""
    EDIT_PRACTICE = "edit-practice"
    """Change the words of a practice, and what it rests on."""
    ENDORSE_PRACTICE = "endorse-practice"
    """Stand for a practice that somebody else wrote."""
    RETIRE_PRACTICE = "retire-practice"
    """Retire a practice, or bring one back to be endorsed anew."""
    APPLY = "apply"
    """Say that one has applied a practice or a solution, and how it went."""
    EDIT_APPLICATION = "edit-application"
    """Correct or withdraw what one has said so."""
    ORGANISE_EVENT = "organise-event"
    """Announce an event."""
    EDIT_EVENT = "edit-event"
    """Change an event, its call and its workshop period, and see how its submissions stand."""
    KEEP_REFERENCE = "keep-reference"
    """Add, change, confirm and retire resources, instruments and the legislation of countries."""
    KEEP_ACCOUNTS = "keep-accounts"
    """Invite, disable and reset accounts."""
    READ_AUDIT = "read-audit"
    OPERATE = "operate"
    """Import in bulk, export everything, purge, rebuild: acts of who runs the machine."""


class Relation(StrEnum):
    """How the actor stands to a record."""

    AUTHOR = "author"
    """Who writes it, alone or with others."""
    FIRST_AUTHOR = "first-author"
    """Who began it."""
    REVIEWER = "reviewer"
    """The coordinator who has it in review."""
    COMMENTER = "commenter"
    """Who made the comment that it is about."""
    OWNER = "owner"
    """An officer of the organisation that owns it."""
    ORGANISER = "organiser"
    """A coordinator of the organisation that owns the event; of one that nobody owns, any coordinator."""


class Rule(NamedTuple):
    """Allowed for any of `roles`, or for an officer who stands in any of `relations`; never for `never`."""

    roles: frozenset[Role] = frozenset()
    relations: frozenset[Relation] = frozenset()
    never: frozenset[Relation] = frozenset()
    refusal: str = "Your role does not allow this."


RULES: dict[Permission, Rule] = {
    Permission.READ: Rule(
        OFFICER_ROLES, refusal="Reading needs an officer role; an administrator alone has none."
    ),
    Permission.FOLLOW: Rule(OFFICER_ROLES, refusal="Following a search needs an officer role."),
    Permission.DISCUSS: Rule(OFFICER_ROLES, refusal="Asking and answering need an officer role."),
    Permission.MODERATE: Rule(
        frozenset({Role.COORDINATOR}), refusal="Coordinators take questions and answers out of view."
    ),
    Permission.SUBMIT: Rule(OFFICER_ROLES, refusal="Submitting needs an officer role."),
    Permission.PROPOSE_CHANGE: Rule(
        relations=frozenset({Relation.OWNER}),
        refusal="A change is written by the owner's organisation: from submission on every coordinator may read it.",
    ),
    Permission.EDIT_SUBMISSION: Rule(
        relations=frozenset({Relation.AUTHOR}), refusal="Only its authors change a submission."
    ),
    Permission.REVIEW: Rule(
        frozenset({Role.COORDINATOR}),
        never=frozenset({Relation.AUTHOR}),
        refusal="A coordinator who did not write it reviews a submission.",
    ),
    Permission.TAKE_SUBMISSION: Rule(
        frozenset({Role.COORDINATOR}),
        never=frozenset({Relation.AUTHOR, Relation.REVIEWER}),
        refusal="A coordinator who did not write it, and does not have it already, takes a submission.",
    ),
    Permission.DECIDE: Rule(
        relations=frozenset({Relation.REVIEWER}),
        never=frozenset({Relation.AUTHOR}),
        refusal="The coordinator who took a submission decides about it. Take it first.",
    ),
    Permission.COMMENT: Rule(
        frozenset({Role.COORDINATOR}),
        frozenset({Relation.AUTHOR}),
        refusal="Its authors and coordinators comment on a submission.",
    ),
    Permission.RESOLVE: Rule(
        relations=frozenset({Relation.COMMENTER, Relation.REVIEWER}),
        refusal="Who made a comment, or the coordinator who has the submission, resolves it.",
    ),
    Permission.NAME_CO_AUTHORS: Rule(
        relations=frozenset({Relation.FIRST_AUTHOR}),
        refusal="Only who began a submission names its co-authors.",
    ),
    Permission.TAG_CASE: Rule(
        frozenset({Role.COORDINATOR}),
        frozenset({Relation.OWNER}),
        refusal="The owner's organisation and coordinators change the tags of a published case.",
    ),
    Permission.RETIRE_CASE: Rule(
        frozenset({Role.COORDINATOR}),
        frozenset({Relation.OWNER}),
        refusal="The owner's organisation and coordinators retire a case.",
    ),
    Permission.CONFIRM_CASE: Rule(
        relations=frozenset({Relation.OWNER}),
        refusal="The owner's organisation says that a case is still true.",
    ),
    Permission.REMARK_CASE: Rule(
        relations=frozenset({Relation.OWNER}), refusal="Only the owner's organisation changes the marking."
    ),
    Permission.PROPOSE_CONCEPT: Rule(OFFICER_ROLES, refusal="Proposing a tag needs an officer role."),
    Permission.CURATE_CONCEPTS: Rule(
        frozenset({Role.COORDINATOR, Role.OPERATOR}), refusal="Coordinators curate the tags."
    ),
    Permission.WATCH_SEARCHES: Rule(
        frozenset({Role.COORDINATOR}), refusal="Coordinators watch what was searched in vain."
    ),
    Permission.PROPOSE_PRACTICE: Rule(
        OFFICER_ROLES, refusal="Proposing a good practice needs an officer role."
    ),
    Permission.EDIT_PRACTICE: Rule(
        frozenset({Role.COORDINATOR}),
        frozenset({Relation.AUTHOR}),
        refusal="Coordinators change a practice; who proposed it does until it is endorsed.",
    ),
    Permission.ENDORSE_PRACTICE: Rule(
        frozenset({Role.COORDINATOR}),
        never=frozenset({Relation.AUTHOR}),
        refusal="A coordinator who did not write it endorses a practice.",
    ),
    Permission.RETIRE_PRACTICE: Rule(
        frozenset({Role.COORDINATOR}),
        frozenset({Relation.OWNER}),
        refusal="The owner's organisation and coordinators retire a practice.",
    ),
    Permission.APPLY: Rule(OFFICER_ROLES, refusal="Saying that you applied it needs an officer role."),
    Permission.EDIT_APPLICATION: Rule(
        relations=frozenset({Relation.AUTHOR}), refusal="Only who said so corrects or withdraws it."
    ),
    Permission.ORGANISE_EVENT: Rule(frozenset({Role.COORDINATOR}), refusal="Coordinators announce events."),
    Permission.EDIT_EVENT: Rule(
        relations=frozenset({Relation.ORGANISER}),
        refusal="Coordinators of the organisation that owns an event organise it.",
    ),
    Permission.KEEP_REFERENCE: Rule(
        frozenset({Role.COORDINATOR}),
        refusal="Coordinators keep the resources, the instruments and the legislation.",
    ),
    Permission.KEEP_ACCOUNTS: Rule(
        frozenset({Role.ADMINISTRATOR, Role.OPERATOR}), refusal="Administrators keep the accounts."
    ),
    Permission.READ_AUDIT: Rule(
        frozenset({Role.ADMINISTRATOR, Role.OPERATOR}), refusal="Administrators read the audit log."
    ),
    Permission.OPERATE: Rule(
        frozenset({Role.OPERATOR}), refusal="This is done at the server's command line."
    ),
}


def permits(actor: Account | None, permission: Permission, *relations: Relation) -> bool:
    """Say whether `actor`, who stands in `relations` to the record, may do this."""
    if actor is None or not actor.active:
        return False
    rule = RULES[permission]
    if not rule.never.isdisjoint(relations):
        return False
    if Role.OPERATOR in actor.roles and permission is Permission.READ:
        return True
    by_role = not rule.roles.isdisjoint(actor.roles)
    return by_role or (actor.is_officer and not rule.relations.isdisjoint(relations))


def demand(actor: Account | None, permission: Permission, *relations: Relation) -> Account:
    """Give the actor back where `permits`; raises NotSignedIn or Forbidden with the sentence of the rule."""
    if actor is None or not actor.active:
        raise NotSignedIn
    if not permits(actor, permission, *relations):
        raise Forbidden(RULES[permission].refusal)
    return actor
