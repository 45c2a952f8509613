"""What is kept of a browser beside a session: enough for its owner to know it again, and no more."""

from __future__ import annotations

import pytest

from kb.domain.session import BROWSER_LENGTH
from kb.web.browser import NAMES, SYSTEMS, UNKNOWN, browser_label

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0",
            "Edge on Windows",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {KIT} Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) {KIT} Version/17.5 Safari/605.1.15",
            "Safari on macOS",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {KIT} CriOS/126.0 Safari/604.1",
            "Chrome on iPhone",
        ),
        ("curl/8.5.0", UNKNOWN),
        ("", UNKNOWN),
        ("<script>" * 50, UNKNOWN),
    ],
)
def test_a_browser_is_told_by_name_and_system_alone(user_agent: str, label: str) -> None:
    assert browser_label(user_agent) == label


def test_every_label_is_short_enough_to_be_kept() -> None:
    longest = max((f"{name} on {system}" for _, name in NAMES for _, system in SYSTEMS), key=len)

    assert len(longest) <= BROWSER_LENGTH
