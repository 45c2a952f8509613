"""Case studies: reading them, and looking back at what they said before."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.domain.case_study import CaseStatus
from kb.web import pending_search
from kb.web.current import current_account, services
from kb.web.forms.case_acts import TagForm
from kb.web.paging import page_number, pages_of
from kb.web.past import past_of
from kb.web.presenting import vocabulary
from kb.web.story import story_of

pages = Blueprint("cases", __name__, url_prefix="/cases")

PER_PAGE = 24


@pages.get("")
def index() -> ResponseReturnValue:
    """List published case studies, or with `?status=` those that are retired or superseded."""
    account, cases = current_account(), services().cases
    status = next((each for each in CaseStatus if each == request.args.get("status")), CaseStatus.PUBLISHED)
    total = cases.count(account, status=status)
    page = page_number(request.args, pages_of(total, PER_PAGE))
    return render_template(
        "cases/index.html",
        entries=cases.list(account, status=status, offset=(page - 1) * PER_PAGE, limit=PER_PAGE),
        total=total,
        status=status,
        statuses=tuple(CaseStatus),
        page=page,
        pages=pages_of(total, PER_PAGE),
        url=lambda number: url_for("cases.index", status=status.value, page=number),
    )


@pages.get("/<identifier>/", defaults={"slug": ""})
@pages.get("/<identifier>/<slug>")
def show(identifier: str, slug: str) -> ResponseReturnValue:
    """Show a case as a story; the slug is decoration."""
    account = current_account()
    view = services().cases.get(account, identifier)
    pending_search.opened()
    form = TagForm(vocabulary(), account.language)
    return render_template(
        "cases/show.html",
        view=view,
        case=view.case,
        story=story_of(view.case),
        talk=services().discussions.of(account, identifier),
        same=services().same_difficulties.of(account, view),
        tag_form=form,
        slug=slug,
    )


@pages.get("/<identifier>/history")
def history(identifier: str) -> ResponseReturnValue:
    """Show the revisions of a case."""
    account = current_account()
    return render_template(
        "cases/history.html",
        view=services().cases.get(account, identifier),
        lines=services().cases.history(account, identifier),
        **past_of("cases", identifier),
        restore_url=lambda number: url_for("changes.restore", case=identifier, number=number),
    )


@pages.get("/<identifier>/revisions/<int:number>")
def revision(identifier: str, number: int) -> ResponseReturnValue:
    """Show an old revision."""
    account = current_account()
    view = services().cases.revision(account, identifier, number)
    now = services().cases.get(account, identifier).revision
    story = story_of(view.case)
    return render_template("cases/revision.html", view=view, case=view.case, story=story, now=now)


@pages.get("/<identifier>/differences/<int:before>/<int:after>")
def difference(identifier: str, before: int, after: int) -> ResponseReturnValue:
    """Show what differs between two revisions."""
    comparison = services().cases.difference(current_account(), identifier, before, after)
    return render_template("cases/difference.html", comparison=comparison, identifier=identifier)
