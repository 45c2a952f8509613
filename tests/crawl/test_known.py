"""Nothing that could be asked for is left out: a route or a command that nobody has said how to visit fails here."""

from __future__ import annotations

from pathlib import Path

from kb.web.app import create_app
from tests.crawl.addresses import QUERIES, addresses, unknown
from tests.crawl.commands import AS_SOMEBODY, FOR_ANY_OFFICER, FOR_OPERATORS, every_command
from tests.crawl.home import CrawledHome
from tests.crawl.known import Known
from tests.crawl.people import STAFF
from tests.crawl.visits import ABOUT_ACCOUNTS, AUDIT_LOG, BEGINNINGS


def test_it_is_known_how_to_visit_every_route_and_to_run_every_command(tmp_path: Path) -> None:
    home = CrawledHome(tmp_path / "home", STAFF)
    app = create_app(home.settings, home.kb)
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert not unknown(app), "say in tests/crawl/addresses.py with what these are to be visited"
    assert endpoints >= {*QUERIES, *BEGINNINGS}
    assert {each.partition(".")[0] for each in endpoints} >= {*ABOUT_ACCOUNTS, AUDIT_LOG}
    assert {*every_command()} == {*AS_SOMEBODY, *FOR_ANY_OFFICER, *FOR_OPERATORS}
    assert not {*AS_SOMEBODY, *FOR_ANY_OFFICER} & {*FOR_OPERATORS}


def test_a_route_that_names_what_nobody_knows_is_told(tmp_path: Path) -> None:
    home = CrawledHome(tmp_path / "home", STAFF)
    app = create_app(home.settings, home.kb)
    app.add_url_rule("/cases/<identifier>/<unheard>/<of>", "cases.unheard", lambda: "")
    assert unknown(app) == ["cases.unheard /cases/<identifier>/<unheard>/<of>"]
    visited = [endpoint for endpoint, _ in addresses(app, Known(cases={"one": 1}))]
    assert "cases.show" in visited
    assert "cases.unheard" not in visited
