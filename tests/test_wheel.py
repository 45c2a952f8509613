"""The wheel holds the tracked files and nothing else, and runs where no checkout is.

hatchling packs whatever lies in a folder, and a case saved in a checkout is untracked: these tests build as `make dist`
does, in a copy of the tracked files that an officer has been working in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SAVED_CASE = "entries/case-study/abcdefghij/0001.yaml"
SAVED_BY_AN_OFFICER = (
    SAVED_CASE,
    "entries/.pending/case-study/abcdefghij.1.x",
    "accounts.db",
    "secret.key",
    "audit.key",
)
BUILD_LIMIT = 120


class Wheel(NamedTuple):
    path: Path
    tracked: frozenset[str]
    names: frozenset[str]


class Installed(NamedTuple):
    python: Path
    home: Path

    def kb(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed `kb` script away from the checkout, in an environment of its own."""
        environment = _plain_environment() | {"KB_HOME": str(self.home)}
        return subprocess.run(
            [str(self.python.with_name("kb")), *arguments],
            cwd=self.python.parent,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=BUILD_LIMIT,
        )


def _plain_environment() -> dict[str, str]:
    """Leave out what a hook, an outer make or this machine's settings would impose."""
    imposed = ("GIT_", "KB_", "MAKE", "MFLAGS", "PYTHON", "COV_", "COVERAGE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(imposed)}


def _run(*command: str, cwd: Path) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=_plain_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=BUILD_LIMIT,
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def _tracked_files() -> frozenset[str]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed: which files are tracked cannot be told")
    if not (CHECKOUT / ".git").exists():
        pytest.skip("this is no git checkout: which files are tracked cannot be told")
    return frozenset(filter(None, _run("git", "ls-files", "-z", cwd=CHECKOUT).split("\0")))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    tracked = _tracked_files()
    checkout = tmp_path_factory.mktemp("checkout")
    for name in tracked:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(CHECKOUT / name, checkout / name)
    _run("git", "init", "--quiet", cwd=checkout)
    _run("git", "add", "--all", "--force", cwd=checkout)
    for name in SAVED_BY_AN_OFFICER:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("saved here, and nobody else's business\n", encoding="utf-8")
    # The environment of this test has the tools; make must not install them anew.
    ready = f"--assume-old={sys.prefix}/.ready-to-develop"
    _run("make", ready, f"VENV={sys.prefix}", "DIST=dist", "dist", cwd=checkout)
    (path,) = (checkout / "dist").glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return Wheel(path, tracked, frozenset(archive.namelist()))


@pytest.fixture(scope="module")
def installed(wheel: Wheel, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel alone; third-party packages are borrowed from this test's environment, without the network."""
    folder = tmp_path_factory.mktemp("fresh")
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder), cwd=folder)
    python = folder / "bin" / "python"
    _run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)),
        *("install", "--quiet", "--no-deps", "--no-index", str(wheel.path)),
        cwd=folder,
    )
    site = Path(
        _run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(python, folder / "home")


def _under(names: frozenset[str], prefix: str) -> set[str]:
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def test_the_seed_entries_of_the_wheel_are_exactly_the_tracked_ones(wheel: Wheel) -> None:
    tracked = _under(wheel.tracked, "entries/")

    assert _under(wheel.names, "kb/seed_entries/") == tracked
    assert tracked
    assert not any("abcdefghij" in name for name in wheel.names)


def test_the_templates_of_the_wheel_are_exactly_the_tracked_ones(wheel: Wheel) -> None:
    tracked = _under(wheel.tracked, "templates/")

    assert _under(wheel.names, "kb/templates/") == tracked
    assert tracked


def test_the_wheel_carries_every_tracked_file_of_the_package(wheel: Wheel) -> None:
    tracked = _under(wheel.tracked, "kb/")
    moved = ("seed_entries/", "templates/")

    assert {name for name in _under(wheel.names, "kb/") if not name.startswith(moved)} == tracked
    assert "py.typed" in tracked
    assert any(name.startswith("web/static/") for name in tracked)


def test_the_wheel_carries_nothing_but_the_package_and_its_metadata(wheel: Wheel) -> None:
    assert {name.partition("/")[0] for name in wheel.names} == {"kb", "casebook-0.1.0.dist-info"}


def test_the_installed_code_comes_from_the_wheel_and_finds_what_ships_with_it(installed: Installed) -> None:
    program = "from kb import paths; print(paths.TEMPLATES, paths.SEED_ENTRIES, paths.STATIC, sep='\\n')"

    shipped = [
        Path(line) for line in _run(str(installed.python), "-c", program, cwd=installed.python.parent).split()
    ]

    assert [path.name for path in shipped] == ["templates", "seed_entries", "static"]
    assert all(path.is_dir() and installed.python.parent.parent in path.parents for path in shipped)


def test_the_installed_command_tells_its_version(installed: Installed) -> None:
    told = installed.kb("version")

    assert (told.returncode, told.stderr) == (0, "")
    assert "0.1.0" in told.stdout


def test_the_installed_command_makes_a_home_with_the_seed_that_passes_its_own_check(
    wheel: Wheel, installed: Installed
) -> None:
    made = installed.kb("init", str(installed.home), "--seed")
    checked = installed.kb("check")

    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stdout + checked.stderr
    for name in _under(wheel.tracked, "entries/"):
        assert (installed.home / "entries" / name).read_bytes() == (CHECKOUT / "entries" / name).read_bytes()
