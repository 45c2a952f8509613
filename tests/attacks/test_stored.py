"""Attacks that were stored stay text: on every page, in snippets, feeds and exports, for everybody who reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.application import Application
from kb.domain.discussion import Discussion, Post
from kb.domain.dump import strings_in
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.marking import Audience
from kb.domain.operation import Operation
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.query import SearchRequest
from kb.domain.record import Record
from kb.domain.reference import ReferenceStatus
from kb.domain.revision import KIND_OF, Body
from tests.attacks.hostile import PRODUCT, TEXT, UNIT, Attacker, Attacks
from tests.attacks.page import Page
from tests.crawl.canaries import canaries_in, told_by
from tests.crawl.changes import hidden
from tests.crawl.commands import said
from tests.crawl.furnished import CASES, furnish
from tests.crawl.home import CrawledHome
from tests.crawl.known import Known, known_of
from tests.crawl.people import AUTHOR, BOTH, KEEPER, REVIEWER
from tests.crawl.visits import Answers, Round

WRITER = Attacker(AUTHOR.key, UNIT, AUTHOR.roles)
COORDINATOR = Attacker(REVIEWER.key, REVIEWER.organisation, REVIEWER.roles)
ADMINISTRATOR = Attacker(BOTH.key, BOTH.organisation, BOTH.roles | KEEPER.roles)
READERS = (WRITER, COORDINATOR, ADMINISTRATOR)
UNSHOWN: dict[str, Any] = {"source_key": True, "status_reason": True, "body": {"source_key", "status_reason"}}
"""Texts that no page shows of a case that stands; why one was retired is shown of those that were."""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> CrawledHome:
    """A home in which everything that somebody may type is an attack: records, names, searches that are kept or in vain."""
    made = CrawledHome(tmp_path_factory.mktemp("hostile") / "home", READERS)
    furnish(made, Attacks(1))
    made.restore(hidden(Attacks(2), waiting=True), by=WRITER.key)
    made.restore(_said_of_others(made, Attacks(3)), by=WRITER.key)
    return made


def _said_of_others(home: CrawledHome, attacks: Attacks) -> list[tuple[str, Body]]:
    """Give a practice that rests on a case, an application of it, questions about the case, and what is public of states."""
    case, all_officers = CASES[0], {"audience": Audience(), "owner": UNIT}
    told = home.kb.cases.get(home.account(WRITER.key), case).case.lessons
    lessons = {"rests_on": (f"{case}/{told[0].key}",), "contradicted_by": ()}
    published = {"audience": Audience(), "owner": None, "status": ReferenceStatus.CURRENT}
    question = attacks.sown(Post, lesson=told[0].key, answers=None)
    practice = attacks.sown(
        Practice, **all_officers, **lessons, status=PracticeStatus.ENDORSED, released=True, writers=()
    )
    return [
        ("zqpractice", practice),
        ("zqapplied", attacks.sown(Application, **all_officers, practice="zqpractice", solution=None)),
        ("zqchannel", attacks.sown(Instrument, **published)),
        ("at", attacks.sown(Jurisdiction, **published, country="AT")),
        (case, attacks.sown(Discussion, case=case, event=None, posts=(question,))),
    ]


@pytest.fixture(scope="module")
def known(home: CrawledHome) -> Known:
    made = {name: (len(chain), chain[-1].body) for name, chain in home.chains().items() if chain[-1].body}
    account = home.account(WRITER.key)
    home.clock.tick(days=-1)
    saved = home.kb.saved_searches.save(account, SearchRequest(text="retention"), Attacks(3).line()).id
    home.clock.tick(days=1)
    return known_of(
        made,
        accounts=[each.id for each in READERS],
        saved=[saved],
        feeds=[home.kb.feeds.make(account, saved)],
        words=["retention", Attacks(4).line()],
    )


@pytest.fixture(scope="module")
def answers(
    home: CrawledHome, known: Known, compiled_templates: FileSystemBytecodeCache
) -> dict[str, Answers]:
    app = home.app(compiled_templates)
    return {each.key: Round(home, app, each.key, home.tokens[each.key]).read(known) for each in READERS}


def pages(answers: dict[str, Answers]) -> Iterator[tuple[str, str]]:
    for who, given in answers.items():
        for asked, answer in given.items():
            if ("Content-Type", "text/html; charset=utf-8") in answer.headers:
                yield f"{who}: {asked}", answer.body.decode()


def test_every_kind_of_record_holds_attacks(home: CrawledHome) -> None:
    stored = {type(chain[-1].body): chain[-1].body for chain in home.chains().values()}

    assert set(stored) == set(KIND_OF) - {Operation}
    for kind, body in stored.items():
        assert body is not None
        assert TEXT in body.model_dump_json(), kind


@pytest.mark.timeout(180)
def test_no_page_has_an_element_or_attribute_that_an_attack_brought(answers: dict[str, Answers]) -> None:
    """ASVS 5.0 V1.2 and V3.2: encoded for where it stands, on every page, under every address, for every reader."""
    read = {asked: Page(html) for asked, html in pages(answers)}

    assert not {asked: page.wrong[:5] for asked, page in read.items() if page.wrong}
    assert not [asked for asked, page in read.items() if PRODUCT in page.text]
    assert sum(TEXT in page.text for page in read.values()) > 60


def test_no_page_fails_over_it(answers: dict[str, Answers]) -> None:
    for given in answers.values():
        for asked, answer in given.items():
            assert answer.status < 500, asked
            assert all("\n" not in value and "alert(1)" not in value for _, value in answer.headers), asked


def test_the_attacks_are_where_readers_look(home: CrawledHome, answers: dict[str, Answers]) -> None:
    """What was sown into texts comes back on some page; without this the tests above would prove nothing."""
    read = " ".join(html for _, html in pages(answers))
    texts = {
        text: name
        for name, chain in home.chains().items()
        if (body := chain[-1].body)
        for text in strings_in(body.model_dump(mode="json", exclude=UNSHOWN))
        if TEXT in text
    }
    missing = sorted(
        (name, text[:40]) for text, name in texts.items() if not canaries_in(text) & canaries_in(read)
    )

    assert len(texts) > 200
    assert len(missing) < len(texts) / 5, missing


def test_feeds_hold_titles_as_text(
    home: CrawledHome, known: Known, compiled_templates: FileSystemBytecodeCache
) -> None:
    feed = home.app(compiled_templates).test_client().get(f"/feed?key={known.feeds[0]}")

    root = ET.fromstring(feed.data)
    tags = {element.tag.removeprefix(ATOM) for element in root.iter()}
    assert tags <= {"feed", "id", "title", "updated", "author", "name", "link", "entry"}
    assert any(TEXT in (title.text or "") for title in root.iter(f"{ATOM}title"))


def test_exports_give_back_every_word_and_nothing_runs_in_a_terminal(home: CrawledHome) -> None:
    """ASVS 5.0 V1.2: lines of JSON stay lines of JSON; no control character is left to steer a terminal."""
    _, exported, _ = said(home, ["export"])
    stored = {name: chain[-1].body for name, chain in home.chains().items() if chain[-1].body}

    lines = [json.loads(line) for line in exported.split("\n") if line]
    keys = {f"{line['kind']}/{line['id']}": line.get("source_key") for line in lines}
    bodies = {
        name: line["body"] | ({"source_key": key} if key else {})
        for (name, key), line in zip(keys.items(), lines, strict=True)
    }
    assert set(bodies) == set(stored)
    for name, body in stored.items():
        given = type(body).model_validate(bodies[name])
        withheld = isinstance(given, Record) and given.audience.chatham_house
        assert given == body or (withheld and told_by(given) <= told_by(body)), name
    texts = [
        exported,
        said(home, ["search", "retention", "--as", WRITER.email])[1],
        said(home, ["account", "list"])[1],
    ]
    assert TEXT in texts[1]
    for text in texts:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
