"""The telephone in somebody's hand: it scans what a page shows and then tells codes."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pyotp
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.bootstrap import Services
from kb.domain.account import Account
from tests.fakes.clock import FakeClock
from tests.web.qr_reader import text_of

HALF_A_MINUTE = dt.timedelta(seconds=30)


class Telephone:
    """An authenticator app with one secret; it goes by the clock of the test."""

    def __init__(self, secret: str, clock: FakeClock) -> None:
        self.secret, self._clock = secret, clock

    @classmethod
    def scanning(cls, page: str, clock: FakeClock) -> Telephone:
        """Read the QR code of a page."""
        [secret] = parse_qs(urlsplit(text_of(page)).query)["secret"]
        return cls(secret, clock)

    @property
    def code(self) -> str:
        """Give the code of this moment."""
        return pyotp.TOTP(self.secret).at(self._clock.now())

    @property
    def wrong_code(self) -> str:
        """Give six digits that are right at no moment near this one."""
        totp, now = pyotp.TOTP(self.secret), self._clock.now()
        near = {totp.at(now + step * HALF_A_MINUTE) for step in range(-2, 3)}
        return next(code for code in (f"98765{digit}" for digit in range(10)) if code not in near)

    def next_code(self) -> str:
        """Wait for the next code, since each is for one use."""
        self._clock.tick(seconds=30)
        return self.code


def enrol(kb: Services, account: Account, clock: FakeClock) -> tuple[Telephone, tuple[str, ...]]:
    """Set up the account's second factor without the way over the pages; gives the recovery codes, too."""
    proved = account.model_copy(update={"proved_at": clock.now()})
    telephone = Telephone(kb.second_factor.begin(proved).secret, clock)
    recovery = kb.second_factor.confirm(proved, telephone.code)
    clock.tick(seconds=30)
    return telephone, recovery


def recovery_codes_in(page: str) -> list[str]:
    """Give the recovery codes that a page shows."""
    return re.findall(r"<li><code>([a-z2-7-]+)</code></li>", page)


def fields_of(page: str) -> MultiDict[str, str]:
    """Give what a browser would send of the main part's form, but for what is still to be typed."""
    form = page.partition("<main")[2].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    kept = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', form, re.DOTALL)
    return MultiDict([(name, unescape(value)) for name, value in hidden + kept])


def send(client: FlaskClient, path: str, page: str, **typed: str) -> tuple[int, str]:
    """Send the form of a page with what is typed into it; gives the status and where it led, or the page."""
    data = fields_of(page)
    for name, value in typed.items():
        data[name] = value
    answer = client.post(path, data=data, headers={"Origin": "http://localhost"})
    return answer.status_code, answer.headers.get("Location") or answer.text
