"""What gunicorn loads serves the home that the environment names."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator

import pytest

from kb.bootstrap import make_home
from kb.config import Settings
from kb.domain.errors import BadSetting


@pytest.fixture(autouse=True)
def _not_loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delitem(sys.modules, "kb.web.wsgi", raising=False)
    yield
    gc.unfreeze()


def test_the_application_of_the_environments_home_is_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home(settings)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    monkeypatch.setenv("KB_URL", "http://localhost")

    app = importlib.import_module("kb.web.wsgi").app

    assert gc.get_freeze_count(), "no request waits while what lives for ever is looked through"
    assert app.test_client().get("/healthz").text == "ok\n"
    assert app.test_client().get("/").headers["Location"] == "/sign-in"


def test_without_a_home_nothing_is_served(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_HOME", str(settings.home))

    with pytest.raises(BadSetting, match="kb init"):
        importlib.import_module("kb.web.wsgi")
