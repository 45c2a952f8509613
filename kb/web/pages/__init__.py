"""Pages, one module and one template folder per noun.

Law: views of up to 25 lines without try; what a page shows comes from one service call under the acting account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.web.pages import (
    account,
    accounts_admin,
    across,
    applications,
    audit,
    case_acts,
    cases,
    changes,
    difficulties,
    discussions,
    documents,
    events,
    feeds,
    home,
    hygiene,
    inbox,
    instruments,
    legislation,
    lessons,
    mail,
    organisations,
    practices,
    profile,
    reference,
    resources,
    retag,
    review_comments,
    reviews,
    saved,
    search,
    second_factor,
    still_true,
    submissions,
    tag_acts,
    tag_operations,
    tags,
    thesaurus,
    vain_searches,
    workshops,
    writing,
)
from kb.web.pages import (
    help as helping,
)

if TYPE_CHECKING:
    from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.pages,
    search.pages,
    retag.pages,
    saved.pages,
    feeds.pages,
    inbox.pages,
    still_true.pages,
    cases.pages,
    case_acts.pages,
    lessons.pages,
    discussions.pages,
    practices.pages,
    applications.pages,
    tags.pages,
    tag_acts.pages,
    tag_operations.pages,
    thesaurus.pages,
    hygiene.pages,
    across.pages,
    difficulties.pages,
    events.pages,
    workshops.pages,
    resources.pages,
    instruments.pages,
    legislation.pages,
    reference.pages,
    documents.pages,
    submissions.pages,
    writing.pages,
    changes.pages,
    reviews.pages,
    review_comments.pages,
    vain_searches.pages,
    helping.pages,
    account.pages,
    accounts_admin.pages,
    organisations.pages,
    audit.pages,
    mail.pages,
    profile.pages,
    second_factor.pages,
)
"""Every module of pages that the application serves."""
