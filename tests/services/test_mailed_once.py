"""Whatever dies and whoever else sends at the same moment, each notice leaves once."""

from __future__ import annotations

import pytest

from kb.domain.marking import Audience, Marking
from kb.domain.notice import MailMode
from kb.services.digests import LEASE
from tests.services.post_office import PostOffice

CARLA, CYRIL = "carla@example.org", "cyril@example.org"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_who_dies_between_sending_and_noting_it_lets_it_be_sent_twice_with_the_same_id(
    office: PostOffice,
) -> None:
    office.submitted(audience=Audience(marking=Marking.RED, persons=("anna", "cyril")))
    office.mailer.meanwhile = _die

    with pytest.raises(KeyboardInterrupt):
        office.send()
    office.mailer.meanwhile = lambda: None
    assert office.send().letters == ()
    office.clock.tick(seconds=int(LEASE.total_seconds()))
    office.send()

    assert [each.to for each in office.mailer.letters] == [CYRIL]
    again = office.letters.parcel("cyril", office.notices.of("cyril"), now=office.clock.now(), at_once=True)
    assert again.letter
    assert again.letter.id == office.mailer.letters[0].id


def _die() -> None:
    raise KeyboardInterrupt


def test_two_runs_at_once_send_nothing_twice(office: PostOffice) -> None:
    office.submitted()
    inner = []

    def meanwhile() -> None:
        office.mailer.meanwhile = lambda: None
        inner.append(office.send())

    office.mailer.meanwhile = meanwhile
    office.send()

    assert sorted(each.to for each in office.mailer.letters) == [CARLA, CYRIL]


def test_what_another_run_took_a_part_of_is_sent_without_that_part(office: PostOffice) -> None:
    office.wish(office.cyril, MailMode.NEVER)
    office.submitted()
    (first,) = office.notices.of("carla")
    office.submitted(title="Nine days")
    now = office.clock.now()
    office.notices.before_claim = lambda: office.notices.claim("carla", [first.key], now, now + LEASE)

    (letter,) = office.send().letters

    assert "Nine days" in letter.text
    assert "Seven days" not in letter.text


def test_what_another_run_took_whole_is_left_to_it(office: PostOffice) -> None:
    office.wish(office.cyril, MailMode.NEVER)
    office.submitted()
    now = office.clock.now()
    keys = [each.key for each in office.notices.of("carla")]
    office.notices.before_claim = lambda: office.notices.claim("carla", keys, now, now + LEASE)

    assert office.send().letters == ()
