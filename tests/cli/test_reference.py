"""Reference records on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json

from tests.cli.conftest import Kb


def test_records_are_listed_and_shown_with_their_sources(seeded: Kb) -> None:
    lines = [
        json.loads(line) for line in seeded("reference", "list", "instruments", "--json").stdout.splitlines()
    ]
    assert "budapest-29" in [line["id"] for line in lines]
    shown = json.loads(seeded("reference", "show", "instruments", "budapest-29", "--json").stdout)
    assert len(shown["body"]["requirements"]) == 6
    text = seeded("reference", "show", "legislation", "VA").stdout
    assert "nobody has said for which day" in text
    assert "  csam-law: unknown\n" in text
    assert "cets" in seeded("reference", "list", "resources").stdout


def test_facts_read_as_text_each_beside_its_source(seeded: Kb) -> None:
    instrument = seeded("reference", "show", "instruments", "budapest-29").stdout
    law = seeded("reference", "show", "legislation", "AT").stdout
    resource = seeded("reference", "show", "resources", "ecteg-course-packages").stdout

    assert "  [ ] The authority that asks for the preservation (Article 29(2)(a))\n" in instrument
    assert "  AT party; since 2012-10-01; Council of Europe, chart of Treaty 185, http" in instrument
    assert "  How long the data are kept: Sixty days at least" in instrument
    assert "  csam-law: yes; Criminal Code, section 207a; Criminal Code (Austria)" in law
    assert law.index("  csam-law:") < law.index("  data-retention: unknown\n") < law.index("Public sources")
    assert "cost: free-for-police" in resource
    assert "  who may have it: Law enforcement of the EU" in resource
    assert "{" not in instrument + law + resource


def test_what_is_not_there_is_told_in_one_line(seeded: Kb) -> None:
    missing = seeded("reference", "show", "instruments", "nosuchthing")
    assert missing.exit_code != 0
    assert "no such page" in missing.stderr
