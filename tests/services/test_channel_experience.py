"""Experience with a channel: counted as the search that the numbers lead to, and marked as the narrowest case among them."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.corridor import Summary
from kb.domain.lesson import BorderOutcome, CrossBorderIssue
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.record import Origin
from kb.services.channel_experience import ChannelExperience
from kb.services.insights import Insights
from tests.services.office import Office


def issue(days: int | None, outcome: BorderOutcome | None) -> CrossBorderIssue:
    return CrossBorderIssue.model_validate(
        {
            "key": "border",
            "title": "Asked abroad",
            "channels": ("budapest-29",),
            "elapsed_days": days,
            "outcome": outcome,
        }
    )


def told(office: Office, reader: Account) -> Summary | None:
    return ChannelExperience(Insights(office.searcher, office.vocabularies)).of(reader, "budapest-29")


def test_what_a_reader_may_read_is_summed_up_with_its_marking() -> None:
    office = Office()
    office.publish("open", lessons=(issue(3, BorderOutcome.RESOLVED),), origin=Origin.ILLUSTRATIVE)
    amber = Audience(marking=Marking.AMBER)
    office.publish("amber", lessons=(issue(None, None),), audience=amber)
    inside, outside = told(office, office.anna), told(office, office.dora)

    assert inside
    assert outside
    assert (inside.reports, inside.marking) == (2, Marking.AMBER)
    assert dict(inside.outcomes) == {"resolved": 1, "": 1}
    assert (outside.reports, outside.marking) == (1, Marking.GREEN)
    assert outside.elapsed.days == (3,)
    assert outside.illustrative


def test_while_search_is_being_rebuilt_nothing_is_said() -> None:
    office = Office()
    office.publish()
    office.engine.state = IndexState.MISSING

    assert told(office, office.anna) is None
