"""What happens to a home while its index is rebuilt: four processes save and find, and a purge leaves no trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.query import SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.unit import SearchUnit
from kb.domain.workflow import Action
from kb.services.purging import PurgeTarget
from kb.services.rebuilding import Rebuild
from tests.faults.forks import Child
from tests.faults.installation import Installation
from tests.faults.real import opened

PROCESSES, SAVES, CASES = 4, 5, 12
LOOKS = 1_000
SECRET = "kryptonite"


def _ref(name: str) -> RecordRef:
    return RecordRef(kind=Kind.CASE_STUDY, id=name)


def _begin(home: Path) -> None:
    installation = opened(home)
    installation.comparison.run()
    for number in range(CASES):
        text = f"It was {SECRET}." if number == 0 else "Nothing was kept."
        installation.save(_ref(f"case-{number:02}"), 1, CaseStudy(title="First", summary=text), Action.CREATE)
    assert installation.follows


def _rebuild_meanwhile(home: Path, begun: int, go_on: int) -> None:
    """Stop in the middle, with half of the cases read, until everybody has saved and found."""

    def progress(done: int, _total: int) -> None:
        if done == CASES // 2:
            os.write(begun, b"x" * PROCESSES)
            for _ in range(PROCESSES):
                assert os.read(go_on, 1)

    assert opened(home).rebuilding.run(progress) is Rebuild.DONE


def _save_and_find(home: Path, racer: int, begun: int, done: int) -> None:
    """Save new cases and old ones, each read by the rebuild already or not yet; each must be found before it ends."""
    installation = opened(home)
    os.read(begun, 1)
    for turn in range(1, SAVES + 1):
        word = f"racer{racer}turn{turn}"
        installation.save(_ref(f"new-{racer}"), turn, CaseStudy(title=word))
        installation.save(
            _ref(f"case-{racer + turn * PROCESSES % CASES:02}"),
            installation.store.current(_ref(f"case-{racer + turn * PROCESSES % CASES:02}")).number + 1,
            CaseStudy(title=word),
        )
        _demand_found(installation, word, 2)
    os.write(done, b"x")


def _demand_found(installation: Installation, word: str, number: int) -> None:
    """Look until it is found: another process may be following what was saved here."""
    query = SearchQuery(viewer=OPERATOR_VIEWER, text=word)
    for _ in range(LOOKS):
        if installation.engine.search(query).total == number:
            return
        installation.drain.run()
    raise AssertionError


def _demand_equal(home: Path) -> None:
    installation = opened(home)
    assert installation.follows
    assert installation.store.markers() == ()
    assert len(installation.engine.manifest()) == CASES + PROCESSES


def test_what_four_processes_save_while_the_index_is_rebuilt_is_found_before_it_ends_and_after(
    tmp_path: Path,
) -> None:
    Child(partial(_begin, tmp_path)).succeed()
    (wait, begun), (go_on, done) = os.pipe(), os.pipe()
    with Child(partial(_rebuild_meanwhile, tmp_path, begun, go_on)) as rebuild:
        savers = [Child(partial(_save_and_find, tmp_path, racer, wait, done)) for racer in range(PROCESSES)]
        for saver in savers:
            saver.succeed()
        rebuild.succeed()
    for end in (wait, begun, go_on, done):
        os.close(end)
    Child(partial(_demand_equal, tmp_path)).succeed()


def _holding(home: Path) -> list[str]:
    """Give the files under the index that have the purged word in them."""
    files = [path for path in (home / "search_index").rglob("*") if path.is_file()]
    return [str(path) for path in files if SECRET.encode() in path.read_bytes()]


def _purge_once_filled(home: Path) -> None:
    installation = opened(home)
    with installation.engine.beside() as fresh:
        assert fresh
        fresh.fill(installation.catalogue.units())
        assert len(_holding(home)) > 2
        Child(partial(_purge, home)).succeed()
        assert _holding(home) == []
        with pytest.raises(SearchUnavailable):
            fresh.take_over()
    assert _holding(home) == []


def _purge_while_filled(home: Path) -> None:
    installation = opened(home)

    def units() -> Iterator[SearchUnit]:
        for unit in installation.catalogue.units():
            yield unit
            if unit.case == "case-06":
                Child(partial(_purge, home)).succeed()
                assert _holding(home) == []

    with installation.engine.beside() as fresh:
        assert fresh
        with pytest.raises(SearchUnavailable):
            fresh.fill(units())
    assert _holding(home) == []


def _purge_while_rebuilt(home: Path) -> None:
    """The whole of a rebuild, as an operator asks for it: it is overtaken, and content with the purge's index."""

    def progress(done: int, _total: int) -> None:
        if done == CASES - 1:
            Child(partial(_purge, home)).succeed()
            assert _holding(home) == []

    installation = opened(home)
    assert installation.rebuilding.run(progress) is Rebuild.FAILED
    assert _holding(home) == []


def _purge(home: Path) -> None:
    opened(home).purging.carry_out(OPERATOR, PurgeTarget(containing=SECRET), "A person asked")
    assert _holding(home) == []


@pytest.mark.parametrize("rebuild", [_purge_once_filled, _purge_while_filled, _purge_while_rebuilt])
def test_a_purge_that_succeeds_while_an_index_is_made_leaves_no_byte_of_the_text_in_any_file(
    tmp_path: Path, rebuild: Callable[[Path], None]
) -> None:
    Child(partial(_begin, tmp_path)).succeed()
    Child(partial(rebuild, tmp_path)).succeed()
    Child(partial(_demand_swept, tmp_path)).succeed()


def _demand_swept(home: Path) -> None:
    installation = opened(home)
    installation.comparison.run()
    assert installation.follows
    assert _holding(home) == []
    assert installation.engine.search(SearchQuery(viewer=OPERATOR_VIEWER, text="")).total == CASES - 1
    assert installation.engine.search(SearchQuery(viewer=OPERATOR_VIEWER, text=SECRET)).total == 0
