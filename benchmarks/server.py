"""The running server over a home, as an administrator would start it, and officers with a session who ask it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from kb.bootstrap import services
from kb.config import Settings
from kb.domain.account import OPERATOR, Role

PATIENCE = 120.0
"""Seconds in which a server must answer, or end."""
PASSWORD = "a long password of a benchmark"  # noqa: S105 - of an account that lives as long as the benchmark
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Server(NamedTuple):
    """Where it listens, and the cookie of an officer who is signed in."""

    port: int
    cookie: str


class Load(NamedTuple):
    """What many clients met: the time of each answer in milliseconds, how many failed, and the seconds in all."""

    times: Sequence[float]
    errors: int
    seconds: float


@contextmanager
def serving(home: Path, log: Path) -> Iterator[Server]:
    """Run `kb serve` with the settings that it has by itself, and sign an officer in."""
    email = _account(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with (
        log.open("wb") as output,
        subprocess.Popen(
            (sys.executable, "-m", "kb", "serve"),
            env=environment(home) | {"KB_URL": f"http://127.0.0.1:{port}"},
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _until_it_answers(port, process)
            yield Server(port, _signed_in(port, email))
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def environment(home: Path) -> dict[str, str]:
    """Give the environment of a command for this home, without settings of whoever measures."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KB_")} | {
        "KB_HOME": str(home)
    }


def asked_by(server: Server, clients: int, addresses: Sequence[str], go_on: Callable[[], bool]) -> Load:
    """Let many clients ask one address after the other, each over a connection of its own, as long as `go_on` says."""
    times: list[float] = []
    errors: list[str] = []

    def ask(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        number = first
        while go_on():
            address = addresses[number % len(addresses)]
            number += clients
            start = time.perf_counter()
            try:
                connection.request("GET", address, headers={"Cookie": server.cookie})
                answer = connection.getresponse()
                answer.read()
            except (OSError, HTTPException) as error:
                errors.append(repr(error))
                connection.close()
                continue
            times.append((time.perf_counter() - start) * 1_000)
            if answer.status != 200:
                errors.append(f"{answer.status} {address}")
        connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in sorted(set(errors))[:5]:
        print(f"  {error}", file=sys.stderr)
    return Load(times, len(errors), time.perf_counter() - start)


def _account(home: Path) -> str:
    """Give the address of an officer of one country who has a password."""
    known = services(Settings(home=home))
    known.demo.create(OPERATOR)
    officer = next(each for each in known.accounts.list(OPERATOR) if Role.INVESTIGATOR in each.roles)
    known.passwords.set_by_link(known.accounts.reset(OPERATOR, officer.id).token, PASSWORD)
    return officer.email


def _until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(int(PATIENCE * 5)):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}.")
        try:
            if _asked(port, "GET", "/sign-in")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server does not answer.")


def _signed_in(port: int, email: str) -> str:
    """Sign in by the form, as a browser does; gives the cookie."""
    _, cookie, page = _asked(port, "GET", "/sign-in")
    token = _TOKEN.search(page)
    if token is None:
        raise RuntimeError("The page of the sign-in has no token.")
    form = urlencode({"csrf_token": token[1], "email": email, "password": PASSWORD})
    status, cookie, _ = _asked(port, "POST", "/sign-in", form, cookie)
    if status != 302:
        raise RuntimeError(f"Signing in was answered by {status}.")
    return cookie


def _asked(port: int, method: str, address: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
    """Ask once; gives status, cookie and page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    connection.request(method, address, body or None, headers | ({"Cookie": cookie} if cookie else {}))
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, (answer.getheader("Set-Cookie") or cookie).partition(";")[0], page
