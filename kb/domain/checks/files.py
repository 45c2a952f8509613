"""Names of files, which lead to the same file elsewhere; those that every computer has lead nowhere."""

from __future__ import annotations

import re

from kb.domain.checks.plain import before

EVERYWHERE = frozenset(
    """
    thumbs.db thumbcache.db pagefile.sys hiberfil.sys swapfile.sys ntuser.dat usrclass.dat index.dat webcachev01.dat
    desktop.ini autorun.inf boot.ini config.ini php.ini web.config robots.txt readme.txt readme.md license.txt hosts.txt
    index.html index.htm index.php default.htm cookies.txt history.db places.sqlite cookies.sqlite wallet.dat msgstore.db
    sms.db known.met shareaza.db sharex.dat autoexec.bat config.sys cmd.exe explorer.exe svchost.exe notepad.exe
    security.txt sitemap.xml package.json
    """.split()  # noqa: SIM905
)
"""Traces of systems and well-known programs."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{0,300}$", re.IGNORECASE)


def is_somebodys_file(match: re.Match[str]) -> int:
    """Prove a file's name: none that every computer has, none in an address, which is looked at as a link."""
    name = match["it"].lower()
    known = name in EVERYWHERE or not any(letter.isalnum() for letter in match["stem"])
    return 0 if known or _ADDRESS.search(before(match, 320)) else len(name)
