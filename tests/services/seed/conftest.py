"""The seed as tests read it: a copy of the tracked entries. A case saved in a checkout is an officer's, and no seed."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from kb import paths
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.revision import Revision
from tests.fakes.randomness import FakeRandomness
from tests.services.seed import bodies


def _tracked() -> list[str]:
    if shutil.which("git") is None or not (paths.CHECKOUT / ".git").exists():
        pytest.skip("without git it cannot be told which entries are the seed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "entries"], cwd=paths.CHECKOUT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name.endswith(".yaml")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FileEntryStore:
    home = tmp_path_factory.mktemp("seed")
    for name in _tracked():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths.CHECKOUT / name, home / name)
    return FileEntryStore(home / "entries", FileOperations(), FakeRandomness())


@pytest.fixture(scope="module")
def seed(store: FileEntryStore) -> dict[str, Revision]:
    return {str(each.ref): store.current(each.ref) for each in store.chains()}


@pytest.fixture(scope="module")
def concepts(seed: dict[str, Revision]) -> dict[str, Concept]:
    return bodies(seed, Concept)


@pytest.fixture(scope="module")
def cases(seed: dict[str, Revision]) -> dict[str, CaseStudy]:
    return bodies(seed, CaseStudy)
