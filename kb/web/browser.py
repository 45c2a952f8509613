"""What is told of a browser to the services of sign-in: where it is, and a label by which its owner knows it again."""

from __future__ import annotations

from typing import TypedDict

from flask import request

NAMES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What stands in the User-Agent, the most telling first: browsers name those whom they want to be taken for, too."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "Unknown browser"


class Whence(TypedDict):
    """Where a sign-in comes from, as the services take it."""

    address: str
    browser: str


def whence() -> Whence:
    """Give where this request comes from."""
    return {"address": this_address(), "browser": this_browser()}


def this_address() -> str:
    """Give the address that sent this request, behind as many proxies as are trusted."""
    return request.remote_addr or ""


def this_browser() -> str:
    """Give the label of the browser that sent this request."""
    return browser_label(request.user_agent.string)


def browser_label(user_agent: str) -> str:
    """Give a label such as "Firefox on Linux": no version and no device, which would tell more than its owner needs."""
    name = next((name for mark, name in NAMES if mark in user_agent), UNKNOWN)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{name} on {system}" if system else name
